using System.Diagnostics;
using Surveillance.Classifier;

namespace Surveillance.Crawler.Frontier;

/// <summary>Counts one process's share of a run, page by page.</summary>
internal sealed class RunTally(string sourceId, long runId)
{
    private readonly Lock _lock = new();
    private CrawlProgress _now = new(sourceId, runId, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", PageState.Queued, null);

    /// <summary>The count with this page in it.</summary>
    public CrawlProgress Add(PageRecord record)
    {
        lock (_lock)
        {
            var next = _now with
            {
                Url = record.Page.Url,
                State = record.State,
                Reason = record.Reason,
                Unchanged = _now.Unchanged + (record.UnchangedSince is null ? 0 : 1),
            };
            _now = record.State switch
            {
                PageState.Done => next with
                {
                    Pages = next.Pages + 1,
                    Listings = next.Listings + record.Listings.Count,
                    Flagged = next.Flagged + record.Listings.Count(listing => listing.Assessment.Decision == Decision.Flag),
                },
                PageState.Empty => next with { Pages = next.Pages + 1, Empty = next.Empty + 1 },
                PageState.Gone => next with { Pages = next.Pages + 1, Gone = next.Gone + 1 },
                PageState.Blocked => next with { Pages = next.Pages + 1, Blocked = next.Blocked + 1 },
                PageState.Declined => next with { Declined = next.Declined + 1 },
                PageState.Failed => next with { Failed = next.Failed + 1 },
                PageState.Queued => next with { Again = next.Again + 1 },
                _ => throw new UnreachableException(),
            };
            return _now;
        }
    }
}
