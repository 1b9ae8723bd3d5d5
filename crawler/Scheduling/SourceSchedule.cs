using Quartz;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Scheduling;

/// <summary>When each source is crawled next, and a way to crawl one now.</summary>
/// <remarks>Kept in the scheduler's store. What was missed while no process ran is fired once when one starts.</remarks>
public sealed class SourceSchedule(SourceCatalogue catalogue, SourceRuns runs, ISchedulerFactory schedulers, TimeProvider time)
{
    /// <summary>By source id; null until the first page of the run has been committed.</summary>
    public IReadOnlyDictionary<string, Frontier.CrawlProgress?> Running => runs.Running;

    /// <summary>In UTC; null where the source is unknown, not enabled, or its times have all passed.</summary>
    public DateTimeOffset? NextRun(string sourceId) =>
        catalogue.Find(sourceId) is { Enabled: true } source ? CronOf(source).GetNextValidTimeAfter(time.GetUtcNow()) : null;

    /// <summary>Starts a run of the source as soon as a worker is free, and does not wait for its end.</summary>
    public async Task<RunNowOutcome> RunNowAsync(string sourceId, CancellationToken cancellationToken)
    {
        switch (catalogue.Find(sourceId))
        {
            case null:
                return RunNowOutcome.Unknown;
            case { Enabled: false }:
                return RunNowOutcome.Disabled;
        }

        if (!runs.TryAnnounce(sourceId))
        {
            return RunNowOutcome.AlreadyRunning;
        }

        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            await scheduler.TriggerJob(KeyOf(sourceId), new JobDataMap(), cancellationToken);
            return RunNowOutcome.Started;
        }
        catch
        {
            runs.End(sourceId);
            throw;
        }
    }

    internal static JobKey KeyOf(string sourceId) => new(sourceId, SourceJob.Group);

    internal static TriggerKey TriggerOf(string sourceId) => new(sourceId, SourceJob.Group);

    internal static CronExpression CronOf(SourceDefinition source) => new(source.Schedule, ChinaTime.Zone);
}

/// <summary>What came of asking for a run.</summary>
public enum RunNowOutcome
{
    Started,

    /// <summary>This source is being crawled now.</summary>
    AlreadyRunning,

    /// <summary>Its file says <c>enabled: false</c>.</summary>
    Disabled,

    /// <summary>A person or its own block rate has paused it.</summary>
    Paused,

    /// <summary>No source has this id, or its file is wrong.</summary>
    Unknown,
}
