using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>Where a text stands in its card, as hashes that the cards of one list share.</summary>
/// <param name="FromStart">The path to it from the block that holds the title too, counting elements of one kind from the first.</param>
/// <param name="FromEnd">The same, counting from the last.</param>
/// <param name="ByClass">What it and its parent call themselves; null where that is nothing.</param>
internal readonly record struct CellPlaces(ulong FromStart, ulong FromEnd, ulong? ByClass)
{
    /// <summary>Of more that stand beside each other only these are counted.</summary>
    public const int MostSiblings = 400;

    public static CellPlaces OfAttribute(PageElement element, string attribute)
    {
        var place = CardFinder.Mixed(CardFinder.Mixed(CardFinder.Mixed(31, attribute), element.Tag), element.Class);
        return new CellPlaces(place, place, null);
    }

    /// <summary>Up to the block that holds the title too: cards differ in how much is wrapped around them.</summary>
    public static CellPlaces Of(PageElement element, PageElement title, int number)
    {
        var (start, end) = (17UL, 17UL);
        for (var next = element; !next.Contains(title) && next.Parent is { } parent; next = parent)
        {
            var (before, after) = (0, 0);
            foreach (var other in parent.Children.Take(MostSiblings))
            {
                if (other.Tag == next.Tag && other.Class == next.Class)
                {
                    before += other.Index < next.Index ? 1 : 0;
                    after += other.Index > next.Index ? 1 : 0;
                }
            }

            start = Mixed(start, next, before);
            end = Mixed(end, next, after + 1_000);
        }

        var byClass = element.Class.Length == 0 ? (ulong?)null : Numbered(CardFinder.Mixed(Mixed(29, element, 0), element.Parent?.Class ?? ""), number);
        return new CellPlaces(Numbered(start, number), Numbered(end, number), byClass);
    }

    private static ulong Numbered(ulong hash, int number) => hash ^ ((ulong)number * 7_919);

    private static ulong Mixed(ulong hash, PageElement element, int place) =>
        (CardFinder.Mixed(CardFinder.Mixed(hash, element.Tag), element.Class) ^ (ulong)place) * 1_099_511_628_211UL;
}
