using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>What is known about sources beyond single runs: pauses, how often they blocked us lately, requests a day.</summary>
/// <remarks>Thread safe. Read by whoever shows sources; a pause holds for every process that uses the store.</remarks>
public sealed class SourceStates(Database database, TimeProvider time)
{
    /// <summary>The paused sources by id.</summary>
    public IReadOnlyDictionary<string, SourcePause> Paused()
    {
        using var connection = database.Open();
        return connection.Query<PauseRow>("SELECT source_id, paused_at, paused_by, reason FROM source_state WHERE paused_at IS NOT NULL")
            .ToDictionary(row => row.SourceId, row => row.Pause(), StringComparer.Ordinal);
    }

    /// <summary>Lets no further run begin. Pausing a paused source again keeps its first reason.</summary>
    /// <returns>False where it was paused already.</returns>
    public bool Pause(string sourceId, string by, string reason) =>
        database.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO source_state (source_id, paused_at, paused_by, reason) VALUES (@sourceId, @now, @by, @reason)
            ON CONFLICT (source_id) DO UPDATE SET paused_at = excluded.paused_at, paused_by = excluded.paused_by, reason = excluded.reason
            WHERE paused_at IS NULL
            """,
            new { sourceId, by, reason, now = StoredTime.Of(time.GetUtcNow()) },
            transaction)) > 0;

    /// <summary>Lets runs begin again, and forgets how often pages were blocked, so that the source gets a fresh try.</summary>
    /// <returns>False where it was not paused.</returns>
    public bool Resume(string sourceId) =>
        database.Write((connection, transaction) => connection.Execute(
            "UPDATE source_state SET paused_at = NULL, paused_by = NULL, reason = NULL, recent = '' WHERE source_id = @sourceId AND paused_at IS NOT NULL",
            new { sourceId },
            transaction)) > 0;

    /// <summary>The latest runs of a source, newest first.</summary>
    public IReadOnlyList<RunSummary> Runs(string sourceId, int most)
    {
        using var connection = database.Open();
        var ids = connection.Query<long>("SELECT id FROM run WHERE source_id = @sourceId ORDER BY id DESC LIMIT @most", new { sourceId, most });
        return [.. ids.Select(id => RunSummaries.Get(connection, id))];
    }

    internal static SourcePause? PauseOf(SqliteConnection connection, SqliteTransaction transaction, string sourceId) =>
        connection.QuerySingleOrDefault<PauseRow>(
            "SELECT source_id, paused_at, paused_by, reason FROM source_state WHERE source_id = @sourceId AND paused_at IS NOT NULL", new { sourceId }, transaction)?.Pause();

    internal static string RecentEnds(SqliteConnection connection, SqliteTransaction transaction, string sourceId) =>
        connection.ExecuteScalar<string?>("SELECT recent FROM source_state WHERE source_id = @sourceId", new { sourceId }, transaction) ?? "";

    internal static int AskedOn(SqliteConnection connection, SqliteTransaction transaction, string sourceId, DateOnly day) =>
        connection.ExecuteScalar<int>(
            "SELECT coalesce(max(asked), 0) FROM source_day WHERE source_id = @sourceId AND day = @day", new { sourceId, day = StoredTime.Text(day) }, transaction);

    /// <summary>Counts one request and how it ended.</summary>
    internal static void Count(SqliteConnection connection, string sourceId, PageState state, DateTimeOffset now)
    {
        CountRequest(connection, sourceId, now);
        if (BlockWatch.MarkOf(state) is { } mark)
        {
            Prepared.Execute(
                connection,
                """
                INSERT INTO source_state (source_id, recent) VALUES (?1, ?2)
                ON CONFLICT (source_id) DO UPDATE SET recent = substr(recent || ?2, -?3)
                """,
                sourceId,
                mark.ToString(),
                BlockWatch.Window);
        }
    }

    /// <summary>Counts one request of any kind against the day's budget.</summary>
    internal static void CountRequest(SqliteConnection connection, string sourceId, DateTimeOffset now) => Prepared.Execute(
        connection,
        "INSERT INTO source_day (source_id, day, asked) VALUES (?1, ?2, 1) ON CONFLICT (source_id, day) DO UPDATE SET asked = asked + 1",
        sourceId,
        StoredTime.Text(StoredTime.DayOf(now)));

    private sealed record PauseRow(string SourceId, string PausedAt, string PausedBy, string Reason)
    {
        public SourcePause Pause() => new(StoredTime.Parse(PausedAt), PausedBy, Reason);
    }
}

/// <summary>Why a source rests.</summary>
/// <param name="By">A person's name, or 程序.</param>
public sealed record SourcePause(DateTimeOffset Since, string By, string Reason);
