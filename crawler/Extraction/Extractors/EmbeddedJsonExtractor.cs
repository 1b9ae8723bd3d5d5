using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from the JSON that a page carries: its scripts' state, a call's argument, or the whole body.</summary>
public sealed class EmbeddedJsonExtractor : IListingExtractor
{
    private const int Shell = 60;
    private const int FewestHoles = 3;

    /// <summary>So many listings are what a page is about that shows no more than whose they are.</summary>
    private const int FewestOfThin = 5;

    public string Name => "embedded-json";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (!page.IsBareJson)
        {
            // A shell that its scripts fill: the item stands in the state alone.
            return IsUndrawn(page) && !UrlKind.IsSearch(page.Url) && ItemFinder.Find(page.JsonDocuments, page, posts: true) is { } item ? [item]
                : page.Subject is { IsOneThing: true, SaysLittle: false } ? [] : ListOf(page);
        }

        // An answer about one item may end with what else there is.
        var listed = ListFinder.Find(page.JsonDocuments, page, out var isBeside);
        if (isBeside && ItemFinder.Find(page.JsonDocuments, page) is { } only)
        {
            return [only];
        }

        var alone = page.JsonDocuments.Where(document => document.Kind == LooseKind.Record).Select(document => RecordReader.Read(RecordFields.Of(document), page, page.Site?.AmountsInFen == true)).OfType<Listing>().ToList();

        // A single object whose own fields say more than any list inside it is one item's answer.
        var best = ListingQuality.Of(alone) > ListingQuality.Of(listed) ? alone : listed;
        var shipped = ShippedMarkup.Of(page) is { } markup ? new RepeatedBlockExtractor().Extract(markup) : [];
        return ListingQuality.Of(shipped) > ListingQuality.Of(best) ? shipped : best;
    }

    private static IReadOnlyList<Listing> ListOf(DecodedPage page) =>
        ListFinder.Find(page.JsonDocuments, page) is var list && (!page.Subject.IsOneThing || list.Count >= FewestOfThin) ? list : [];

    /// <summary>A shell that its scripts fill, or a template that they were to fill in.</summary>
    private static bool IsUndrawn(DecodedPage page) => page.Tree.Text.Length < Shell || page.Tree.Text.AsSpan().Count("{{") >= FewestHoles;
}
