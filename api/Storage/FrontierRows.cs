using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>The queue of a run's pages: a queue for each host, the most promising pages first.</summary>
internal static class FrontierRows
{
    /// <summary>Adds pages that the run does not know yet. A page that led to findings before goes to the head of its host's queue.</summary>
    /// <param name="priorityOf">From 0; what the caller knows about the page.</param>
    public static void Enqueue(
        SqliteConnection connection, long runId, IEnumerable<FrontierEntry> entries, Func<FrontierEntry, int> priorityOf, DateTimeOffset now)
    {
        var due = StoredTime.Of(now);
        foreach (var entry in entries)
        {
            Prepared.Execute(
                connection,
                """
                INSERT INTO frontier (run_id, url, host, role, depth, state, due_at, priority)
                VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6, max(?7, coalesce((SELECT ?8 FROM known_page WHERE url = ?2 AND findings > 0), 0)))
                ON CONFLICT (run_id, url) DO NOTHING
                """,
                runId,
                entry.Url,
                CanonicalUrl.HostOf(entry.Url),
                CrawlStore.Name(entry.Role),
                entry.Depth,
                due,
                priorityOf(entry),
                FrontierPriority.Most);
        }
    }

    public static LeasedPages Lease(SqliteConnection connection, SqliteTransaction transaction, long runId, LeaseWish wish, DateTimeOffset now)
    {
        connection.Execute(
            "UPDATE frontier SET state = 'queued', lease_until = NULL WHERE run_id = @runId AND state = 'leased' AND lease_until <= @now",
            new { runId, now = StoredTime.Of(now) },
            transaction);
        var pages = new List<FrontierPage>();
        for (var host = NextHost(connection, transaction, runId, null); host is not null && pages.Count < wish.Count; host = NextHost(connection, transaction, runId, host))
        {
            if (!wish.Except.Contains(host))
            {
                pages.AddRange(LeaseOf(connection, transaction, runId, host, wish with { PerHost = Math.Min(wish.PerHost, wish.Count - pages.Count) }, now));
            }
        }

        var due = connection.ExecuteScalar<string?>(
            "SELECT min(due_at) FROM frontier WHERE run_id = @runId AND state = 'queued' AND due_at > @now", new { runId, now = StoredTime.Of(now) }, transaction);
        return new LeasedPages(WithKnown(connection, pages), StoredTime.TryParse(due));
    }

    /// <summary>Hosts are stepped through by the index, so that a million pages of one cost one step.</summary>
    private static string? NextHost(SqliteConnection connection, SqliteTransaction transaction, long runId, string? after) =>
        connection.ExecuteScalar<string?>(
            after is null
                ? "SELECT host FROM frontier WHERE run_id = @runId AND state = 'queued' ORDER BY host LIMIT 1"
                : "SELECT host FROM frontier WHERE run_id = @runId AND state = 'queued' AND host > @after ORDER BY host LIMIT 1",
            new { runId, after },
            transaction);

    private static IEnumerable<FrontierPage> LeaseOf(
        SqliteConnection connection, SqliteTransaction transaction, long runId, string host, LeaseWish wish, DateTimeOffset now) =>
        connection.Query<LeasedRow>(
                """
                UPDATE frontier SET state = 'leased', lease_until = @until, attempts = attempts + 1
                WHERE id IN (
                    SELECT id FROM frontier
                    WHERE run_id = @runId AND state = 'queued' AND host = @host AND due_at <= @now
                    ORDER BY priority DESC, due_at, id LIMIT @PerHost)
                RETURNING id, url, role, depth, attempts, priority, due_at
                """,
                new { runId, host, wish.PerHost, now = StoredTime.Of(now), until = StoredTime.Of(now + wish.Lease) },
                transaction)
            .OrderByDescending(row => row.Priority).ThenBy(row => row.DueAt, StringComparer.Ordinal).ThenBy(row => row.Id)
            .Select(row => new FrontierPage(row.Id, runId, row.Url, Enum.Parse<PageRole>(row.Role, ignoreCase: true), row.Depth, row.Attempts));

    private static List<FrontierPage> WithKnown(SqliteConnection connection, List<FrontierPage> pages)
    {
        if (pages.Count == 0)
        {
            return pages;
        }

        var known = Prepared.Query(
                connection,
                $"""
                SELECT {CaptureRows.Columns}, known_page.url, capture.id, etag, last_modified
                FROM known_page JOIN capture ON capture.id = capture_id
                WHERE known_page.url IN (SELECT value FROM json_each(?1)) AND (etag IS NOT NULL OR last_modified IS NOT NULL)
                """,
                KnownRow,
                JsonSerializer.Serialize(pages.Select(page => page.Url)))
            .ToDictionary(StringComparer.Ordinal);
        return [.. pages.Select(page => known.TryGetValue(page.Url, out var capture) ? page with { Known = capture } : page)];
    }

    private static KeyValuePair<string, KnownCapture> KnownRow(PreparedRow row)
    {
        const int Next = CaptureRows.ColumnCount;
        return new(row.Text(Next)!, new KnownCapture(row.Number(Next + 1), CaptureRows.Read(row), new Validators(row.Text(Next + 2), row.Text(Next + 3))));
    }

    private sealed record LeasedRow
    {
        public long Id { get; init; }

        public required string Url { get; init; }

        public required string Role { get; init; }

        public int Depth { get; init; }

        public int Attempts { get; init; }

        public int Priority { get; init; }

        public required string DueAt { get; init; }
    }
}
