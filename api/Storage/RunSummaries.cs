using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>Counts what a run did, from the records themselves.</summary>
public static class RunSummaries
{
    /// <exception cref="InvalidOperationException">No such run.</exception>
    public static RunSummary Get(SqliteConnection connection, long runId, SqliteTransaction? transaction = null)
    {
        var run = connection.QuerySingle<RunRow>(
            "SELECT id, source_id, state, reason, started_at, ended_at FROM run WHERE id = @runId", new { runId }, transaction);
        var ended = connection.Query<(string State, long Count, long Unchanged)>(
            """
            SELECT state, sum(pages), sum(unchanged) FROM (
                SELECT state, count(*) AS pages, sum(is_unchanged) AS unchanged FROM frontier WHERE run_id = @runId GROUP BY state
                UNION ALL SELECT state, pages, unchanged FROM run_pages WHERE run_id = @runId)
            GROUP BY state
            """,
            new { runId },
            transaction).AsList();
        var pages = ended.ToDictionary(row => row.State, row => (int)row.Count);
        var seen = Together(connection, [runId], transaction);
        var (probes, missed) = ProbeRows.Of(connection, runId, transaction);
        int In(PageState state) => pages.GetValueOrDefault(CrawlStore.Name(state));
        return new RunSummary(
            run.Id,
            run.SourceId,
            Enum.Parse<RunState>(run.State, ignoreCase: true),
            run.Reason,
            StoredTime.Parse(run.StartedAt),
            StoredTime.TryParse(run.EndedAt),
            Pages: In(PageState.Done) + In(PageState.Empty) + In(PageState.Gone) + In(PageState.Blocked),
            Listings: seen.Listings,
            Flagged: seen.Flagged,
            Blocked: In(PageState.Blocked),
            Empty: In(PageState.Empty),
            Gone: In(PageState.Gone),
            Declined: In(PageState.Declined),
            Failed: In(PageState.Failed),
            Queued: In(PageState.Queued) + In(PageState.Leased),
            seen.FlaggedByType.ToDictionary(row => row.Type, row => row.Count))
        {
            Unchanged = (int)ended.Sum(row => row.Unchanged),
            Pictures = connection.ExecuteScalar<int>(
                "SELECT count(DISTINCT url) FROM listing_picture WHERE run_id = @runId AND capture_id IS NOT NULL", new { runId }, transaction),
            Probes = probes,
            ProbesMissed = missed,
        };
    }

    /// <summary>What several runs saw together; a listing that more than one of them saw counts once.</summary>
    public static RunsTogether Together(SqliteConnection connection, IReadOnlyCollection<long> runIds, SqliteTransaction? transaction = null)
    {
        var listings = connection.QuerySingle<(long All, long Flagged)>(
            """
            SELECT count(*), coalesce(sum(decision = 'flag'), 0) FROM assessment
            WHERE listing_id IN (SELECT listing_id FROM sighting WHERE run_id IN @runIds)
            """,
            new { runIds },
            transaction);
        var types = connection.Query<(string Type, long Count)>(
            """
            SELECT type, count(*) FROM finding JOIN assessment USING (listing_id)
            WHERE decision = 'flag' AND listing_id IN (SELECT listing_id FROM sighting WHERE run_id IN @runIds)
            GROUP BY type ORDER BY count(*) DESC, type
            """,
            new { runIds },
            transaction);
        return new RunsTogether((int)listings.All, (int)listings.Flagged, [.. types.Select(row => (row.Type, (int)row.Count))]);
    }

    private sealed record RunRow(long Id, string SourceId, string State, string? Reason, string StartedAt, string? EndedAt);
}

/// <param name="Listings">Distinct ones.</param>
/// <param name="FlaggedByType">Most first.</param>
public sealed record RunsTogether(int Listings, int Flagged, IReadOnlyList<(string Type, int Count)> FlaggedByType);
