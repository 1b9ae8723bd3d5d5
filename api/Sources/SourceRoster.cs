using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Scheduling;

namespace Surveillance.Api.Sources;

/// <summary>Which sources there are and how to start one: the board's view of the crawler's catalogue and schedule.</summary>
/// <param name="Entries">All sources, the disabled and faulty ones too.</param>
/// <param name="NextRun">UTC; null where the source is not scheduled in this process.</param>
/// <param name="RunNowAsync">Returns when the run has begun, not when it has ended; null where this process does not crawl.</param>
public sealed record SourceRoster(
    Func<IReadOnlyList<SourceEntry>> Entries,
    Func<string, DateTimeOffset?> NextRun,
    Func<string, CancellationToken, Task<RunNowOutcome>>? RunNowAsync)
{
    /// <summary>For a process that does not crawl.</summary>
    public static SourceRoster None { get; } = new(() => [], _ => null, null);
}

/// <summary>One source as its file says it.</summary>
/// <param name="Platform">Null for search engines and websites.</param>
/// <param name="Fault">What is wrong with its file, one sentence; null for a good one.</param>
/// <param name="Schedule">As people read it, or the cron expression; null for sources that run by hand only.</param>
public sealed record SourceEntry(string Id, string Name, string? Platform, bool Enabled, string? Fault, string? Schedule);

/// <summary>One source with how it is doing.</summary>
/// <param name="NextRun">UTC; null where none is planned.</param>
/// <param name="LastRun">The latest one, also while it is running; null before the first.</param>
/// <param name="Running">A process works on it now.</param>
public sealed record SourceRow(
    string Id,
    string Name,
    string? Platform,
    bool Enabled,
    string? Fault,
    string? Schedule,
    DateTimeOffset? NextRun,
    RunSummary? LastRun,
    bool Running)
{
    /// <summary>Why it rests; null where it does not.</summary>
    public SourcePause? Pause { get; init; }
}
