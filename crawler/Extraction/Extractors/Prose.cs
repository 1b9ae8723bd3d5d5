using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The part of a page that is running text rather than links.</summary>
/// <param name="Element">The block that holds it; null where the page has none.</param>
/// <param name="Length">Characters outside links.</param>
internal readonly record struct Prose(PageElement? Element, int Length)
{
    private const int ShortestParagraph = 20;

    /// <summary>Every paragraph speaks for its parent, and half for its grandparent; the one most spoken for wins.</summary>
    /// <param name="opening">How the page's description begins, null where it gives none: the text that it was taken from counts for more.</param>
    public static Prose Of(PageTree tree, string? opening)
    {
        const int OpeningChars = 12;
        var described = opening is { Length: >= OpeningChars } ? tree.Text.IndexOf(opening[..OpeningChars], StringComparison.Ordinal) : -1;
        var scores = new Dictionary<PageElement, double>();
        var text = tree.Text.AsSpan();
        foreach (var element in tree.Elements)
        {
            var own = element.TextLength - element.LinkChars;
            if (own < ShortestParagraph || element.InLink || element.Hidden || element.LinkChars * 3 > element.TextLength || element.Parent is not { } parent
                || text[element.TextStart..element.TextEnd].Trim().Contains('\n'))
            {
                continue;
            }

            // The outermost element of a line is its paragraph.
            if (parent.TextStart == element.TextStart && parent.TextEnd == element.TextEnd)
            {
                continue;
            }

            scores[parent] = scores.GetValueOrDefault(parent) + own;
            if (parent.Parent is { } grandparent)
            {
                scores[grandparent] = scores.GetValueOrDefault(grandparent) + (own / 2.0);
            }
        }

        var (best, bestScore) = ((PageElement?)null, 0.0);
        foreach (var (element, score) in scores)
        {
            var weight = described >= element.TextStart && described < element.TextEnd ? score * 5 : score;
            (best, bestScore) = weight > bestScore ? (element, weight) : (best, bestScore);
        }

        return new Prose(best, best is null ? 0 : best.TextLength - best.LinkChars);
    }
}
