using Microsoft.Extensions.Logging;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;

namespace Surveillance.Crawler.Frontier;

/// <summary>Makes a record of a page that was fetched: sealed first, then read, then assessed.</summary>
internal sealed class CaptureFiling(EvidenceStore evidence, ReadPage readPage, AssessListing assess, ILogger<CaptureFiling> logger) : IDisposable
{
    /// <summary>Reading only computes: more pages at once than processors would take no less time and more memory.</summary>
    private readonly SemaphoreSlim _reading = new(Environment.ProcessorCount);

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
            PoliteFetcher.NameOf(scope.Source.Render))
        {
            Redirects = [.. fetched.Redirects.Select(url => url.AbsoluteUri)],
            Parts = await SealAsync(fetched.Parts),
        };
        return await TryReadAsync(scope, page, fetched, capture);
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>True where what was captured earlier is still there to be read anew; else the page is asked for whole.</summary>
    public bool Holds(KnownCapture known) => evidence.Holds(known.Capture.Digest);

    /// <summary>Files a page of which the server said that it has not changed (304): what was sealed then is read anew.</summary>
    /// <exception cref="EvidenceException">What was sealed is missing or altered; the run must not go on.</exception>
    public async Task<PageRecord> FileUnchangedAsync(SourceScope scope, FrontierPage page, KnownCapture known, DateTimeOffset at)
    {
        var earlier = known.Capture;
        await using var sealedBytes = evidence.OpenRead(earlier.Digest);
        var body = new byte[sealedBytes.Length];
        await sealedBytes.ReadExactlyAsync(body);
        var fetched = new FetchOutcome.Fetched(earlier.Status, body, new Uri(earlier.FinalUrl), earlier.ContentType, earlier.Headers, [], at);
        return (await TryReadAsync(scope, page, fetched, earlier)) with { Capture = null, UnchangedSince = known.Id };
    }

    private async Task<IReadOnlyList<CapturePart>> SealAsync(IReadOnlyList<FetchedPart> parts)
    {
        var kept = new List<CapturePart>(parts.Count);
        foreach (var part in parts)
        {
            var digest = await evidence.SealAsync(part.Body, CancellationToken.None);
            kept.Add(new CapturePart(part.Url.AbsoluteUri, part.Status, part.ContentType, digest, part.Body.Length));
        }

        return kept;
    }

    private async Task<PageRecord> TryReadAsync(SourceScope scope, FrontierPage page, FetchOutcome.Fetched fetched, Capture capture)
    {
        await _reading.WaitAsync(CancellationToken.None);
        try
        {
            return Read(scope, page, fetched, capture);
        }
        catch (Exception error)
        {
            // The boundary of one page: a bug in reading it costs this page, not its evidence and not the run. Replay reads it again.
            logger.LogError(error, "Reading capture {Digest} of {Url} failed.", capture.Digest, page.Url);
            return new PageRecord(page, PageState.Failed, $"解析出错：{error.Message}", null, capture, null, [], []);
        }
        finally
        {
            _reading.Release();
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
            [.. listings.Select(listing => new AssessedListing(listing, assess(listing, day)))],
            verdict.State == PageState.Done ? scope.LeadsTo(page, verdict.Content) : []);
    }
}
