using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Adds to a list the ads that stand before, after or beside it in blocks of their own.</summary>
internal static class AdBlocks
{
    private const int MaxAds = 50;
    private const int ShortestTitle = 6;
    private const int LargestBlock = 1_500;

    /// <returns>All cards in page order.</returns>
    public static List<Card> Joined(List<Card> cards, PageTree tree)
    {
        var taken = new bool[tree.Elements.Count];
        foreach (var card in cards)
        {
            taken.AsSpan(card.Block.Index, card.Block.End - card.Block.Index).Fill(true);
        }

        var ads = new List<Card>();
        foreach (var element in tree.Elements)
        {
            if (ads.Count < MaxAds && !taken[element.Index] && element.Tag == "a" && element.TextLength is >= ShortestTitle and < 200
                && SiteCatalog.Default.IsAdLink(element.Attribute("href")))
            {
                var block = BlockOf(element, taken);
                ads.Add(new Card(block, element));
                taken.AsSpan(block.Index, block.End - block.Index).Fill(true);
            }
        }

        if (ads.Count > 0)
        {
            cards = [.. cards, .. ads];
            cards.Sort((left, right) => left.Block.Index.CompareTo(right.Block.Index));
        }

        return cards;
    }

    /// <summary>Grows until the block has brothers of its own kind, or would take in another's.</summary>
    private static PageElement BlockOf(PageElement link, bool[] taken)
    {
        var block = link;
        while (block.Tag != "li" && block.Parent is { TextLength: <= LargestBlock } parent && parent.Tag is not ("body" or "html" or "ul" or "ol")
            && !taken.AsSpan(parent.Index, parent.End - parent.Index).Contains(true) && !HasBrothers(block, parent))
        {
            block = parent;
        }

        return block;
    }

    private static bool HasBrothers(PageElement block, PageElement parent) =>
        block.Class.Length > 0 && block.Tag != "a" && parent.Children.Any(brother => brother != block && brother.Tag == block.Tag && brother.Class == block.Class && brother.TextLength >= ShortestTitle);
}
