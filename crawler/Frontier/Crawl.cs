using System.Diagnostics;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>One crawl of a source: takes pages off the frontier until none is left, the budget is spent or it is cancelled.</summary>
/// <remarks>
/// Thread safe; several sources may be crawled at once. A page's outcome is committed in one transaction after its bytes were
/// sealed, so a process that is killed loses at most the pages it was fetching, and a later run takes them up again.
/// </remarks>
public sealed class Crawl
{
    private readonly ICrawlStore _store;
    private readonly PoliteFetcher _fetcher;
    private readonly CaptureFiling _filing;
    private readonly Retries _retry;
    private readonly TimeProvider _time;

    internal Crawl(ICrawlStore store, PoliteFetcher fetcher, CaptureFiling filing, Retries retry, TimeProvider time)
    {
        _store = store;
        _fetcher = fetcher;
        _filing = filing;
        _retry = retry;
        _time = time;
    }

    /// <summary>Crawls until the end. Cancelling ends the run as interrupted and returns its summary; it does not throw.</summary>
    /// <exception cref="Evidence.EvidenceException">Evidence could not be kept; the run has been ended as failed.</exception>
    public async Task<CrawlOutcome> RunAsync(SourceDefinition source, IProgress<CrawlProgress>? progress, CancellationToken cancellationToken)
    {
        var seeds = source.SeedUrls().Select(url => new FrontierEntry(url, PageRole.Seed, Depth: 0)).ToList();
        switch (await _store.BeginRunAsync(source.Id, seeds, cancellationToken))
        {
            case BeginRunOutcome.AlreadyRunning running:
                return new CrawlOutcome.AlreadyRunning(running.RunId, running.Since);
            case BeginRunOutcome.Began began:
                return new CrawlOutcome.Ended(await WorkAsync(source, began, progress, cancellationToken));
            default:
                throw new UnreachableException();
        }
    }

    private async Task<RunSummary> WorkAsync(SourceDefinition source, BeginRunOutcome.Began began, IProgress<CrawlProgress>? progress, CancellationToken cancellationToken)
    {
        var frontier = new RunFrontier(_store, began.RunId, source, _time);
        frontier.Resume(began.PagesEnded);
        var scope = new SourceScope(source);
        var tally = new RunTally(source.Id, began.RunId);
        try
        {
            await using (var pulse = new RunPulse(_store, began.RunId, _time, cancellationToken))
            {
                var workers = new ParallelOptions { MaxDegreeOfParallelism = source.Rate.Concurrency, CancellationToken = pulse.Token };
                await Parallel.ForEachAsync(frontier.TakeAsync(pulse.Token), workers, async (page, token) =>
                {
                    var record = await VisitAsync(scope, frontier, page, token);
                    await _store.CommitAsync(record, CancellationToken.None);
                    frontier.Finished(asked: record.State is not (PageState.Queued or PageState.Declined));
                    progress?.Report(tally.Add(record));
                });
            }

            return await _store.EndRunAsync(began.RunId, frontier.StopReason is null ? RunState.Finished : RunState.Failed, frontier.StopReason, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await _store.EndRunAsync(began.RunId, RunState.Interrupted, "已中断", CancellationToken.None);
        }
        catch (Exception error)
        {
            await EndFailedAsync(began.RunId, error);
            throw;
        }
    }

    private async Task<PageRecord> VisitAsync(SourceScope scope, RunFrontier frontier, FrontierPage page, CancellationToken cancellationToken)
    {
        var url = new Uri(page.Url);
        switch (await _fetcher.FetchAsync(scope.Source, url, cancellationToken))
        {
            case FetchOutcome.Fetched fetched when TryPostpone(url, page, fetched) is { } wait:
                return Retries.Ending(page, PageState.Queued, $"HTTP {fetched.Status}", wait);
            case FetchOutcome.Fetched fetched:
                return await _filing.FileAsync(scope, page, fetched);
            case FetchOutcome.Declined declined:
                return Retries.Ending(page, PageState.Declined, declined.Reason, null);
            case FetchOutcome.Failed { Error.Kind: FetchErrorKind.BrowserMissing } failed:
                frontier.Stop(failed.Error.Reason);
                return _retry.AfterFailure(page, failed);
            case FetchOutcome.Failed failed:
                return _retry.AfterFailure(page, failed);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>How long to wait before asking again, null where the answer is to be taken as it is.</summary>
    private TimeSpan? TryPostpone(Uri url, FrontierPage page, FetchOutcome.Fetched fetched)
    {
        if (!Retries.IsPassing(fetched.Status))
        {
            return null;
        }

        var wait = _retry.WaitAfter(page.Attempts, fetched.RetryAfter);
        if (Retries.SilencesHost(fetched.Status) && (fetched.RetryAfter ?? wait) is { } pause)
        {
            _fetcher.Pause(url, pause);
        }

        return wait;
    }

    private async Task EndFailedAsync(long runId, Exception error)
    {
        try
        {
            await _store.EndRunAsync(runId, RunState.Failed, error.Message, CancellationToken.None);
        }
        catch (Exception second)
        {
            throw new AggregateException($"Run {runId} failed and could not be ended in the store either.", error, second);
        }
    }
}
