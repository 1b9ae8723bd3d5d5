using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Listings;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Storage;

/// <summary>Keeps a crawl's state in the record store.</summary>
public sealed class CrawlStore(Database database, ListingStore listings, SourceStates states, TimeProvider time) : ICrawlStore
{
    /// <summary>After so long without a heartbeat a run counts as left by a dead process.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>An unfinished run older than this is left as it is: its lists would be yesterday's.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    private readonly GroupCommit _writing = new(database);

    public Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken) =>
        _writing.WriteAsync((connection, transaction) => BeginRun(connection, transaction, sourceId, seeds), cancellationToken);

    public Task<LeasedPages> LeaseAsync(long runId, LeaseWish wish, CancellationToken cancellationToken) =>
        _writing.WriteAsync((connection, transaction) => FrontierRows.Lease(connection, transaction, runId, wish, time.GetUtcNow()), cancellationToken);

    public Task CommitAsync(PageRecord record, CancellationToken cancellationToken) =>
        _writing.WriteAsync(
            (connection, transaction) =>
            {
                Commit(connection, transaction, record);
                return true;
            },
            cancellationToken);

    public Task<string?> HeartbeatAsync(long runId, CancellationToken cancellationToken) =>
        _writing.WriteAsync(
            (connection, transaction) =>
            {
                var sourceId = connection.QuerySingle<string>(
                    "UPDATE run SET heartbeat_at = @now WHERE id = @runId RETURNING source_id", new { runId, now = StoredTime.Of(time.GetUtcNow()) }, transaction);
                return SourceStates.PauseOf(connection, transaction, sourceId) is { } pause ? $"已暂停：{pause.Reason}" : null;
            },
            cancellationToken);

    public Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, IReadOnlyList<SourceProbe> probes, CancellationToken cancellationToken) =>
        _writing.WriteAsync(
            (connection, transaction) =>
            {
                connection.Execute(
                    """
                    UPDATE run SET state = @state, reason = @reason, ended_at = @now WHERE id = @runId;
                    UPDATE frontier SET state = 'queued', lease_until = NULL WHERE run_id = @runId AND state = 'leased';
                    """,
                    new { runId, state = Name(state), reason, now = StoredTime.Of(time.GetUtcNow()) },
                    transaction);
                ProbeRows.Measure(connection, transaction, runId, probes);
                return RunSummaries.Get(connection, runId, transaction);
            },
            cancellationToken);

    public Task PauseAsync(string sourceId, string by, string reason, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        states.Pause(sourceId, by, reason);
        return Task.CompletedTask;
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

        if (SourceStates.PauseOf(connection, transaction, sourceId) is { } pause)
        {
            return new BeginRunOutcome.Paused(pause.Since, pause.By, pause.Reason);
        }

        var newest = connection.ExecuteScalar<long?>("SELECT max(id) FROM run WHERE source_id = @sourceId", new { sourceId }, transaction);
        var resumed = open is not null && open.Id == newest && StoredTime.Parse(open.StartedAt) + StaleAfter > now;
        var runId = resumed ? Resume(connection, transaction, open!.Id, now) : Begin(connection, transaction, sourceId, now);
        FrontierRows.Enqueue(connection, transaction, runId, seeds, _ => 0, now);
        return new BeginRunOutcome.Began(runId, resumed)
        {
            PagesEnded = resumed ? PagesEnded(connection, transaction, runId) : 0,
            AskedToday = SourceStates.AskedOn(connection, transaction, sourceId, StoredTime.DayOf(now)),
            RecentEnds = SourceStates.RecentEnds(connection, transaction, sourceId),
        };
    }

    private static int PagesEnded(SqliteConnection connection, SqliteTransaction transaction, long runId) =>
        connection.ExecuteScalar<int>(
            "SELECT count(*) FROM frontier WHERE run_id = @runId AND state IN ('done', 'empty', 'gone', 'blocked', 'failed')", new { runId }, transaction);

    /// <summary>A run whose process gave a sign of life lately and is not known to be dead.</summary>
    private static bool IsAlive(OpenRun run, DateTimeOffset now) => StoredTime.Parse(run.HeartbeatAt) + Silence >= now && RunningProcess.MayLive(run.Process);

    private static long Begin(SqliteConnection connection, SqliteTransaction transaction, string sourceId, DateTimeOffset now) =>
        connection.ExecuteScalar<long>(
            "INSERT INTO run (source_id, state, started_at, heartbeat_at, process) VALUES (@sourceId, 'running', @now, @now, @ThisProcess) RETURNING id",
            new { sourceId, now = StoredTime.Of(now), ThisProcess = RunningProcess.This },
            transaction);

    private static long Resume(SqliteConnection connection, SqliteTransaction transaction, long runId, DateTimeOffset now)
    {
        connection.Execute(
            """
            UPDATE run SET state = 'running', reason = NULL, ended_at = NULL, heartbeat_at = @now, process = @ThisProcess WHERE id = @runId;
            UPDATE frontier SET state = 'queued', lease_until = NULL WHERE run_id = @runId AND state = 'leased';
            """,
            new { runId, now = StoredTime.Of(now), ThisProcess = RunningProcess.This },
            transaction);
        return runId;
    }

    private void Commit(SqliteConnection connection, SqliteTransaction transaction, PageRecord record)
    {
        var now = time.GetUtcNow();
        var sourceId = connection.QuerySingle<string>("SELECT source_id FROM run WHERE id = @RunId", new { record.Page.RunId }, transaction);
        var captureId = record.Capture is { } capture
            ? CaptureRows.Insert(connection, transaction, capture, record.Content, sourceId, record.Page.RunId)
            : record.UnchangedSince;
        End(connection, transaction, record, captureId, now);
        if (record.Asked)
        {
            SourceStates.Count(connection, transaction, sourceId, record.State, now);
        }

        var filed = File(connection, transaction, record, sourceId, captureId, now);
        CaptureRows.Remember(connection, transaction, record, captureId);
        FrontierRows.Enqueue(connection, transaction, record.Page.RunId, record.Discovered, new FrontierPriority(connection, transaction, filed).Of, now);
    }

    private static void End(SqliteConnection connection, SqliteTransaction transaction, PageRecord record, long? captureId, DateTimeOffset now)
    {
        var changed = connection.Execute(
            """
            UPDATE frontier SET state = @state, reason = @Reason, due_at = @due, lease_until = NULL, capture_id = coalesce(@captureId, capture_id),
                   is_unchanged = @isUnchanged, attempts = attempts - @unasked
            WHERE id = @Id AND state = 'leased';
            """,
            new
            {
                record.Page.Id,
                state = Name(record.State),
                record.Reason,
                due = StoredTime.Of(now + (record.RetryAfter ?? TimeSpan.Zero)),
                captureId,
                isUnchanged = record.UnchangedSince is not null,
                unasked = record.Asked ? 0 : 1,
            },
            transaction);
        if (changed == 0)
        {
            throw new InvalidOperationException($"page {record.Page.Url} of run {record.Page.RunId} is not leased: its outcome was committed already");
        }
    }

    /// <summary>By canonical address, what was filed.</summary>
    private Dictionary<string, PromisingListing> File(
        SqliteConnection connection, SqliteTransaction transaction, PageRecord record, string sourceId, long? captureId, DateTimeOffset now)
    {
        // The same capture stands for several runs where nothing has changed; each of them saw its listings.
        var origin = record.UnchangedSince is null ? $"capture:{captureId}" : $"capture:{captureId}:{record.Page.RunId}";
        var filed = new Dictionary<string, PromisingListing>(StringComparer.Ordinal);
        if (record.State == PageState.Gone)
        {
            GoneListings.Mark(connection, record.Page.Url, record.Capture?.CapturedAt ?? now);
        }

        foreach (var assessed in record.Listings)
        {
            var sighting = new Sighting(
                sourceId,
                record.Capture?.CapturedAt ?? now,
                origin,
                captureId,
                record.Page.RunId,
                IsExcerpt: record.Content?.PageKind == PageKind.Search);
            var id = listings.File(connection, transaction, assessed, sighting).Id;
            if (CanonicalUrl.TryOf(assessed.Listing.Url) is { } url)
            {
                filed[url] = new PromisingListing(id, assessed.Listing.Seller, assessed.Listing.Platform);
            }
        }

        return filed;
    }

    internal static string Name(Enum value) => value.ToString().ToLowerInvariant();

    private sealed record OpenRun(long Id, string State, string StartedAt, string HeartbeatAt, string Process);
}
