using Microsoft.Data.Sqlite;

namespace Surveillance.Api.Storage;

/// <summary>Lets go of the queues of a source's older runs, page by page, and keeps how many pages ended how. Captures stay.</summary>
internal static class FrontierPruning
{
    /// <summary>Runs of a source, the latest ones, whose pages are kept one by one.</summary>
    public const int RunsKept = 5;

    /// <summary>So that nobody waits long for the write lock.</summary>
    private const int PagesATransaction = 5_000;

    /// <summary>Counts and deletes some pages of a source's older runs that have ended, inside the caller's transaction.</summary>
    /// <returns>False where none is left.</returns>
    public static bool Some(SqliteConnection connection, string sourceId)
    {
        var oldest = Prepared.Number(
            connection,
            """
            SELECT id FROM run WHERE source_id = ?1 AND state <> 'running' AND EXISTS (SELECT 1 FROM frontier WHERE run_id = run.id)
              AND id NOT IN (SELECT id FROM run WHERE source_id = ?1 ORDER BY id DESC LIMIT ?2)
            ORDER BY id LIMIT 1
            """,
            sourceId,
            RunsKept);
        if (oldest is null)
        {
            return false;
        }

        var last = Prepared.Number(
            connection, "SELECT max(id) FROM (SELECT id FROM frontier WHERE run_id = ?1 ORDER BY id LIMIT ?2)", oldest, PagesATransaction);
        Prepared.Execute(
            connection,
            """
            INSERT INTO run_pages (run_id, state, pages, unchanged)
            SELECT run_id, state, count(*), sum(is_unchanged) FROM frontier WHERE run_id = ?1 AND id <= ?2 GROUP BY state
            ON CONFLICT (run_id, state) DO UPDATE SET pages = pages + excluded.pages, unchanged = unchanged + excluded.unchanged
            """,
            oldest,
            last);
        Prepared.Execute(connection, "DELETE FROM frontier WHERE run_id = ?1 AND id <= ?2", oldest, last);
        return true;
    }
}
