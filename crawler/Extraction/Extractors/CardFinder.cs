using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Finds the blocks that repeat: the cards of a list, each with a title of the same place in it.</summary>
/// <remarks>
/// Titles are links and headings. Those at the same path from the root form a group; a title's card is the largest block around it that
/// holds no other title of its group. The group whose cards say most is the list. Linear in elements times depth.
/// </remarks>
internal sealed class CardFinder
{
    private const int FewestCards = 3;
    private const int FewestMenuLinks = 5;
    private const int LongestMenuLink = 5;
    private const int LittleBehind = 60;
    private const int ShortestTitle = 4;
    private const int LongestTitle = 400;

    private readonly PageTree _tree;
    private readonly ulong[] _paths;

    private CardFinder(PageTree tree)
    {
        _tree = tree;
        _paths = new ulong[tree.Elements.Count];
    }

    /// <returns>The cards in page order, empty where nothing repeats.</returns>
    public static IReadOnlyList<Card> Find(PageTree tree, SiteCatalog sites) => new CardFinder(tree).Find(sites);

    private List<Card> Find(SiteCatalog sites)
    {
        var groups = new Dictionary<ulong, List<PageElement>>();
        var footer = 0;
        foreach (var element in _tree.Elements)
        {
            var outer = element.Parent is null ? 17 : _paths[element.Parent.Index];
            // What a script takes out of a text area and a comment ends in one list.
            var path = element.Tag is "textarea" or "code" ? outer : Mixed(outer, element.Tag);
            _paths[element.Index] = path;
            if (element.Index >= footer && IsFooter(element))
            {
                footer = element.End;
            }

            if (element.Index >= footer && IsTitle(element))
            {
                Add(groups, path, element);
                Add(groups, Mixed(Mixed(path, element.Class), element.Parent?.Class ?? ""), element);
            }
        }

        var (best, bestScore) = (new List<Card>(), 0.0);
        foreach (var all in groups.Values)
        {
            var group = all.Count >= 2 * FewestCards ? WithoutSellers(all) : all;
            if (group.Count >= FewestCards && Cards(group) is { Count: >= FewestCards } cards && Score(cards) is var score && score > bestScore)
            {
                (best, bestScore) = (cards, score);
            }
        }

        List<Card> list = best.Count == 0 ? [] : CardSiblings.Joined(WithoutMenus(best)).FindAll(card => !IsMenu(card));
        return list.Count == 0 ? [] : AdBlocks.Joined(CardTwins.Joined(list, _tree), _tree, sites);
    }

    /// <summary>What ends a page; wrappers of everything, and the ends of cards, may be named after it.</summary>
    private bool IsFooter(PageElement element) =>
        element.TextEnd >= _tree.Text.Length - LittleBehind && element.TextLength * 2 < _tree.Text.Length && ClassWords.IsFooter(element);

    /// <summary>Links to sellers may stand at the titles' own path, one below each.</summary>
    private static List<PageElement> WithoutSellers(List<PageElement> titles)
    {
        if (titles[0].Tag != "a" || SellerLink.Is(titles[0].Attribute("href")) || !SellerLink.Is(titles[1].Attribute("href")))
        {
            return titles;
        }

        return titles.FindAll(title => !SellerLink.Is(title.Attribute("href")));
    }

    /// <summary>Links of menus may stand at the titles' own path: their text is all that they say, where a list's cards say more.</summary>
    private static List<Card> WithoutMenus(List<Card> cards)
    {
        var telling = cards.FindAll(card => !IsMenu(card) && !IsBare(card));
        return telling.Count >= FewestCards && telling.Count * 2 >= cards.Count ? telling : cards;
    }

    private static bool IsBare(Card card) => card.Block.TextLength <= card.Title.TextLength + 2 && card.Block.LinkChars * 2 > card.Block.TextLength;

    /// <summary>A row of a menu or a pager: many short links and little else.</summary>
    private static bool IsMenu(Card card)
    {
        var (text, linked) = (card.Block.TextLength, card.Block.LinkChars);
        var links = linked * 10 < text * 6 ? 0 : card.Block.SelfAndDescendants.Count(element => element is { Tag: "a", TextLength: > 0 });
        return links >= FewestMenuLinks && linked <= links * LongestMenuLink;
    }

