using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Feeding;

/// <summary>Lets one of several programs over the same records do a thing at a time.</summary>
/// <remarks>Not thread safe: one instance for each who may hold it. A holder that died, or gave no sign of life for <see cref="Silence"/>, has lost it.</remarks>
internal sealed class IndexLease(Database database, TimeProvider time, string name)
{

    /// <summary>Longer than the slowest write to a server that still answers.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    private readonly string _me = $"{RunningProcess.This}:{Guid.NewGuid():N}";

    /// <summary>Takes it, or keeps it where it is held already.</summary>
    /// <param name="wait">Whether the holder is asked to let go as soon as it can.</param>
    /// <returns>Null where it is ours now; else who holds it.</returns>
    public LeaseHolder? TryTake(bool wait = false) => database.Write((connection, transaction) =>
    {
        var now = time.GetUtcNow();
        var held = connection.QuerySingleOrDefault<(string Holder, string TakenAt, string HeartbeatAt, string? WantedBy)>(
            "SELECT holder, taken_at, heartbeat_at, wanted_by FROM index_lease WHERE name = @name", new { name }, transaction);
        var isTheirs = held.Holder is { } holder && holder != _me && MayLive(holder, StoredTime.Parse(held.HeartbeatAt), now);
        if (isTheirs)
        {
            if (wait && held.WantedBy is null)
            {
                connection.Execute("UPDATE index_lease SET wanted_by = @_me WHERE name = @name", new { name, _me }, transaction);
            }

            return new LeaseHolder(held.Holder!.Split(':')[0], int.Parse(held.Holder.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), StoredTime.Parse(held.TakenAt));
        }

        connection.Execute(
            """
            INSERT INTO index_lease (name, holder, taken_at, heartbeat_at) VALUES (@name, @_me, @now, @now)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, taken_at = excluded.taken_at, heartbeat_at = excluded.heartbeat_at, wanted_by = NULL
            """,
            new { name, _me, now = StoredTime.Of(now) },
            transaction);
        return null;
    });

    /// <summary>A sign of life, inside the caller's transaction.</summary>
    /// <param name="isWanted">Whether another waits for it.</param>
    /// <returns>False where it was lost: what was done under it since must not count.</returns>
    public bool Renew(SqliteConnection connection, out bool isWanted)
    {
        var wanted = Prepared.Query(
            connection,
            "UPDATE index_lease SET heartbeat_at = ?3 WHERE name = ?1 AND holder = ?2 RETURNING wanted_by IS NOT NULL",
            row => row.Number(0) == 1,
            name,
            _me,
            StoredTime.Of(time.GetUtcNow()));
        isWanted = wanted is [true];
        return wanted.Count == 1;
    }

    /// <inheritdoc cref="Renew(SqliteConnection, out bool)"/>
    public bool Renew() => database.Write((connection, _) => Renew(connection, out var _));

    /// <summary>Lets go of it, where it is held.</summary>
    public void Release() => database.Write((connection, transaction) =>
        connection.Execute("DELETE FROM index_lease WHERE name = @name AND holder = @_me", new { name, _me }, transaction));

    private static bool MayLive(string holder, DateTimeOffset heartbeat, DateTimeOffset now) =>
        heartbeat + Silence >= now && RunningProcess.MayLive(holder[..holder.LastIndexOf(':')]);
}

/// <param name="Since">UTC.</param>
internal sealed record LeaseHolder(string Machine, int Process, DateTimeOffset Since)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"process {Process} on {Machine}, since {StoredTime.Of(Since)}");
}
