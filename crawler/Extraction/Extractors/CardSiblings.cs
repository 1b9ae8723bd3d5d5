using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Adds to a list the cards that stand among its own in another form: ads, questions, special results.</summary>
internal static class CardSiblings
{
    /// <summary>How blocks begin that offer other searches instead of results.</summary>
    private static readonly string[] Beside = ["相关搜索", "大家还在搜", "其他人还", "为您推荐", "猜你喜欢", "热门搜索", "您要找的是不是"];

    /// <returns>All cards in page order.</returns>
    public static List<Card> Joined(List<Card> cards)
    {
        var own = cards.ConvertAll(card => card.Block.Index);
        var words = cards.SelectMany(card => Words(card.Block).Distinct(StringComparer.Ordinal)).CountBy(word => word, StringComparer.Ordinal)
            .Where(count => count.Value * 3 > cards.Count).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        var headings = cards.Count(card => Heading(card.Block) is not null) * 2 > cards.Count;
        var joined = new List<Card>(cards);
        foreach (var parent in cards.Select(card => card.Block.Parent).OfType<PageElement>().Distinct())
        {
            foreach (var child in parent.Children)
            {
                if (!HoldsAny(child, own) && TitleOf(child, words, headings, cards[0]) is { } title)
                {
                    joined.AddRange(Split(child, title, cards[0].Title));
                }
            }
        }

        joined.Sort((left, right) => left.Block.Index.CompareTo(right.Block.Index));
        return joined;
    }

    /// <summary>A block with several headings, or titles as the list has them, holds as many cards: ads are often wrapped together.</summary>
    private static List<Card> Split(PageElement block, PageElement title, PageElement like)
    {
        var titles = title.Tag[0] == 'h' ? block.SelfAndDescendants.Where(element => element.Tag == title.Tag && (element.InLink ? element.TextLength : element.LinkChars) >= 6).ToList()
            : like.Class.Length > 0 ? block.SelfAndDescendants.Where(element => element.TextLength >= 4 && IsInSamePlace(element, like)).ToList() : [];
        return titles.Count > 1 ? CardFinder.Cards(titles, block) : [new Card(block, title)];
    }

    /// <param name="own">Where the list's own cards begin, ascending.</param>
    private static bool HoldsAny(PageElement block, List<int> own)
    {
        var at = own.BinarySearch(block.Index);
        at = at < 0 ? ~at : at;
        return at < own.Count && own[at] < block.End;
    }

    private static PageElement? TitleOf(PageElement block, HashSet<string> words, bool headings, Card like)
    {
        if (block.TextLength < 4 || block.Hidden || Beside.Any(heading => block.TextSpan.StartsWith(heading, StringComparison.Ordinal)))
        {
            return null;
        }

        if (headings && Heading(block) is { } heading)
        {
            return heading;
        }

        var own = Words(block);
        var alike = block.Tag == like.Block.Tag && (own.Length == 0 ? words.Count == 0 : own.Any(words.Contains));
        return !alike ? TextBlockTitle(block, like.Block.TextLength) : block.SelfAndDescendants.FirstOrDefault(element => element.TextLength >= 4 && element != block && (ClassWords.IsTitle(element) || (element.Tag == "a" && element.TextLength < 200))) ?? SamePlace(block, like.Title);
    }

    /// <summary>What stands where the list's titles do, by its own and its parent's names.</summary>
    private static PageElement? SamePlace(PageElement block, PageElement title) => title.Class.Length == 0 ? null
        : block.SelfAndDescendants.FirstOrDefault(element => element.TextLength >= 2 && IsInSamePlace(element, title));

    private static bool IsInSamePlace(PageElement element, PageElement title) => element.Tag == title.Tag && element.Class == title.Class && element.Parent?.Class == title.Parent?.Class;

    /// <summary>A block of like size that begins with a link and goes on with text: a result in another dress.</summary>
    private static PageElement? TextBlockTitle(PageElement block, int usual)
    {
        var plain = block.TextLength - block.LinkChars;
        return block.TextLength * 4 < usual || block.TextLength > usual * 4 || plain < 20 || ClassWords.IsBeside(block)
            ? null
            : block.SelfAndDescendants.FirstOrDefault(element => element.Tag == "a" && element.TextLength is >= 6 and < 120);
    }

    private static PageElement? Heading(PageElement block) =>
        block.SelfAndDescendants.FirstOrDefault(element => element.Tag is ['h', >= '1' and <= '4'] && element.TextLength >= 4);

    private static string[] Words(PageElement element) => element.Class.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
