using System.Diagnostics;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Listings.Feeds;

/// <summary>One run of a source whose data lies in a folder: its new files in order of name, as a run with history like a crawl's.</summary>
/// <remarks>A file whose bytes were imported to their end before is passed over. One that is wrong fails the run at its end, named; the others are imported.</remarks>
public sealed class FeedRun(ICrawlStore store, ListingImport import, ILogger<FeedRun> logger) : IFeedRun
{
    public async Task<CrawlOutcome> RunAsync(SourceDefinition source, CancellationToken cancellationToken)
    {
        switch (await store.BeginRunAsync(source.Id, [], cancellationToken))
        {
            case BeginRunOutcome.AlreadyRunning running:
                return new CrawlOutcome.AlreadyRunning(running.RunId, running.Since);
            case BeginRunOutcome.Began began:
                var (state, reason) = await WorkAsync(source, began.RunId, cancellationToken);
                return new CrawlOutcome.Ended(await store.EndRunAsync(began.RunId, state, reason, [], CancellationToken.None));
            case BeginRunOutcome.Paused paused:
                return new CrawlOutcome.Paused(paused.Since, paused.By, paused.Reason);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<(RunState State, string? Reason)> WorkAsync(SourceDefinition source, long runId, CancellationToken cancellationToken)
    {
        try
        {
            var feed = source.Feed ?? throw new InvalidOperationException($"Source {source.Id} has no folder.");
            var origin = new ImportOrigin(source.Id, source.Platform) { RunId = runId, Map = feed.Map is { } map ? FeedMapFile.Read(map) : FeedMap.Contract };
            var failed = new List<string>();
            foreach (var path in Files(feed.Folder))
            {
                if (!await FileAsync(path, origin, cancellationToken))
                {
                    failed.Add(Path.GetFileName(path));
                }

                if (await store.HeartbeatAsync(runId, cancellationToken) is { } stop)
                {
                    return (RunState.Interrupted, stop);
                }
            }

            return failed.Count == 0 ? (RunState.Finished, null) : (RunState.Failed, $"{failed.Count} 个文件有误：{string.Join("、", failed.Take(3))}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (RunState.Interrupted, "已中断");
        }
        catch (Exception error) when (error is FeedMapException or IOException or UnauthorizedAccessException)
        {
            return (RunState.Failed, error.Message);
        }
    }

    /// <returns>False where the file, or a line of it, is wrong.</returns>
    private async Task<bool> FileAsync(string path, ImportOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await import.ImportOnceAsync(path, origin, (number, reason) => logger.LogWarning("{Path}: {Number}: {Reason}", path, number, reason), cancellationToken);
            if (counts is not null)
            {
                logger.LogInformation("{Path}: {New} new, {Changed} changed, {Unchanged} unchanged, {Malformed} malformed.", path, counts.New, counts.Changed, counts.Unchanged, counts.Malformed);
            }

            return counts is null or { Malformed: 0 };
        }
        catch (Exception error) when (error is InvalidDataException or FeedMapException or IOException)
        {
            logger.LogWarning("{Path}: {Reason}", path, error.Message);
            return false;
        }
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(path => ListingImport.Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)];
}
