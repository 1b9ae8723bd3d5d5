using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Finds the one or two results of a search, which repeat nothing.</summary>
internal static class FewCards
{
    private const int ShortestTitleOfFew = 6;
    private const int LargestAlone = 600;

    /// <summary>The one or two results that a search claims to have, where so few repeat nothing.</summary>
    public static List<Card> Find(PageTree tree, int count, Recommended recommended)
    {
        var titles = tree.Elements.Where(element => element.TextLength >= ShortestTitleOfFew && CardFinder.IsTitle(element) && (CardFinder.IsNamedByTag(element) || ClassWords.IsTitle(element)) && !element.Hidden && !recommended.Holds(element) && CardFinder.Standing(element) == 1);
        return titles.GroupBy(title => (title.Tag, title.Class, title.Depth)).Where(group => group.Count() == count).Select(group => Rows([.. group]))
            .Where(cards => cards.TrueForAll(SaysMore)).MaxBy(CardFinder.Score) ?? [];
    }

    /// <summary>The largest block around each title that is still a card's size and holds no other of them.</summary>
    private static List<Card> Rows(List<PageElement> titles) => titles.ConvertAll(title =>
    {
        var row = title;
        while (row.Parent is { TextLength: <= LargestAlone, Tag: not ("body" or "html" or "#document" or "ul" or "ol" or "tbody" or "table" or "main") } parent
            && !parent.SelfAndDescendants.Any(inner => inner.Tag is "form" or "input" or "h1" || (inner != title && titles.Contains(inner))))
        {
            row = parent;
        }

        return new Card(row, title);
    });

    /// <summary>It leads somewhere, and says more than its title.</summary>
    private static bool SaysMore(Card card) => card.Block.TextLength >= card.Title.TextLength + 8 && card.Block.SelfAndDescendants.Any(element => element.Tag == "a");
}
