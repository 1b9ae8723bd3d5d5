using Microsoft.Extensions.Logging;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Archives;

/// <summary>Takes pages of an archive the way of crawled ones: sealed first, then read, then assessed under the law of their own day.</summary>
public sealed class ArchivedPages(EvidenceStore evidence, PageReader reader, TextClassifier classifier, ILogger<ArchivedPages> logger)
{
    /// <exception cref="EvidenceException">The page could not be sealed; the import must not go on.</exception>
    public async Task<ArchivedPage> ReadAsync(SourceDefinition source, FetchOutcome.Fetched fetched, CancellationToken cancellationToken)
    {
        var digest = await evidence.SealAsync(fetched.Body, cancellationToken);
        var url = fetched.FinalUrl.AbsoluteUri;
        var capture = new Capture(digest, url, url, fetched.Status, fetched.Headers, fetched.ContentType, fetched.Body.Length, fetched.At, "import");
        try
        {
            var content = reader.Limited(source.Extraction).Read(fetched.Body.Span, fetched.FinalUrl, fetched.ContentType, fetched.Status, headers: fetched.Headers);
            var verdict = PageVerdict.Of(fetched, content);
            var day = ChinaTime.DayOf(fetched.At);
            var listings = verdict.Content.Listings.Select(listing => ListingCompletion.Complete(listing, source, verdict.Content, day)).ToList();
            return new ArchivedPage(
                capture,
                verdict.State,
                verdict.Content with { Listings = listings },
                [.. listings.Select(listing => new AssessedListing(listing, classifier.Classify(listing, day)))]);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The boundary of one page: a bug in reading it costs this page, not its evidence and not the import.
            logger.LogError(error, "Reading capture {Digest} of {Url} failed.", digest, url);
            return new ArchivedPage(capture, PageState.Failed, null, []);
        }
    }
}

/// <summary>A page of an archive, sealed and read.</summary>
/// <param name="Content">Null where reading it failed.</param>
public sealed record ArchivedPage(Capture Capture, PageState State, PageContent? Content, IReadOnlyList<AssessedListing> Listings);
