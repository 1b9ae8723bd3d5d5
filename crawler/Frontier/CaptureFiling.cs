using Microsoft.Extensions.Logging;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;

namespace Surveillance.Crawler.Frontier;

/// <summary>Makes a record of a page that was fetched: sealed first, then read, then assessed.</summary>
internal sealed class CaptureFiling(EvidenceStore evidence, ReadPage readPage, TextClassifier classifier, ILogger<CaptureFiling> logger)
{
    /// <exception cref="EvidenceException">The page could not be sealed; the run must not go on.</exception>
    public async Task<PageRecord> FileAsync(SourceScope scope, FrontierPage page, FetchOutcome.Fetched fetched)
    {
        // What has been fetched is filed whole, also when the run is being cancelled.
        var digest = await evidence.SealAsync(fetched.Body, CancellationToken.None);
        var capture = new Capture(
            digest,
            page.Url,
            fetched.FinalUrl.AbsoluteUri,
            fetched.Status,
            fetched.Headers,
            fetched.ContentType,
            fetched.Body.Length,
            fetched.At,
            PoliteFetcher.NameOf(scope.Source.Render));
        try
        {
            return Read(scope, page, fetched, capture);
        }
        catch (Exception error)
        {
            // The boundary of one page: a bug in reading it costs this page, not its evidence and not the run. Replay reads it again.
            logger.LogError(error, "Reading capture {Digest} of {Url} failed.", digest, page.Url);
            return new PageRecord(page, PageState.Failed, $"解析出错：{error.Message}", null, capture, null, [], []);
        }
    }

    private PageRecord Read(SourceScope scope, FrontierPage page, FetchOutcome.Fetched fetched, Capture capture)
    {
        var verdict = PageVerdict.Of(fetched, readPage(scope.Source, fetched));
        var day = ChinaTime.DayOf(fetched.At);
        var listings = verdict.Content.Listings.Select(listing => ListingCompletion.Complete(listing, scope.Source, verdict.Content, day)).ToList();
        return new PageRecord(
            page,
            verdict.State,
            verdict.Reason,
            null,
            capture,
            verdict.Content with { Listings = listings },
            [.. listings.Select(listing => new AssessedListing(listing, classifier.Classify(listing, day)))],
            verdict.State == PageState.Done ? scope.LeadsTo(page, verdict.Content) : []);
    }
}
