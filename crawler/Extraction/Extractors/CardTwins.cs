using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Adds to a list the cards in its own dress that stand elsewhere on the page: the best answer above the others, what is kept at the top.</summary>
internal static class CardTwins
{
    /// <returns>All cards in page order.</returns>
    public static List<Card> Joined(List<Card> cards, PageTree tree)
    {
        var (tag, titleTag) = (cards[0].Block.Tag, cards[0].Title.Tag);
        var words = Common(cards.Select(card => card.Block));
        var titleWords = Common(cards.Select(card => card.Title));
        if (words.Length == 0 || titleWords.Length == 0 || cards.Exists(card => card.Block.Tag != tag || card.Title.Tag != titleTag))
        {
            return cards;
        }

        var twins = new List<Card>();
        var next = 0;
        for (var i = 0; i < tree.Elements.Count; i++)
        {
            var element = tree.Elements[i];
            next = next < cards.Count && cards[next].Block.Index < i ? next + 1 : next;
            var isOwn = next < cards.Count && cards[next].Block.Index == i;
            if (isOwn || IsTwin(element))
            {
                i = element.End - 1;
            }
        }

        // More of them than of the list's own are another list.
        return twins.Count == 0 || twins.Count * 2 > cards.Count ? cards : [.. cards.Concat(twins).OrderBy(card => card.Block.Index)];

        bool IsTwin(PageElement element)
        {
            if (element.Tag != tag || element.Hidden || !Wears(element, words) || StandsBeside(element)
                || (next < cards.Count && element.Contains(cards[next].Block)))
            {
                return false;
            }

            var title = element.SelfAndDescendants.FirstOrDefault(inner => inner.Tag == titleTag && inner.TextLength >= 4 && Words(inner).Intersect(titleWords, StringComparer.Ordinal).Any());
            if (title is not null)
            {
                twins.Add(new Card(element, title));
            }

            return title is not null;
        }
    }

    private static string[] Common(IEnumerable<PageElement> elements) => elements.Select(Words).Aggregate((common, next) => [.. common.Intersect(next, StringComparer.Ordinal)]);

    private static string[] Words(PageElement element) => element.Class.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Wears(PageElement element, string[] words) => element.Class.Length > 0 && Array.TrueForAll(words, Words(element).Contains);

    /// <summary>In a menu or a side column.</summary>
    private static bool StandsBeside(PageElement element)
    {
        for (var around = element; around is not null && around.Tag != "body"; around = around.Parent)
        {
            // A list's own header may hold a card, a site's may not.
            if (around.Tag is "nav" or "footer" or "header" || ClassWords.IsBeside(around))
            {
                return true;
            }
        }

        return false;
    }
}
