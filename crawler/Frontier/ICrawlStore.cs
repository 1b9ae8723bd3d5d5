using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Crawler.Frontier;

/// <summary>Where a crawl keeps its state. Implemented by <c>api/Storage</c>.</summary>
/// <remarks>Thread safe. A method that returned has been made durable; one that threw changed nothing.</remarks>
public interface ICrawlStore
{
    /// <summary>Starts a run of a source, or takes up one that a killed process left unfinished.</summary>
    Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="count"/> due pages of a run, oldest first, leased for <paramref name="lease"/>.</summary>
    Task<IReadOnlyList<FrontierPage>> LeaseAsync(long runId, int count, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>When the next page that waits for a retry falls due; null when none is queued.</summary>
    Task<DateTimeOffset?> NextDueAsync(long runId, CancellationToken cancellationToken);

    /// <summary>Everything that became of one page, in one transaction.</summary>
    Task CommitAsync(PageRecord record, CancellationToken cancellationToken);

    /// <summary>Says that the run's process is alive; a run silent for ten minutes may be taken up by another.</summary>
    Task HeartbeatAsync(long runId, CancellationToken cancellationToken);

    /// <summary>Ends the run and counts it.</summary>
    /// <param name="reason">Null for <see cref="RunState.Finished"/>.</param>
    Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, CancellationToken cancellationToken);
}

/// <summary>How asking for a run ended.</summary>
public abstract record BeginRunOutcome
{
    private BeginRunOutcome()
    {
    }

    /// <param name="RunId">The run to work on.</param>
    /// <param name="Resumed">True where an unfinished run was taken up.</param>
    public sealed record Began(long RunId, bool Resumed) : BeginRunOutcome
    {
        /// <summary>Pages of a resumed run that had come to an end before, those declined left out; they count against the source's budget.</summary>
        public int PagesEnded { get; init; }
    }

    /// <summary>Another process works on this source now.</summary>
    public sealed record AlreadyRunning(long RunId, DateTimeOffset Since) : BeginRunOutcome;
}

public enum RunState
{
    Running,
    Finished,

    /// <summary>Cancelled by a person or by shutting down; what was done is kept.</summary>
    Interrupted,

    Failed,
}

/// <summary>Everything that became of one page.</summary>
/// <param name="State">An end, or <see cref="PageState.Queued"/> to try again after <paramref name="RetryAfter"/>.</param>
/// <param name="Reason">Null only for <see cref="PageState.Done"/>; one short phrase otherwise.</param>
/// <param name="Capture">The sealed bytes, null where none came.</param>
/// <param name="Content">What the page says, null where it was not read. Its listings are those of <paramref name="Listings"/>.</param>
/// <param name="Discovered">Pages to fetch next; those that the run already knows are left alone.</param>
public sealed record PageRecord(
    FrontierPage Page,
    PageState State,
    string? Reason,
    TimeSpan? RetryAfter,
    Capture? Capture,
    PageContent? Content,
    IReadOnlyList<AssessedListing> Listings,
    IReadOnlyList<FrontierEntry> Discovered);

public sealed record AssessedListing(Listing Listing, Assessment Assessment);

/// <summary>One run in figures.</summary>
/// <param name="Pages">That came to an end: done, empty, gone and blocked.</param>
/// <param name="Listings">Distinct ones that the run saw.</param>
/// <param name="Declined">We chose not to ask.</param>
/// <param name="FlaggedByType">Distinct flagged listings of the run by violation type.</param>
public sealed record RunSummary(
    long RunId,
    string SourceId,
    RunState State,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Pages,
    int Listings,
    int Flagged,
    int Blocked,
    int Empty,
    int Gone,
    int Declined,
    int Failed,
    int Queued,
    IReadOnlyDictionary<string, int> FlaggedByType);
