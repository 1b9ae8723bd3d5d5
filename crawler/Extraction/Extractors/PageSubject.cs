using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Outcomes;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What a page is about: one thing of its own, or the things that it lists.</summary>
internal sealed class PageSubject
{
    private const int LittleProse = 60;
    private const int FewestOfShop = 6;

    private PageSubject(DecodedPage page)
    {
        Cards = CardFinder.Find(page.Tree, page.Sites) is { Count: > 0 } cards && LeadsSomewhere(cards) ? cards : [];
        Recommended = Recommended.Of(page.Tree);
        Asked = [.. Cards.Where(card => !Recommended.Holds(card))];
        if (Asked.Count == 0 && TotalFinder.Printed(page) is { } few and (1 or 2))
        {
            Asked = FewCards.Find(page.Tree, few, Recommended);
        }

        Headline = Headline.Of(page);
        Prose = Prose.Of(page.Tree, PlainText.FromMarkup(page.Head.Meta("description", "og:description")));
        OffersItself = HasOffer(page);
        IsOneThing = Weigh(page) > 0;
        SaysLittle = Prose.Length < LittleProse && !OffersItself && Cards.Count == 0 && !UrlKind.IsDetail(page.Url);
    }

    /// <summary>The blocks that repeat, in page order.</summary>
    public IReadOnlyList<Card> Cards { get; }

    /// <summary>Those of the cards that stand below no heading such as 猜你喜欢.</summary>
    public IReadOnlyList<Card> Asked { get; }

    public Recommended Recommended { get; }

    public Headline? Headline { get; }

    public Prose Prose { get; }

    /// <summary>An item, an article or a form of its own; lists on it are beside the matter.</summary>
    public bool IsOneThing { get; }

    /// <summary>A price or a contact person stands between its confirmed headline and the first card.</summary>
    public bool OffersItself { get; }

    /// <summary>No more than a name: neither text nor offer nor list, under an address that is no item's.</summary>
    public bool SaysLittle { get; }

    public static PageSubject Of(DecodedPage page) => new(page);

    /// <summary>Sections of one text repeat too, yet neither link to anything nor state a price.</summary>
    private static bool LeadsSomewhere(IReadOnlyList<Card> cards) =>
        cards.Count(card => card.Block.InLink || card.Block.TextSpan.IndexOfAny("¥￥") >= 0 || card.Block.SelfAndDescendants.Any(Leads)) * 2 >= cards.Count;

    /// <summary>A script may follow what calls itself a link.</summary>
    private static bool Leads(PageElement element) => element.Tag is "a" or "img" || (element.Node.HasAttributes && (element.Attribute("role") is "link" || CardLink.Landing(element) is not null));

    private int Weigh(DecodedPage page)
    {
        var weight = UrlKind.IsDetail(page.Url) || UrlKind.IsDetail(page.Head.Canonical) || UrlKind.IsDetail(page.Base.AbsoluteUri) ? 2 : 0;
        // Advertisers put the words that led to them into the address too.
        weight -= UrlKind.IsSearch(page.Url) && !(OffersItself && Asked.Count == 0) ? 3 : 0;
        weight += page.Head.Meta("ArticleTitle", "PubDate") is not null || page.Head.Meta("og:type") is "product" or "article" or "news" or "og:product" ? 2 : 0;

        // A shop heads its list with its name and whom to ask.
        var headsList = Asked.Count >= FewestOfShop && Headline is not null && OwnShop.IsOrganisation(Headline.Text);
        weight += Headline is { IsConfirmed: true } && !headsList && !EndsList(Headline.Element) ? 2 : 0;
        weight += OffersItself && !headsList ? 2 : 0;
        return weight - ListWeight();
    }

    /// <summary>The name of the place in the site, below all that the page lists.</summary>
    private bool EndsList(PageElement? headline)
    {
        if (headline is null || Asked.Count < FewestOfShop || Asked[^1].Block.Index > headline.Index)
        {
            return false;
        }

        for (var around = headline; around is not null && around.Tag is not ("body" or "html"); around = around.Parent)
        {
            if (ClassWords.IsChrome(around))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasOffer(DecodedPage page)
    {
        if (Headline is not { Element: { } element } || EndsList(element) || (!Headline.IsConfirmed && !IsOnlyHeading(page, element)))
        {
            return false;
        }

        // Cards before the headline are a menu's.
        var list = Cards.FirstOrDefault(card => card.Block.Index > element.Index).Block;
        for (var next = element; next is not null; next = next.Parent)
        {
            for (var brother = next; brother is not null; brother = brother.NextSibling)
            {
                if (list is not null && brother.End > list.Index)
                {
                    return false;
                }

                if (brother.SelfAndDescendants.Any(part => part.TextLength is > 0 and < 60 && !part.Hidden && ((ClassWords.IsPrice(part) && PrintedPrice.Of(part) is { Low: > 0 }) || (Asked.Count < 3 && PrintedPrice.SignedAt(part) is { Low: > 0 }) || part.TextSpan.StartsWith("联系人", StringComparison.Ordinal))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A page that sells one thing heads it with its promise, where its title names the seller.</summary>
    private bool IsOnlyHeading(DecodedPage page, PageElement element) => Asked.Count < 3 && element.Tag == "h1" && page.Tree.Elements.Count(other => other.Tag == "h1") == 1;

    /// <summary>How much the list outweighs the running text; a list inside the text, or the text inside a card, is all list.</summary>
    private int ListWeight()
    {
        if (Asked.Count < 3)
        {
            return Prose.Length >= 100 ? -1 : 0;
        }

        var mass = Asked.Sum(card => Math.Min(card.Block.TextLength, 600));
        var listed = Asked.Count(card => card.Block.TextSpan.IndexOfAny("¥￥") >= 0);
        var first = Asked[0].Block;
        var inside = Prose.Element is { } prose && (prose.Index >= first.Index && prose.Index < Asked[^1].Block.End);
        var about = Prose.Element is { } around && around.Contains(first) && around.Contains(Asked[^1].Block);
        var text = inside ? 0 : about ? Math.Max(0, Prose.Length - mass) : Prose.Length;
        return (mass > 4 * text ? 2 : mass > text ? 1 : mass * 4 < text ? -1 : 0) + (listed * 2 > Asked.Count && Asked.Count >= 8 ? 1 : 0) + (Asked.Count >= 20 ? 1 : 0);
    }
}
