using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What a page about one thing says of it, lists and menus around it left out.</summary>
internal sealed class OwnFields
{
    private static readonly string[] SiteNames = ["SiteName", "og:site_name", "application-name"];
    private static readonly string[] PlaceLabels = ["所在地：", "所在地:", "地址：", "地址:", "所在地区：", "服务区域：", "发货地：", "地区："];
    private static readonly string[] CompanyEndings = ["有限责任公司", "有限公司", "股份公司", "培训学校", "培训中心", "职业学校", "学院", "协会", "工作室", "培训机构"];

    private OwnFields()
    {
    }

    public Price? Price { get; private set; }

    public string? Seller { get; private set; }

    public string? Location { get; private set; }

    public static OwnFields Of(DecodedPage page)
    {
        var fields = new OwnFields();
        foreach (var element in Elements(page))
        {
            if (!element.Hidden && element.TextLength is >= 1 and <= 80 && element.Node.HasAttributes)
            {
                fields.Read(element);
            }
        }

        fields.Price ??= page.Subject.Headline?.Element is { Parent.Parent: { } near } ? Marked(near.TextSpan[..Math.Min(near.TextSpan.Length, 1_000)]) : null;
        fields.Location ??= Labelled(page.Tree, PlaceLabels);
        fields.Seller = SellerOf(page, SellerCandidate.Of(page), fields.Price is not null);
        return fields;
    }

    private void Read(PageElement element)
    {
        if (Price is null && ClassWords.IsPrice(element) && !ClassWords.IsFormerPrice(element))
        {
            Price = Price.Stated(element.Text) is { Low: > 0 } price ? price : null;
        }

        if (Location is null && ClassWords.IsPlace(element) && element.TextLength is >= 2 and <= 40 && Place.IsLikely(element.TextSpan))
        {
            Location = PlainText.Line(element.TextSpan, 60);
        }
    }

    /// <summary>In running text only an amount with the currency's sign is a price.</summary>
    private static Price? Marked(ReadOnlySpan<char> text) => text.IndexOfAny("¥￥") is >= 0 and var at ? Price.InText(text[at..]) : null;

    /// <summary>Elements in order, without cards, menus, footers and side columns.</summary>
    public static IEnumerable<PageElement> Elements(DecodedPage page)
    {
        var cards = page.Subject.Cards.Select(card => card.Block.Index).ToHashSet();
        var headline = page.Subject.Headline?.Element;
        for (var i = 0; i < page.Tree.Elements.Count;)
        {
            var element = page.Tree.Elements[i];
            var beside = (ClassWords.IsChrome(element) || ClassWords.IsBeside(element) || cards.Contains(i)) && (headline is null || !element.Contains(headline))
                && element.Tag is not ("body" or "html");
            if (!beside)
            {
                yield return element;
            }

            i = beside ? element.End : i + 1;
        }
    }

    /// <summary>A notice speaks for the site that publishes it; an offer for whoever makes it.</summary>
    private static string? SellerOf(DecodedPage page, SellerCandidate named, bool sells)
    {
        var site = PlainText.FromMarkup(page.Head.Meta(SiteNames), 60);
        var stated = page.Head.Meta("SiteName") is not null && !sells ? site : null;
        return stated ?? CardParts.Contact(page.Tree.Root) ?? (named.IsStrong ? named.Name : null) ?? CardParts.Labelled(page.Tree.Root)
            ?? Company(page) ?? named.Name ?? site ?? PlainText.FromMarkup(page.Head.Meta("author"), 60);
    }

    private static string? Company(DecodedPage page)
    {
        foreach (var source in (string[])[page.Tree.Text, page.Head.Title, page.Head.Meta("description") ?? "", page.Head.Meta("author", "copyright") ?? ""])
        {
            foreach (var ending in CompanyEndings)
            {
                var at = source.LastIndexOf(ending, StringComparison.Ordinal);
                if (at > 0)
                {
                    var start = at;
                    while (start > 0 && at - start < 20 && (char.IsLetter(source[start - 1]) || source[start - 1] is '（' or '）' or '(' or ')'))
                    {
                        start--;
                    }

                    if (at - start >= 2)
                    {
                        return source[start..(at + ending.Length)];
                    }
                }
            }
        }

        return null;
    }

    private static string? Labelled(PageTree tree, string[] labels)
    {
        foreach (var label in labels)
        {
            var at = tree.Text.IndexOf(label, StringComparison.Ordinal);
            if (at >= 0)
            {
                var value = tree.Text.AsSpan(at + label.Length, Math.Min(60, tree.Text.Length - at - label.Length)).Trim();
                var end = value.IndexOfAny("\n|，；。");
                if (PlainText.Line(end < 0 ? value : value[..end], 60) is { Length: >= 2 } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
