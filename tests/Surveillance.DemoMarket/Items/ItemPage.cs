using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Items;

/// <summary>The page of one item, and what stands in its place when there is none.</summary>
internal static class ItemPage
{
    private static readonly JsonSerializerOptions JsonLd = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Render(MarketListing listing, Frame frame, Uri site, IReadOnlyList<MarketListing> guesses) =>
        frame.Render(listing.Title, "", Detail(listing, site), guesses);

    /// <summary>Said with status 200 of what was taken down, as marketplaces do.</summary>
    public static string Gone(Frame frame, IReadOnlyList<MarketListing> guesses) => frame.Render("商品已下架", "", """
        <div class="notice-box item-gone"><h2>商品已下架</h2><p>您查看的宝贝不存在、已被卖家删除或已下架，看看别的吧</p></div>
        """, guesses);

    public static string NotFound(Frame frame) => frame.Render("页面不存在", "", """
        <div class="notice-box"><h2>404 页面不存在</h2><p>您访问的页面走丢了，请检查网址</p></div>
        """, []);

    private static string Detail(MarketListing listing, Uri site) => $"""
        {StructuredOf(listing, site)}
        <div class="crumbs"><a href="/search">首页</a> &gt; 商品详情</div>
        <div class="detail" data-item="{listing.Id}">
          <h1 class="detail-title">{Markup.Encode(listing.Title)}</h1>
          <div class="detail-price">{Markup.Encode(listing.PriceText ?? "")}</div>
          <div class="seller-box"><span class="label">卖家：</span><a class="seller-name" href="/seller/{Uri.EscapeDataString(listing.Seller)}">{Markup.Encode(listing.Seller)}</a></div>
          <div class="detail-meta"><span class="label">所在地：</span><span class="detail-place">{Markup.Encode(listing.Location)}</span> <span class="label">发布于</span> <time datetime="{listing.Published:yyyy-MM-dd}">{listing.Published:yyyy年M月d日}</time></div>
          <div class="detail-text">{Markup.Encode(listing.Text)}</div>
          <div class="detail-pics">{string.Concat(listing.Images.Select(Picture))}</div>
          <div class="contact-line">联系方式：{Markup.Encode(ContactOf(listing))}</div>
          <div class="detail-tools"><button type="button">收藏</button> <button type="button">举报</button></div>
        </div>
        """;

    private static string Picture(string name) => $"""<img class="lazy" src="/static/blank.svg" data-src="/pictures/{name}" alt="商品图片">""";

    private static string ContactOf(MarketListing listing) => listing.Contact switch
    {
        { Kind: "phone", Value: var value } => $"电话 {value}",
        { Kind: "wechat", Value: var value } => $"微信 {value}",
        { Kind: "qq", Value: var value } => $"QQ {value}",
        _ => "站内私信",
    };

    // One item in three carries it: some sellers' templates do, most don't.
    private static string StructuredOf(MarketListing listing, Uri site)
    {
        if (long.Parse(listing.Id, CultureInfo.InvariantCulture) % 3 != 0)
        {
            return "";
        }
        var product = new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Product",
            ["name"] = listing.Title,
            ["description"] = listing.Text,
            ["sku"] = listing.Id,
            ["url"] = new Uri(site, $"/item/{listing.Id}"),
            ["image"] = listing.Images.Select(name => new Uri(site, $"/pictures/{name}")),
            ["offers"] = OfferOf(listing),
        };
        return $"""<script type="application/ld+json">{JsonSerializer.Serialize(product.Where(member => member.Value is not null).ToDictionary(), JsonLd)}</script>""";
    }

    private static Dictionary<string, object?>? OfferOf(MarketListing listing) => listing.Price is not { } price ? null : new()
    {
        ["@type"] = listing.PriceMax is null ? "Offer" : "AggregateOffer",
        [listing.PriceMax is null ? "price" : "lowPrice"] = price,
        ["highPrice"] = listing.PriceMax,
        ["priceCurrency"] = "CNY",
        ["seller"] = new Dictionary<string, string> { ["@type"] = "Person", ["name"] = listing.Seller },
    };
}
