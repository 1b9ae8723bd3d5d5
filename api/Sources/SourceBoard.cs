using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Scheduling;

namespace Surveillance.Api.Sources;

/// <summary>The sources (监测源) with how they are doing, for the page that shows them.</summary>
/// <remarks>Thread safe. What a source is comes from the roster; what its runs did, from the record store.</remarks>
public sealed class SourceBoard(Database database, SourceRoster roster, SourceStates states, TimeProvider time)
{
    private const int HistoryLength = 10;

    /// <summary>A run that was silent for longer than this has lost its process (see <see cref="ICrawlStore.HeartbeatAsync"/>).</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>All sources: faulty ones first, then paused and enabled ones, each by id.</summary>
    public async Task<IReadOnlyList<SourceRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var runs = (await LastRunsAsync(connection, cancellationToken)).ToDictionary(run => run.Summary.SourceId);
        var paused = states.Paused();
        return
        [
            .. roster.Entries()
                .Select(entry => Row(entry, runs.GetValueOrDefault(entry.Id)) with { Pause = paused.GetValueOrDefault(entry.Id) })
                .OrderBy(row => row.Fault is null).ThenBy(row => row.Pause is null).ThenByDescending(row => row.Enabled).ThenBy(row => row.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether this process crawls, so that a run can be asked of it.</summary>
    public bool CanRun => roster.RunNowAsync is not null;

    /// <summary>Starts a run of a source now, and returns when it has begun.</summary>
    /// <exception cref="InvalidOperationException">This process does not crawl.</exception>
    public Task<RunNowOutcome> RunNowAsync(string id, CancellationToken cancellationToken) =>
        roster.Entries().FirstOrDefault(entry => entry.Id == id) switch
        {
            null or { Fault: not null } => Task.FromResult(RunNowOutcome.Unknown),
            { Enabled: false } => Task.FromResult(RunNowOutcome.Disabled),
            _ when states.Paused().ContainsKey(id) => Task.FromResult(RunNowOutcome.Paused),
            _ => roster.RunNowAsync?.Invoke(id, cancellationToken) ?? throw new InvalidOperationException("this process does not crawl"),
        };

    /// <summary>Lets no further run begin; one under way stops within half a minute.</summary>
    /// <param name="by">Who, as the page shows it.</param>
    public void Pause(string id, string by) => states.Pause(id, by, "人工暂停");

    /// <summary>Lets runs begin again.</summary>
    public void Resume(string id) => states.Resume(id);

    /// <summary>The latest runs of a source, newest first.</summary>
    public IReadOnlyList<RunSummary> Runs(string id) => states.Runs(id, HistoryLength);

    private SourceRow Row(SourceEntry entry, LastRun? last)
    {
        var running = last is { Summary.State: RunState.Running } && time.GetUtcNow() - last.HeartbeatAt <= Silence;
        var next = entry is { Enabled: true, Fault: null } ? roster.NextRun(entry.Id) : null;
        return new SourceRow(entry.Id, entry.Name, entry.Platform, entry.Enabled, entry.Fault, entry.Schedule, next, last?.Summary, running);
    }

    private static async Task<IReadOnlyList<LastRun>> LastRunsAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var runs = await connection.QueryAsync<(long Id, string HeartbeatAt)>(
            new CommandDefinition("SELECT id, heartbeat_at FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY source_id)", cancellationToken: cancellationToken));
        return [.. runs.Select(run => new LastRun(RunSummaries.Get(connection, run.Id), StoredTime.Parse(run.HeartbeatAt)))];
    }

    private sealed record LastRun(RunSummary Summary, DateTimeOffset HeartbeatAt);
}
