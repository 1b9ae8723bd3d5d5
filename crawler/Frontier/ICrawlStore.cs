using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Where a crawl keeps its state. Implemented by <c>api/Storage</c>.</summary>
/// <remarks>Thread safe. A method that returned has been made durable; one that threw changed nothing.</remarks>
public interface ICrawlStore
{
    /// <summary>Starts a run of a source, or takes up one that a killed process left unfinished.</summary>
    Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken);

    /// <summary>Takes due pages of a run: of every host its best ones, by priority, then by age.</summary>
    Task<LeasedPages> LeaseAsync(long runId, LeaseWish wish, CancellationToken cancellationToken);

    /// <summary>Everything that became of one page, in one transaction.</summary>
    Task CommitAsync(PageRecord record, CancellationToken cancellationToken);

    /// <summary>Says that the run's process is alive; a run silent for ten minutes may be taken up by another.</summary>
    /// <returns>Why the run is to stop, null to go on.</returns>
    Task<string?> HeartbeatAsync(long runId, CancellationToken cancellationToken);

    /// <summary>Ends the run and counts it.</summary>
    /// <param name="reason">Null for a run that finished with nothing left to fetch.</param>
    /// <param name="probes">Known test leads to look for in what the run saw.</param>
    Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, IReadOnlyList<SourceProbe> probes, CancellationToken cancellationToken);

    /// <summary>Lets no further run of the source begin until a person resumes it.</summary>
    Task PauseAsync(string sourceId, string by, string reason, CancellationToken cancellationToken);
}

/// <summary>Which pages of a run are wanted.</summary>
/// <param name="Count">In all at most.</param>
/// <param name="PerHost">Of one host at most.</param>
/// <param name="Except">Hosts of which none is wanted now, as <see cref="CanonicalUrl.HostOf"/> writes them.</param>
public sealed record LeaseWish(int Count, int PerHost, TimeSpan Lease, IReadOnlySet<string> Except);

/// <summary>Pages leased to the caller, the best ones of each host first.</summary>
/// <param name="NextDue">When the next page falls due that waits for its time; null when none waits.</param>
public sealed record LeasedPages(IReadOnlyList<FrontierPage> Pages, DateTimeOffset? NextDue);

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

        /// <summary>Requests of this source since midnight in Asia/Shanghai.</summary>
        public int AskedToday { get; init; }

        /// <summary>The latest ends of the source's pages, for <see cref="BlockWatch"/>; oldest first.</summary>
        public string RecentEnds { get; init; } = "";
    }

    /// <summary>The source rests until a person resumes it.</summary>
    public sealed record Paused(DateTimeOffset Since, string By, string Reason) : BeginRunOutcome;

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
    IReadOnlyList<FrontierEntry> Discovered)
{
    /// <summary>False where the host was not asked, so that the attempt counts nowhere.</summary>
    public bool Asked { get; init; } = true;

    /// <summary>The capture that the server says still holds (304); null where the page was fetched whole or not at all.</summary>
    public long? UnchangedSince { get; init; }
}

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
    IReadOnlyDictionary<string, int> FlaggedByType)
{
    /// <summary>Of the pages, those that had not changed since their last capture (304).</summary>
    public int Unchanged { get; init; }

    /// <summary>Pictures of suspect listings that the run asked for and got, which count as no pages.</summary>
    public int Pictures { get; init; }

    /// <summary>Known test leads that the run should have found.</summary>
    public int Probes { get; init; }

    /// <summary>Those that it did not see, or did not find to break all that they are known to break; as the source file names them.</summary>
    public IReadOnlyList<string> ProbesMissed { get; init; } = [];
}
