using System.Collections.Frozen;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Sources;

/// <summary>The sources (监测源) with how they are doing, for the page that shows them.</summary>
/// <remarks>Thread safe. What a source is comes from the roster; what its runs did, from the record store.</remarks>
public sealed class SourceBoard(Database database, SourceRoster roster, TimeProvider time)
{
    /// <summary>A run that was silent for longer than this has lost its process (see <see cref="ICrawlStore.HeartbeatAsync"/>).</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>All sources: faulty ones first, then the enabled ones, each by id.</summary>
    public async Task<IReadOnlyList<SourceRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var runs = (await LastRunsAsync(connection, cancellationToken)).ToFrozenDictionary(run => run.SourceId);
        return
        [
            .. roster.Entries()
                .Select(entry => Row(entry, runs.GetValueOrDefault(entry.Id)))
                .OrderBy(row => row.Fault is null).ThenByDescending(row => row.Enabled).ThenBy(row => row.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Starts a run of a source now, and returns when it has begun.</summary>
    public Task<RunNowOutcome> RunNowAsync(string id, CancellationToken cancellationToken) =>
        roster.Entries().FirstOrDefault(entry => entry.Id == id) switch
        {
            null => Task.FromResult<RunNowOutcome>(new RunNowOutcome.Refused($"没有名为 {id} 的监测源。")),
            { Fault: { } fault } => Task.FromResult<RunNowOutcome>(new RunNowOutcome.Refused($"监测源文件有误：{fault}")),
            { Enabled: false } => Task.FromResult<RunNowOutcome>(new RunNowOutcome.Refused("监测源已停用。")),
            _ => roster.RunNowAsync(id, cancellationToken),
        };

    private SourceRow Row(SourceEntry entry, StoredRun? run)
    {
        var running = run is { State: RunState.Running } && time.GetUtcNow() - StoredTime.Parse(run.HeartbeatAt) <= Silence;
        var next = entry is { Enabled: true, Fault: null } ? roster.NextRun(entry.Id) : null;
        return new SourceRow(entry.Id, entry.Name, entry.Platform, entry.Enabled, entry.Fault, entry.Schedule, next, run?.ToSummary(), running);
    }

    private static async Task<IReadOnlyList<StoredRun>> LastRunsAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var runs = (await connection.QueryAsync<StoredRun>(new CommandDefinition(
            """
            SELECT run.id, run.source_id, run.state AS state_name, run.reason, run.started_at, run.ended_at, run.heartbeat_at,
                   (SELECT count(DISTINCT listing_id) FROM sighting WHERE sighting.run_id = run.id) AS listings
            FROM run WHERE run.id IN (SELECT max(id) FROM run GROUP BY source_id)
            """,
            cancellationToken: cancellationToken))).ToList();
        var last = new { ids = runs.Select(run => run.Id) };
        var pages = (await connection.QueryAsync<(long Run, string State, int Count)>(new CommandDefinition(
            "SELECT run_id, state, count(*) FROM frontier WHERE run_id IN @ids GROUP BY run_id, state",
            last,
            cancellationToken: cancellationToken))).ToLookup(row => row.Run);
        var flagged = (await connection.QueryAsync<(long Run, string? Type, int Count)>(new CommandDefinition(
            """
            SELECT sighting.run_id, NULL, count(DISTINCT sighting.listing_id)
            FROM sighting JOIN assessment ON assessment.listing_id = sighting.listing_id AND assessment.decision = 'flag'
            WHERE sighting.run_id IN @ids GROUP BY sighting.run_id
            UNION ALL
            SELECT sighting.run_id, finding.type, count(DISTINCT sighting.listing_id)
            FROM sighting JOIN assessment ON assessment.listing_id = sighting.listing_id AND assessment.decision = 'flag'
            JOIN finding ON finding.listing_id = sighting.listing_id
            WHERE sighting.run_id IN @ids GROUP BY sighting.run_id, finding.type
            """,
            last,
            cancellationToken: cancellationToken))).ToLookup(row => row.Run);
        return
        [
            .. runs.Select(run => run with
            {
                Pages = pages[run.Id].ToFrozenDictionary(row => Enum.Parse<PageState>(row.State, ignoreCase: true), row => row.Count),
                Flagged = flagged[run.Id].Where(row => row.Type is null).Sum(row => row.Count),
                FlaggedByType = flagged[run.Id].Where(row => row.Type is not null).ToFrozenDictionary(row => row.Type!, row => row.Count),
            }),
        ];
    }

    private sealed record StoredRun
    {
        public long Id { get; init; }

        public required string SourceId { get; init; }

        public required string StateName { get; init; }

        public string? Reason { get; init; }

        public required string StartedAt { get; init; }

        public string? EndedAt { get; init; }

        public required string HeartbeatAt { get; init; }

        public int Listings { get; init; }

        public int Flagged { get; init; }

        public FrozenDictionary<PageState, int> Pages { get; init; } = FrozenDictionary<PageState, int>.Empty;

        public FrozenDictionary<string, int> FlaggedByType { get; init; } = FrozenDictionary<string, int>.Empty;

        public RunState State => Enum.Parse<RunState>(StateName, ignoreCase: true);

        public RunSummary ToSummary() =>
            new(
                Id,
                SourceId,
                State,
                Reason,
                StoredTime.Parse(StartedAt),
                StoredTime.TryParse(EndedAt),
                Count(PageState.Done) + Count(PageState.Empty) + Count(PageState.Gone) + Count(PageState.Blocked),
                Listings,
                Flagged,
                Count(PageState.Blocked),
                Count(PageState.Empty),
                Count(PageState.Gone),
                Count(PageState.Declined),
                Count(PageState.Failed),
                Count(PageState.Queued) + Count(PageState.Leased),
                FlaggedByType);

        private int Count(PageState state) => Pages.GetValueOrDefault(state);
    }
}
