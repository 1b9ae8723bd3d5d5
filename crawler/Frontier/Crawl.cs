using System.Diagnostics;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Pictures;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>One crawl of a source: takes pages off the frontier until none is left, the budget is spent or it is cancelled.</summary>
/// <remarks>
/// Thread safe; several sources may be crawled at once. A page's outcome is committed in one transaction after its bytes were
/// sealed, so a process that is killed loses at most the pages it was fetching, and a later run takes them up again.
/// </remarks>
public sealed class Crawl
{
    /// <summary>Pages of all hosts of one run together; <see cref="RunFrontier"/> keeps each host to its own places.</summary>
    private const int MaxInHand = 256;

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

    /// <summary>Takes the pictures of suspect listings after the pages; null where they are not wanted.</summary>
    internal PictureRound? Pictures { get; init; }

    /// <summary>Crawls until the end. Cancelling ends the run as interrupted and returns its summary; it does not throw.</summary>
    /// <exception cref="Evidence.EvidenceException">Evidence could not be kept; the run has been ended as failed.</exception>
    public async Task<CrawlOutcome> RunAsync(SourceDefinition source, IProgress<CrawlProgress>? progress, CancellationToken cancellationToken)
    {
        var seeds = source.SeedUrls().Select(url => new FrontierEntry(url, PageRole.Seed, Depth: 0)).ToList();
        switch (await _store.BeginRunAsync(source.Id, seeds, cancellationToken))
        {
            case BeginRunOutcome.Paused paused:
                return new CrawlOutcome.Paused(paused.Since, paused.By, paused.Reason);
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
        var watch = new BlockWatch(began.RecentEnds);
        var frontier = new RunFrontier(_store, began, source, _fetcher.Gates, _time);
        var visit = new Visit(new SourceScope(source), new SourceSession(source, () => watch.PaceOf(source.Rate)), frontier);
        var tally = new RunTally(source.Id, began.RunId);
        try
        {
            await using (var pulse = new RunPulse(_store, began.RunId, reason => frontier.StopAs(RunState.Interrupted, reason), _time, cancellationToken))
            {
                var workers = new ParallelOptions { MaxDegreeOfParallelism = MaxInHand, CancellationToken = pulse.Token };
                await Parallel.ForEachAsync(frontier.TakeAsync(pulse.Token), workers, async (page, token) =>
                {
                    var record = await VisitAsync(visit, page, token);
                    await _store.CommitAsync(record, CancellationToken.None);
                    await WatchAsync(visit, watch, record);
                    frontier.Finished(record);
                    progress?.Report(tally.Add(record));
                });
                if (Pictures is not null && frontier.Stopped is null)
                {
                    await Pictures.RunAsync(source, began.RunId, () => watch.PaceOf(source.Rate), pulse.Token);
                }
            }

            return frontier.Stopped is { } stopped
                ? await EndAsync(stopped.As, stopped.Reason)
                : await EndAsync(RunState.Finished, frontier.IsDaySpent ? "当日抓取上限已用完" : null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await EndAsync(RunState.Interrupted, "已中断");
        }
        catch (Exception error)
        {
            await EndFailedAsync(source, began.RunId, error);
            throw;
        }

        Task<RunSummary> EndAsync(RunState state, string? reason) => _store.EndRunAsync(began.RunId, state, reason, source.Probes, CancellationToken.None);
    }

    /// <summary>The store has the page's end already; this is what the run itself does about it.</summary>
    private async Task WatchAsync(Visit visit, BlockWatch watch, PageRecord record)
    {
        watch.Add(record.State);
        if (watch.Level == BlockLevel.Pause && visit.Frontier.Stopped is null)
        {
            visit.Frontier.StopAs(RunState.Failed, watch.Notice);
            await _store.PauseAsync(visit.Scope.Source.Id, "程序", watch.Notice, CancellationToken.None);
        }
    }

    private async Task<PageRecord> VisitAsync(Visit visit, FrontierPage page, CancellationToken cancellationToken)
    {
        var url = new Uri(page.Url);
        var earlier = page.Known is { } capture && _filing.Holds(capture) ? capture : null;
        switch (await _fetcher.FetchAsync(visit.Session, url, earlier?.Validators, cancellationToken))
        {
            case FetchOutcome.Fetched { Status: 304 } unchanged when earlier is { } known:
                return await _filing.FileUnchangedAsync(visit.Scope, page, known, unchanged.At);
            case FetchOutcome.Fetched fetched when TryPostpone(url, page, fetched) is { } wait:
                return Retries.Ending(page, PageState.Queued, $"HTTP {fetched.Status}", wait);
            case FetchOutcome.Fetched fetched:
                return await _filing.FileAsync(visit.Scope, page, fetched);
            case FetchOutcome.Declined declined:
                return Retries.Ending(page, PageState.Declined, declined.Reason, null) with { Asked = false };
            case FetchOutcome.Postponed postponed:
                return _retry.AfterPostponing(page, postponed);
            case FetchOutcome.Failed { Error.Kind: FetchErrorKind.BrowserMissing } failed:
                visit.Frontier.StopAs(RunState.Failed, failed.Error.Reason);
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

    private async Task EndFailedAsync(SourceDefinition source, long runId, Exception error)
    {
        try
        {
            await _store.EndRunAsync(runId, RunState.Failed, error.Message, source.Probes, CancellationToken.None);
        }
        catch (Exception second)
        {
            throw new AggregateException($"Run {runId} failed and could not be ended in the store either.", error, second);
        }
    }

    private sealed record Visit(SourceScope Scope, SourceSession Session, RunFrontier Frontier);
}
