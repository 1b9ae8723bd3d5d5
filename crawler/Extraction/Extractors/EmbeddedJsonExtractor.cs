using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from the JSON that a page carries: its scripts' state, a call's argument, or the whole body.</summary>
public sealed class EmbeddedJsonExtractor : IListingExtractor
{
    private const int Shell = 60;

    public string Name => "embedded-json";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (!page.IsBareJson)
        {
            // A shell that its scripts fill: the item stands in the state alone.
            return page.Tree.Text.Length < Shell && !UrlKind.IsSearch(page.Url) && ItemFinder.Find(page.JsonDocuments, page) is { } item ? [item]
                : page.Subject.IsOneThing ? [] : ListFinder.Find(page.JsonDocuments, page);
        }

        var listed = ListFinder.Find(page.JsonDocuments, page);
        var alone = page.JsonDocuments.Where(document => document.Kind == LooseKind.Record).Select(document => RecordReader.Read(document, page, page.Site?.AmountsInFen == true)).OfType<Listing>().ToList();

        // A single object whose own fields say more than any list inside it is one item's answer.
        return ListingQuality.Of(alone) > ListingQuality.Of(listed) ? alone : listed;
    }
}
