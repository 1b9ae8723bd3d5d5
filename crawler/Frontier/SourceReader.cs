using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Says what a fetched page of a source says.</summary>
internal delegate PageContent ReadPage(SourceDefinition source, FetchOutcome.Fetched fetched);

/// <summary>Says what a listing may break, under the law of its own day, else of <paramref name="day"/>.</summary>
internal delegate Assessment AssessListing(Listing listing, DateOnly day);

/// <summary>Reads pages with all extractors, or with those that the source names.</summary>
internal sealed class SourceReader(PageReader reader)
{
    public PageContent Read(SourceDefinition source, FetchOutcome.Fetched fetched) =>
        reader.Limited(source.Extraction).Read(
            fetched.Body.Span,
            fetched.FinalUrl,
            fetched.ContentType,
            fetched.Status,
            [.. fetched.Parts.Select(part => new PagePart(part.Url, part.Status, part.ContentType, part.Body))],
            fetched.Headers);
}