    /// <summary>A link or a heading.</summary>
    internal static bool IsNamedByTag(PageElement element) => element.Tag is "a" or "h1" or "h2" or "h3" or "h4" or "h5" or "dt";

    internal static bool IsTitle(PageElement element)
    {
        var length = element.TextLength;
        if (length is < ShortestTitle or > 4_000 || element.Tag is "body" or "html" or "#document")
        {
            return false;
        }

        if (element.Tag == "a" && (Moment.IsOne(element.TextSpan) || CardTitle.IsDevice(element)))
        {
            return false;
        }

        return IsNamedByTag(element) || (element.FirstChild is null && length is >= 8 and <= 200 && CardTitle.IsWording(element.TextSpan)) || (length <= LongestTitle && element.Class.Length > 0 && ClassWords.IsTitle(element));
    }

    /// <param name="within">The block that no card may outgrow, null for the whole page.</param>
    public static List<Card> Cards(List<PageElement> titles, PageElement? within = null)
    {
        var cards = new List<Card>(titles.Count);
        for (var i = 0; i < titles.Count; i++)
        {
            var before = i == 0 ? -1 : titles[i - 1].Index;
            var after = i + 1 == titles.Count ? int.MaxValue : titles[i + 1].Index;
            var card = titles[i];
            while (card.Parent is { } parent && parent.Tag is not ("body" or "html" or "#document") && parent.Index > before && parent.End <= after && parent != within)
            {
                card = parent;
            }

            cards.Add(new Card(card, titles[i]));
        }

        return cards;
    }

    internal static double Score(List<Card> cards)
    {
        var (sum, titles) = (0.0, new HashSet<string>());
        foreach (var (block, title) in cards)
        {
            var text = block.TextSpan;
            var span = title.TextSpan;
            if (IsRegistration(span))
            {
                return 0;
            }

            titles.Add(span[..Math.Min(span.Length, 60)].ToString());
            var rest = Math.Max(0, text.Length - Math.Min(span.Length, 60));
            var extra = Math.Min(rest, 200) / 200.0;
            var price = text.IndexOfAny("¥￥") >= 0 || (text.IndexOf('元') is var at && at > 0 && char.IsAsciiDigit(text[at - 1])) ? 0.8 : 0;
            sum += Math.Min(span.Length, 25) / 25.0 * (0.15 + extra + price + (title.Tag[0] == 'h' ? 0.3 : 0));
        }

        return sum * titles.Count / cards.Count * Likeness(cards) * Standing(cards[cards.Count / 2].Block);
    }

    /// <summary>The number under which a site is registered, which stands among the links that end its pages: 京ICP证000000号.</summary>
    private static bool IsRegistration(ReadOnlySpan<char> title) =>
        title.Length <= 40 && title.IndexOfAnyInRange('0', '9') >= 0 && (title.Contains("ICP备", StringComparison.OrdinalIgnoreCase) || title.Contains("ICP证", StringComparison.OrdinalIgnoreCase) || title.Contains("公网安备", StringComparison.Ordinal));

    /// <summary>Elements at one path of which some call themselves titles and some do not are titles and what stands below them.</summary>
    private static double Likeness(List<Card> cards)
    {
        const double Mixture = 0.5;
        var called = cards.Count(card => !IsNamedByTag(card.Title) && ClassWords.IsTitle(card.Title));
        return called > 0 && called < cards.Count ? Mixture : 1;
    }

    /// <summary>Menus and side columns repeat too.</summary>
    internal static double Standing(PageElement block)
    {
        var standing = 1.0;
        for (var element = block; element is not null && element.Tag != "body"; element = element.Parent)
        {
            standing = ClassWords.IsChrome(element) ? Math.Min(standing, 0.25) : ClassWords.IsBeside(element) ? Math.Min(standing, 0.4) : standing;
        }

        return standing;
    }

    private static void Add(Dictionary<ulong, List<PageElement>> groups, ulong key, PageElement element)
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups[key] = group = [];
        }

        group.Add(element);
    }

    /// <summary>The hash of a path with one more name at its end.</summary>
    public static ulong Mixed(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        return (hash ^ 0x1F) * 1_099_511_628_211UL;
    }
}

/// <param name="Block">All that belongs to one listing.</param>
/// <param name="Title">The link or heading that names it, inside the block or the block itself.</param>
internal readonly record struct Card(PageElement Block, PageElement Title);
