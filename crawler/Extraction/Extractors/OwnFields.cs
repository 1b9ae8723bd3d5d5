using System.Buffers;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What a page about one thing says of it, lists and menus around it left out.</summary>
internal sealed partial class OwnFields
{
    private static readonly string[] SiteNames = ["SiteName", "og:site_name", "application-name"];
    private static readonly string[] PriceMetas = ["product:price:amount", "og:price:amount", "product:sale_price:amount", "og:product:price"];
    private static readonly string[] PlaceLabels = ["所在地：", "所在地:", "地址：", "地址:", "所在地区：", "服务区域：", "区域：", "发货地：", "发货地:", "地区：", "地区:", "工作地点：", "上课地点："];
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create("\n|，；。 ");
    private static readonly string[] CompanyEndings = ["有限责任公司", "有限公司", "股份公司", "培训学校", "培训中心", "职业学校", "学院", "协会", "工作室", "培训机构"];

    private static readonly string[] Software = ["discuz", "phpwind", "dedecms", "wordpress", "thinkphp", "phpcms", "ecshop", "team", "admin"];

    private OwnFields()
    {
    }

    public Price? Price { get; private set; }

    public string? Seller { get; private set; }

    public string? Location { get; private set; }

    /// <summary>It states a price, be it one to be agreed on, or who sells.</summary>
    public bool Offers { get; private set; }

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

        var facts = OwnFacts.Of(page);
        fields.Price = facts.Reduced ?? (Price.Stated(page.Head.Meta(PriceMetas)) is { Low: > 0 } meta ? meta : null) ?? facts.Price ?? fields.Price ?? OwnPrice.Near(page);
        fields.Location ??= facts.Place ?? Labelled(page, PlaceLabels);
        fields.Seller = facts.Seller ?? SellerOf(page, SellerCandidate.Of(page), fields.Price is not null);
        if ((fields.Price is null || fields.Seller is null) && OwnState.Of(page) is { } item)
        {
            fields.Price ??= item.Price is { } amount ? new Price(amount, item.PriceMax, item.PriceText ?? "") : null;
            fields.Seller ??= item.Seller;
            fields.Location ??= item.Location;
        }

        if (fields.Price is null && page.Subject is { Headline.Text: var title } && Sells().IsMatch(title))
        {
            var said = OwnText.Of(page, block: null);
            fields.Price = Price.Labelled(said) ?? Price.Offered(said);
        }

        if (fields.Price is null && page.Head.Meta("description") is { } described && LabelledSeller.Contact(described) is { } person && Price.Labelled(described) is { } told)
        {
            // Classified pages tell search engines what they offer, and who does.
            (fields.Price, fields.Seller) = (told, person);
        }

