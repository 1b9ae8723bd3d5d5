using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The seller of a page about one thing, by what its elements call themselves.</summary>
/// <param name="IsStrong">The place names a seller, rather than saying something about one.</param>
internal readonly record struct SellerCandidate(string? Name, bool IsStrong)
{
    /// <summary>What an address alone says counts for less than a name for the place.</summary>
    private const int Linked = 15;
    private const int FewestPosters = 2;

    public static SellerCandidate Of(DecodedPage page)
    {
        if (page.Tree.Elements.FirstOrDefault(IsAuthorLink) is { } author)
        {
            return new SellerCandidate(SellerName.Of(author), IsStrong: true);
        }

        if (Opener(page) is { } opener)
        {
            return new SellerCandidate(opener, IsStrong: true);
        }

        if (OwnShopLink(page, anywhere: false) is { } shop)
        {
            return new SellerCandidate(shop, IsStrong: true);
        }

        var (best, bestCost) = ((string?)null, int.MaxValue);
        string? firstAuthor = null;
        foreach (var element in OwnFields.Elements(page))
        {
            // Of the authors of many posts the first opened the thread.
            var offered = Cost(element);
            if (offered.Name is not null && (!ClassWords.IsAuthor(element) || firstAuthor is null || firstAuthor == offered.Name))
            {
                firstAuthor ??= ClassWords.IsAuthor(element) ? offered.Name : null;
                Offer(offered);
            }
        }

        // A shop's name often stands in its own header, outside the matter of the page.
        var cards = page.Subject.Cards.Select(card => card.Block.Index).ToHashSet();
        for (var i = 0; i < page.Tree.Elements.Count; i++)
        {
            var element = page.Tree.Elements[i];
            if (cards.Contains(i) || (ClassWords.IsBeside(element) && element.Tag is not ("body" or "html")))
            {
                i = element.End - 1;
                continue;
            }

            if (!element.Hidden && element.TextLength is >= 1 and <= 60 && ClassWords.IsShopName(element) && SellerName.Of(element) is { } name)
            {
                Offer((name, SellerName.Cost(element, name) + 5));
            }
        }

        return new SellerCandidate(best, bestCost < SellerName.Weak);

        void Offer((string? Name, int Cost) offered) =>
            (best, bestCost) = offered.Name is not null && offered.Cost < bestCost ? offered : (best, bestCost);
    }

    /// <summary>Who wrote the first of several posts below the headline.</summary>
    private static string? Opener(DecodedPage page)
    {
        var start = page.Subject.Headline?.Element?.Index ?? int.MaxValue;
        var authors = page.Tree.Elements.Where(element => element.Index > start && element is { Hidden: false, TextLength: >= 1 and <= 40 } && ClassWords.IsAuthor(element));
        var named = authors.Select(element => (Element: element, Name: SellerName.Of(element))).Where(author => author.Name is not null).DistinctBy(author => author.Name, StringComparer.Ordinal).Take(FewestPosters).ToList();
        return named.Count == FewestPosters && !StandsBeside(named[0].Element) ? named[0].Name : null;
    }

    /// <summary>Comments have authors too.</summary>
    private static bool StandsBeside(PageElement element)
    {
        for (var around = element.Parent; around is not null && around.Tag is not ("body" or "html"); around = around.Parent)
        {
            if (ClassWords.IsBeside(around))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The one shop that a page links to by its name, in whatever part of the page: it is whose page it is.</summary>
    /// <param name="anywhere">Also where nothing around it speaks of a seller.</param>
    /// <returns>Null where it links to none, or to several.</returns>
    public static string? OwnShopLink(DecodedPage page, bool anywhere) =>
        page.Tree.Elements.Where(element => IsShop(element) && (anywhere || StandsWithSeller(element))).Select(SellerName.Of).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList() is [var shop] ? shop : null;

    private static bool StandsWithSeller(PageElement element)
    {
        const int Near = 3;
        var around = element;
        for (var i = 0; i <= Near && around is not null; i++, around = around.Parent)
        {
            if (ClassWords.IsSeller(around))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAuthorLink(PageElement element) => element is { Tag: "a", Hidden: false, TextLength: > 1 } && element.Attribute("rel") is "author" && SellerName.Of(element) is not null;

    /// <summary>A link to a shop that is called one.</summary>
    private static bool IsShop(PageElement element) => element is { Tag: "a", Hidden: false, TextLength: > 1 and <= 60 } && SellerLink.Is(element.Attribute("href")) && OwnShop.IsName(element.Text);

    private static (string? Name, int Cost) Cost(PageElement element)
    {
        if (element.Tag == "input" && FieldNames.Of(FieldNames.Normalized(element.Attribute("name") ?? "")) is [(Field.Seller, _), ..])
        {
            // What the page would send with an order.
            return element.Attribute("value") is { Length: <= 60 } stated && stated.Any(char.IsLetter) ? (stated, 0) : (null, 0);
        }

        if (element is { Tag: "a", Hidden: false, TextLength: >= 2 and <= 30 } && SellerLink.Is(element.Attribute("href")) && SellerName.Of(element) is { } linked)
        {
            return (linked, element.TextLength + Linked);
        }

        return !element.Hidden && element.TextLength is >= 1 and <= 80 && element.Node.HasAttributes && ClassWords.IsSeller(element) && SellerName.Of(element) is { } name
            ? (name, SellerName.Cost(element, name))
            : (null, 0);
    }
}
