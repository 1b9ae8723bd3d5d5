using System.Globalization;
using System.Text;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Search;

/// <summary>A search as a page of cards, rendered on the server.</summary>
internal static class SearchPage
{
    private const int TeaserLength = 60;

    public static string Render(HitList list, Frame frame)
    {
        var title = list.Query.Length == 0 ? "全部商品" : $"{list.Query} 的搜索结果";
        return frame.Render(title, list.Query, list.Hits.Count == 0 ? NoHits(list) : Cards(list, frame), list.Guesses);
    }

    private static string NoHits(HitList list) => $"""
        <div class="result-head">共 {list.Total} 件</div>
        <div class="notice-box empty-result"><h2>没有找到相关商品</h2><p>没有找到与“{Markup.Encode(list.Query)}”相关的商品，换个关键词试试吧</p></div>
        """;

    private static string Cards(HitList list, Frame frame)
    {
        var html = new StringBuilder();
        html.AppendLine(CultureInfo.InvariantCulture, $"""<div class="result-head">综合排序 <span class="total">共 <b>{list.Total}</b> 件</span></div>""");
        html.AppendLine("""<div class="item-list">""");
        foreach (var listing in list.InPlace())
        {
            html.AppendLine(Card(listing, list.Query, frame));
        }
        return html.AppendLine("</div>").Append(Pager(list, frame)).ToString();
    }

    private static string Card(MarketListing listing, string query, Frame frame)
    {
        var href = frame.ItemPath(listing.Id) + (listing.IsAd ? "?from=ad" : "");
        var picture = listing.Images.Count == 0 ? "" : $"""<img class="lazy" src="/static/blank.svg" data-src="/pictures/{listing.Images[0]}" alt="">""";
        return $"""
              <div class="item-card" data-id="{listing.Id}">
                <a class="item-pic" href="{href}" target="_blank" rel="noopener" tabindex="-1" aria-hidden="true">{picture}</a>
                <div class="item-main">
                  <h3 class="item-title"><a class="item-link" href="{href}" target="_blank" rel="noopener">{Markup.Highlight(listing.Title, query)}</a>{AdTag(listing)}</h3>
                  <p class="item-desc">{Markup.Highlight(Teaser(listing.Text), query)}</p>
                  <div class="item-meta">{Price(listing)}<span class="item-seller">{Markup.Encode(listing.Seller)}</span><span class="item-place">{Markup.Encode(listing.Location)}</span><span class="item-date">{listing.Published:yyyy-MM-dd}</span></div>
                </div>
              </div>
            """;
    }

    private static string AdTag(MarketListing listing) => listing.IsAd ? """ <i class="tag-ad">广告</i>""" : "";

    private static string Price(MarketListing listing) =>
        listing.PriceText is { } price ? $"""<span class="item-price">{Markup.Encode(price)}</span>""" : "";

    // Never between the halves of a surrogate pair.
    private static string Teaser(string text) =>
        text.Length <= TeaserLength ? text : text[..(char.IsHighSurrogate(text[TeaserLength - 1]) ? TeaserLength - 1 : TeaserLength)] + "…";

    private static string Pager(HitList list, Frame frame)
    {
        var html = new StringBuilder("""<div class="pager">""");
        html.Append(list.Page > 1 ? Link(list, frame, list.Page - 1, "上一页") : """<span class="disabled">上一页</span>""");
        var last = 0;
        foreach (var page in Enumerable.Range(1, list.PageCount).Where(page => page == 1 || page == list.PageCount || Math.Abs(page - list.Page) <= 2))
        {
            html.Append(page > last + 1 ? """<span class="gap">…</span>""" : "");
            html.Append(page == list.Page
                ? string.Create(CultureInfo.InvariantCulture, $"""<span class="current">{page}</span>""")
                : Link(list, frame, page, page.ToString(CultureInfo.InvariantCulture)));
            last = page;
        }
        html.Append(list.Page < list.PageCount ? Link(list, frame, list.Page + 1, "下一页") : """<span class="disabled">下一页</span>""");
        return html.Append("</div>").ToString();
    }

    private static string Link(HitList list, Frame frame, int page, string label) =>
        string.Create(CultureInfo.InvariantCulture, $"""<a href="{frame.Root}/search?q={Uri.EscapeDataString(list.Query)}&amp;page={page}">{label}</a>""");
}