        fields.Offers = fields.Price is not null || facts.SaysPrice || facts.Seller is not null;
        return fields;
    }

    private void Read(PageElement element)
    {
        if (Price is null && ClassWords.IsPrice(element) && !ClassWords.IsFormerPrice(element) && !Fields.Price.IsOther(element.Before(8)))
        {
            Price = PrintedPrice.Of(element) is { Low: > 0 } price ? price : null;
        }

        if (Location is null && ClassWords.IsPlace(element) && element.TextLength is >= 2 and <= 40 && Place.IsLikely(element.TextSpan))
        {
            Location = PlainText.Line(element.TextSpan, 60);
        }
    }

    /// <summary>Elements in order, without cards, menus, footers and side columns.</summary>
    public static IReadOnlyList<PageElement> Elements(DecodedPage page) => page.OwnElements;

    /// <summary>The same, worked out anew.</summary>
    public static List<PageElement> Walk(DecodedPage page)
    {
        var own = new List<PageElement>();
        for (var i = 0; i < page.Tree.Elements.Count;)
        {
            var element = page.Tree.Elements[i];
            var beside = IsNotOwn(element, page) || page.Subject.Recommended.Begins(element);
            if (!beside)
            {
                own.Add(element);
            }

            i = !beside ? i + 1 : Math.Max(element.End, page.Subject.Recommended.EndOf(element));
        }

        return own;
    }

    public static bool IsNotOwn(PageElement element, DecodedPage page) =>
        (ClassWords.IsChrome(element) || ClassWords.IsBeside(element) || page.OtherCards.Contains(element.Index))
        && (page.Subject.Headline?.Element is not { } headline || !element.Contains(headline)) && element.Tag is not ("body" or "html");

    /// <summary>An office speaks for the school or authority whose page it is.</summary>
    private static string? SellerOf(DecodedPage page, SellerCandidate named, bool sells) =>
        SpeakerOf(page, named, sells) is { } speaker ? Office().IsMatch(speaker) && OwnShop.Of(page) is { } whole ? whole : speaker : null;

    /// <summary>A notice speaks for the site that publishes it; an offer for whoever makes it.</summary>
    private static string? SpeakerOf(DecodedPage page, SellerCandidate named, bool sells)
    {
        var site = PlainText.FromMarkup(page.Head.Meta(SiteNames), 60);
        var stated = page.Head.Meta("SiteName") is not null && !sells ? site : null;
        return stated ?? (sells ? OwnShop.InHeading(page) : null) ?? ContactBlock.Company(page.Tree) ?? SellerCandidate.OwnShopLink(page, anywhere: sells) ?? LabelledSeller.Contact(page.Tree.Text) ?? (named.IsStrong ? named.Name : null) ?? LabelledSeller.Source(page.Tree.Text) ?? LabelledSeller.Author(page.Tree.Text)
            ?? Company(page) ?? named.Name ?? site ?? Author(page);
    }

    /// <summary>Software writes its makers' name where an author's belongs.</summary>
    private static string? Author(DecodedPage page) => PlainText.FromMarkup(page.Head.Meta("author"), 60) is { } author && !Array.Exists(Software, name => author.Contains(name, StringComparison.OrdinalIgnoreCase)) ? author : null;

    private static string? Company(DecodedPage page)
    {
        var named = Elements(page).FirstOrDefault(element => element is { Hidden: false, TextLength: >= 6 and <= 40 } && element.FirstChild is null or { TextLength: 0 } && Array.Exists(CompanyEndings, ending => element.TextSpan.EndsWith(ending, StringComparison.Ordinal)));
        foreach (var source in (string[])[page.Head.Title, named?.Text ?? "", page.Tree.Text, page.Head.Meta("description") ?? "", page.Head.Meta("author", "copyright") ?? ""])
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

                    if (at - start >= 2 && !source.AsSpan(start, at - start).Contains('否'))
                    {
                        return source[start..(at + ending.Length)];
                    }
                }
            }
        }

        return null;
    }

    /// <summary>What stands after a label in the page's own matter; a site's own address in its footer is another's.</summary>
    private static string? Labelled(DecodedPage page, string[] labels)
    {
        foreach (var element in Elements(page))
        {
            if (element.Hidden || element.TextLength is < 4 or > 120)
            {
                continue;
            }

            foreach (var label in labels)
            {
                var text = element.TextSpan;
                var at = text.IndexOf(label, StringComparison.Ordinal);
                if (at >= 0)
                {
                    var value = text[(at + label.Length)..].Trim();
                    var end = value.IndexOfAny(ValueEnds);
                    if (PlainText.Line(end < 0 ? value : value[..end], 60) is { Length: >= 2 } found)
                    {
                        return found;
                    }
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"^.{0,8}(教务|招生|培训|学工|总务|办公|政教|就业|考务|科研)(处|科|室|办|部|办公室)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Office();

    /// <summary>A post that offers a thing says so in its title.</summary>
    [GeneratedRegex(@"^[\[【]?(出|转|售|卖|甩)|转让|出售|处理|低价|急[出转]|招生|代办|代考|办理", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sells();
}
