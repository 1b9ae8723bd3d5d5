using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What the state of a page's scripts says of the one thing that the page shows.</summary>
internal static class OwnState
{
    private const int ShortestShared = 6;

    /// <returns>Null where the state has no item under the page's headline.</returns>
    public static Listing? Of(DecodedPage page) =>
        page.Subject.Headline is { IsConfirmed: true } headline && ItemFinder.Find(page.JsonDocuments, page) is { Title: { } title } item && IsSame(title, headline.Text) ? item : null;

    private static bool IsSame(string left, string right) => left == right
        || (Math.Min(left.Length, right.Length) >= ShortestShared && (left.Contains(right, StringComparison.Ordinal) || right.Contains(left, StringComparison.Ordinal)));
}
