using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Adds to a list the ads that stand before, after or beside it in blocks of their own.</summary>
internal static class AdBlocks
{
    private const int MaxAds = 50;
    private const int ShortestTitle = 6;
    private const int LargestBlock = 1_500;

    /// <returns>All cards in page order.</returns>
    public static List<Card> Joined(List<Card> cards, PageTree tree, SiteCatalog sites)
    {
        var links = MainLinks(cards, tree, sites);
        if (links.Count == 0)
        {
            return cards;
        }

        // No ad grows into a card, nor into the next ad.
        var marks = cards.Select(card => card.Block.Index).Concat(links.Select(link => link.Index)).Order().ToArray();
        List<Card> joined = [.. cards, .. links.Select(link => new Card(BlockOf(link, marks), link))];
        joined.Sort((left, right) => left.Block.Index.CompareTo(right.Block.Index));
        return joined;
    }

    /// <summary>The link of each ad that names it. An ad's other links lead to the same place; the same ads are often printed above and below a list.</summary>
    private static List<PageElement> MainLinks(List<Card> cards, PageTree tree, SiteCatalog sites)
    {
        var seen = cards.Select(card => card.Title.Text).ToHashSet(StringComparer.Ordinal);
        var links = new List<PageElement>();
        var (next, landed) = (0, false);
        for (var i = 0; i < tree.Elements.Count && links.Count < MaxAds; i++)
        {
            if (next < cards.Count && cards[next].Block.Index <= i)
            {
                i = Math.Max(i, cards[next].Block.End - 1);
                next++;
                continue;
            }

            var element = tree.Elements[i];
            if (element.Tag != "a" || element.TextLength is < ShortestTitle or >= 200 || !(sites.IsAdLink(element.Attribute("href")) || sites.IsAdLink(CardLink.Redirect(element))))
            {
                continue;
            }

            // Under one headline several links lead to an advertiser's host; a headline of its own is another ad.
            var landing = CardLink.Landing(element) is { } address ? Address.Host(address) ?? address : null;
            landed |= landing is not null;
            var first = landing is not null ? seen.Add(landing) : !landed && seen.Add(element.Attribute("href")!);
            if ((first || IsHeadline(element)) && seen.Add(element.Text))
            {
                links.Add(element);
            }
        }

        return links;
    }

    private static bool IsHeadline(PageElement link) => link.Parent?.Tag is "h1" or "h2" or "h3" or "h4" || link.FirstChild?.Tag is "h1" or "h2" or "h3" or "h4";

    private static PageElement BlockOf(PageElement link, int[] marks)
    {
        var own = Array.BinarySearch(marks, link.Index);
        var before = own == 0 ? -1 : marks[own - 1];
        var after = own + 1 == marks.Length ? int.MaxValue : marks[own + 1];
        var block = link;
        while (block.Tag != "li" && block.Parent is { TextLength: <= LargestBlock } parent && parent.Tag is not ("body" or "html" or "ul" or "ol") && parent.Index > before && parent.End <= after)
        {
            block = parent;
        }

        return block;
    }
}
