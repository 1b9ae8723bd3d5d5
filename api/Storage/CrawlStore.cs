using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Listings;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>Keeps a crawl's state in the record store.</summary>
public sealed class CrawlStore(Database database, ListingStore listings, TimeProvider time) : ICrawlStore
{
    /// <summary>After so long without a heartbeat a run counts as left by a dead process.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>An unfinished run older than this is left as it is: its lists would be yesterday's.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    private readonly string _process = $"{Environment.MachineName}:{Environment.ProcessId}";

    public Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Write((connection, transaction) => BeginRun(connection, transaction, sourceId, seeds)));
    }

    public Task<IReadOnlyList<FrontierPage>> LeaseAsync(long runId, int count, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var pages = database.Write((connection, transaction) => connection.Query<LeasedRow>(
            """
            UPDATE frontier SET state = 'leased', lease_until = @until, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM frontier
                WHERE run_id = @runId AND (state = 'queued' AND due_at <= @now OR state = 'leased' AND lease_until <= @now)
                ORDER BY due_at, id LIMIT @count)
            RETURNING id, url, role, depth, attempts
            """,
            new { runId, count, now = StoredTime.Of(now), until = StoredTime.Of(now + lease) },
            transaction).ToList());
        return Task.FromResult<IReadOnlyList<FrontierPage>>(
        [
            .. pages.OrderBy(page => page.Id).Select(page =>
                new FrontierPage(page.Id, runId, page.Url, Enum.Parse<PageRole>(page.Role, ignoreCase: true), (int)page.Depth, (int)page.Attempts)),
        ]);
    }

    public Task<DateTimeOffset?> NextDueAsync(long runId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var due = connection.ExecuteScalar<string?>("SELECT min(due_at) FROM frontier WHERE run_id = @runId AND state = 'queued'", new { runId });
        return Task.FromResult(StoredTime.TryParse(due));
    }

    public Task CommitAsync(PageRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.Write((connection, transaction) =>
        {
            Commit(connection, transaction, record);
            return true;
        });
        return Task.CompletedTask;
    }

    public Task HeartbeatAsync(long runId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.Write((connection, transaction) => connection.Execute(
            "UPDATE run SET heartbeat_at = @now WHERE id = @runId", new { runId, now = StoredTime.Of(time.GetUtcNow()) }, transaction));
        return Task.CompletedTask;
    }

    public Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var summary = database.Write((connection, transaction) =>
        {
            connection.Execute(
                """
                UPDATE run SET state = @state, reason = @reason, ended_at = @now WHERE id = @runId;
                UPDATE frontier SET state = 'queued', lease_until = NULL WHERE run_id = @runId AND state = 'leased';
                """,
                new { runId, state = Name(state), reason, now = StoredTime.Of(time.GetUtcNow()) },
                transaction);
            return RunSummaries.Get(connection, runId, transaction);
        });
        return Task.FromResult(summary);
    }

    private BeginRunOutcome BeginRun(SqliteConnection connection, SqliteTransaction transaction, string sourceId, IReadOnlyList<FrontierEntry> seeds)
    {
        var now = time.GetUtcNow();
        var open = connection.QuerySingleOrDefault<OpenRun>(
            "SELECT id, state, started_at, heartbeat_at, process FROM run WHERE source_id = @sourceId AND state IN ('running', 'interrupted') ORDER BY id DESC LIMIT 1",
            new { sourceId },
            transaction);
        if (open is { State: "running" } && IsAlive(open, now))
        {
            return new BeginRunOutcome.AlreadyRunning(open.Id, StoredTime.Parse(open.StartedAt));
        }

        var newest = connection.ExecuteScalar<long?>("SELECT max(id) FROM run WHERE source_id = @sourceId", new { sourceId }, transaction);
        var resumed = open is not null && open.Id == newest && StoredTime.Parse(open.StartedAt) + StaleAfter > now;
        var runId = resumed ? Resume(connection, transaction, open!.Id, now) : Begin(connection, transaction, sourceId, now);
        Enqueue(connection, transaction, runId, seeds, now);
        return new BeginRunOutcome.Began(runId, resumed) { PagesEnded = resumed ? PagesEnded(connection, transaction, runId) : 0 };
    }

    private static int PagesEnded(SqliteConnection connection, SqliteTransaction transaction, long runId) =>
        connection.ExecuteScalar<int>(
            "SELECT count(*) FROM frontier WHERE run_id = @runId AND state NOT IN ('queued', 'leased', 'declined')", new { runId }, transaction);

    /// <summary>A run of this very process, or one of another process that gave a sign of life lately and is not known to be dead.</summary>
    private bool IsAlive(OpenRun run, DateTimeOffset now)
    {
        if (StoredTime.Parse(run.HeartbeatAt) + Silence < now)
        {
            return false;
        }

        var parts = run.Process.Split(':');
        return run.Process == _process
            || parts[0] != Environment.MachineName
            || ProcessLives(int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static bool ProcessLives(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private long Begin(SqliteConnection connection, SqliteTransaction transaction, string sourceId, DateTimeOffset now) =>
        connection.ExecuteScalar<long>(
            "INSERT INTO run (source_id, state, started_at, heartbeat_at, process) VALUES (@sourceId, 'running', @now, @now, @_process) RETURNING id",
            new { sourceId, now = StoredTime.Of(now), _process },
            transaction);

    private long Resume(SqliteConnection connection, SqliteTransaction transaction, long runId, DateTimeOffset now)
    {
        connection.Execute(
            """
            UPDATE run SET state = 'running', reason = NULL, ended_at = NULL, heartbeat_at = @now, process = @_process WHERE id = @runId;
            UPDATE frontier SET state = 'queued', lease_until = NULL WHERE run_id = @runId AND state = 'leased';
            """,
            new { runId, now = StoredTime.Of(now), _process },
            transaction);
        return runId;
    }

    private static void Enqueue(
        SqliteConnection connection, SqliteTransaction transaction, long runId, IReadOnlyList<FrontierEntry> entries, DateTimeOffset now) =>
        connection.Execute(
            """
            INSERT INTO frontier (run_id, url, role, depth, state, due_at) VALUES (@runId, @Url, @Role, @Depth, 'queued', @Due)
            ON CONFLICT (run_id, url) DO NOTHING
            """,
            entries.Select(entry => new { runId, entry.Url, Role = Name(entry.Role), entry.Depth, Due = StoredTime.Of(now) }),
            transaction);

    private void Commit(SqliteConnection connection, SqliteTransaction transaction, PageRecord record)
    {
        var now = time.GetUtcNow();
        var sourceId = connection.QuerySingle<string>("SELECT source_id FROM run WHERE id = @RunId", new { record.Page.RunId }, transaction);
        var captureId = record.Capture is { } capture
            ? CaptureRows.Insert(connection, transaction, capture, record.Content, sourceId, record.Page.RunId)
            : (long?)null;
        var changed = connection.Execute(
            """
            UPDATE frontier SET state = @state, reason = @Reason, due_at = @due, lease_until = NULL, capture_id = coalesce(@captureId, capture_id)
            WHERE id = @Id AND state = 'leased';
            """,
            new
            {
                record.Page.Id,
                state = Name(record.State),
                record.Reason,
                due = StoredTime.Of(now + (record.RetryAfter ?? TimeSpan.Zero)),
                captureId,
            },
            transaction);
        if (changed == 0)
        {
            throw new InvalidOperationException($"page {record.Page.Url} of run {record.Page.RunId} is not leased: its outcome was committed already");
        }

        if (record.State == PageState.Gone)
        {
            GoneListings.Mark(connection, record.Page.Url, record.Capture?.CapturedAt ?? now);
        }

        foreach (var assessed in record.Listings)
        {
            listings.File(connection, transaction, assessed, new Sighting(
                sourceId,
                record.Capture?.CapturedAt ?? now,
                $"capture:{captureId}",
                captureId,
                record.Page.RunId,
                IsExcerpt: record.Content?.PageKind == PageKind.Search));
        }

        Enqueue(connection, transaction, record.Page.RunId, record.Discovered, now);
    }

    internal static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private sealed record LeasedRow(long Id, string Url, string Role, long Depth, long Attempts);

    private sealed record OpenRun(long Id, string State, string StartedAt, string HeartbeatAt, string Process);
}
