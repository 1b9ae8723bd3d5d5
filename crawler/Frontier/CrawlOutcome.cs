namespace Surveillance.Crawler.Frontier;

/// <summary>How asking for a crawl ended.</summary>
public abstract record CrawlOutcome
{
    private CrawlOutcome()
    {
    }

    /// <summary>The run came to an end: finished, interrupted, or failed for a reason of its source.</summary>
    public sealed record Ended(RunSummary Summary) : CrawlOutcome;

    /// <summary>The source rests until a person resumes it; nothing was done.</summary>
    public sealed record Paused(DateTimeOffset Since, string By, string Reason) : CrawlOutcome;

    /// <summary>Somebody else works on this source now; nothing was done.</summary>
    public sealed record AlreadyRunning(long RunId, DateTimeOffset Since) : CrawlOutcome;
}

/// <summary>Where a run stands after one more page.</summary>
/// <param name="Pages">That came to an end: done, empty, gone and blocked.</param>
/// <param name="Listings">Seen on them, repeats counted.</param>
/// <param name="Flagged">Of these.</param>
/// <param name="Again">Attempts that are to be repeated later.</param>
/// <param name="Url">The page just committed.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why, in Chinese; null where it is simply done.</param>
public sealed record CrawlProgress(
    string SourceId,
    long RunId,
    int Pages,
    int Listings,
    int Flagged,
    int Blocked,
    int Empty,
    int Gone,
    int Declined,
    int Failed,
    int Again,
    string Url,
    PageState State,
    string? Reason)
{
    /// <summary>Of the pages, those that had not changed since their last capture (304).</summary>
    public int Unchanged { get; init; }
}
