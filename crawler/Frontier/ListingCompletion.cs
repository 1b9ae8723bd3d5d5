using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Adds to a listing what its source and its capture know and the page did not say.</summary>
internal static class ListingCompletion
{
    /// <param name="day">On which the page was captured, in Asia/Shanghai.</param>
    public static Listing Complete(Listing listing, SourceDefinition source, PageContent content, DateOnly day) => listing with
    {
        Platform = listing.Platform ?? source.Platform,
        Kind = KindOf(listing, source),
        Publisher = listing.Publisher ?? new Uri(content.Url).IdnHost,
        Url = listing.Url ?? (content.Listings.Count == 1 && listing.Id is null ? content.Url : null),
        Observed = listing.Observed ?? day,
    };

    /// <summary>Only a marketplace has listings; what a search engine or a website shows without marking it an ad is a page.</summary>
    private static ListingKind KindOf(Listing listing, SourceDefinition source) =>
        listing.Kind == ListingKind.Listing && source.Kind != SourceKind.Marketplace ? ListingKind.Page : listing.Kind;
}
