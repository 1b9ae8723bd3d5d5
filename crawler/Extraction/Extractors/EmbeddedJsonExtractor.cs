using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from the JSON that a page carries: its scripts' state, a call's argument, or the whole body.</summary>
public sealed class EmbeddedJsonExtractor : IListingExtractor
{
    public string Name => "embedded-json";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (!page.IsBareJson)
        {
            return page.Subject.IsOneThing ? [] : ListFinder.Find(page.JsonDocuments, page);
        }

        var listed = ListFinder.Find(page.JsonDocuments, page);
        var alone = page.JsonDocuments.Where(document => document.Kind == LooseKind.Record).Select(document => RecordReader.Read(document, page, page.Site?.AmountsInFen == true)).OfType<Listing>().ToList();

        // A single object whose own fields say more than any list inside it is one item's answer.
        return ListingQuality.Of(alone) > ListingQuality.Of(listed) ? alone : listed;
    }
}
