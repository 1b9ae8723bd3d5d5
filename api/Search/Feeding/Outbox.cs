using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Search.Reindexing;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Feeding;

/// <summary>What the index has yet to hear: each change of what a listing's document says has a number of its own, given in the change's transaction.</summary>
/// <remarks>Thread safe. The number is the document's version in the index, so an older state never replaces a newer one there.</remarks>
public sealed class Outbox(Database database)
{
    private const string Waits = "sent < number AND reason IS NULL";

    /// <summary>Notes that the listing's document changes, inside the caller's transaction.</summary>
    internal static void Note(SqliteConnection connection, string listingId, DateTimeOffset now)
    {
        Prepared.Execute(connection, "UPDATE outbox_number SET last = last + 1");
        Prepared.Execute(
            connection,
            $"""
            INSERT INTO outbox (listing_id, number, changed_at) SELECT ?1, last, ?2 FROM outbox_number WHERE true
            ON CONFLICT (listing_id) DO UPDATE SET
                number = excluded.number, reason = NULL,
                changed_at = CASE WHEN {Waits} THEN changed_at ELSE excluded.changed_at END
            """,
            listingId,
            StoredTime.Of(now));
    }

    /// <summary>How far the index is behind.</summary>
    public IndexLag Lag()
    {
        using var connection = database.Open();
        var (waiting, since) = connection.QuerySingle<(long Waiting, string? Since)>($"SELECT count(*), min(changed_at) FROM outbox WHERE {Waits}");
        var rejected = connection.ExecuteScalar<long>("SELECT count(*) FROM outbox WHERE reason IS NOT NULL");
        return new IndexLag(waiting, rejected, StoredTime.TryParse(since));
    }

    /// <summary>Whether a change up to a number still waits.</summary>
    public bool IsWaiting(long upTo = long.MaxValue)
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM outbox WHERE {Waits} AND number <= @upTo)", new { upTo }) == 1;
    }

    /// <summary>The number of the last change; 0 where nothing was ever filed.</summary>
    public long LastNumber()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT last FROM outbox_number");
    }

    /// <summary>Assessed listings of the records.</summary>
    public long Count()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM outbox");
    }

    /// <summary>Listings that the index refuses, by id.</summary>
    public IReadOnlyList<RejectedDocument> Rejected(int most)
    {
        using var connection = database.Open();
        return
        [
            .. connection.Query<(string Id, string? Title, string Reason)>(
                """
                SELECT outbox.listing_id, listing_version.title, outbox.reason
                FROM outbox
                JOIN listing ON listing.id = outbox.listing_id
                JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
                WHERE outbox.reason IS NOT NULL ORDER BY outbox.listing_id LIMIT @most
                """,
                new { most }).Select(row => new RejectedDocument(row.Id, row.Title, row.Reason)),
        ];
    }

    /// <summary>Whether an index ever took a document.</summary>
    public bool WasSent()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM outbox WHERE sent > 0)") == 1;
    }

    /// <summary>Lets everything wait again, as for an index that holds nothing.</summary>
    internal void SendAllAgain() => database.Write((connection, transaction) =>
        connection.Execute("UPDATE outbox SET sent = 0, reason = NULL WHERE sent > 0 OR reason IS NOT NULL", transaction: transaction));

    /// <summary>Lets those that the index refused wait again.</summary>
    /// <returns>How many they are.</returns>
    public int Retry() => database.Write((connection, transaction) =>
        connection.Execute("UPDATE outbox SET reason = NULL WHERE reason IS NOT NULL", transaction: transaction));

    /// <summary>Keeps that an index refuses states of listings, where those are the present ones.</summary>
    internal void Reject(IReadOnlyDictionary<string, RefusedState> refused) => database.Write((connection, _) =>
    {
        Reject(connection, refused);
        return true;
    });

    /// <summary>From now on an index is in use that holds all changes up to a number, but for those that it refuses.</summary>
    internal void Adopt(long upTo, IReadOnlyDictionary<string, RefusedState> refused) => database.Write((connection, transaction) =>
    {
        connection.Execute(
            "UPDATE outbox SET sent = number, reason = NULL WHERE number <= @upTo AND (sent < number OR reason IS NOT NULL)", new { upTo }, transaction);
        Reject(connection, refused);
        return true;
    });

    private static void Reject(SqliteConnection connection, IReadOnlyDictionary<string, RefusedState> refused)
    {
        foreach (var (id, state) in refused)
        {
            Prepared.Execute(connection, "UPDATE outbox SET sent = 0, reason = ?3 WHERE listing_id = ?1 AND number = ?2", id, state.Number, state.Reason);
        }
    }

    /// <summary>Keeps what became of documents that were sent under a lease; nothing where that was lost.</summary>
    /// <returns>Whether the lease is held, and whether another waits for it.</returns>
    internal (bool IsHeld, bool IsWanted) Settle(IndexLease lease, IReadOnlyList<(IndexDocument Document, WriteOutcome Outcome)> sent) => database.Write((connection, _) =>
    {
        var isHeld = lease.Renew(connection, out var isWanted);
        if (isHeld)
        {
            Settle(connection, sent);
        }

        return (isHeld, isWanted);
    });

    /// <summary>Keeps what became of documents, each under the number it was sent with; one that has changed since goes on waiting.</summary>
    internal static void Settle(SqliteConnection connection, IEnumerable<(IndexDocument Document, WriteOutcome Outcome)> sent)
    {
        foreach (var (document, outcome) in sent)
        {
            switch (outcome)
            {
                case WriteOutcome.Written:
                    Prepared.Execute(connection, "UPDATE outbox SET sent = ?2 WHERE listing_id = ?1 AND sent < ?2", document.Id, document.Version);
                    break;
                case WriteOutcome.Rejected rejected:
                    Prepared.Execute(connection, "UPDATE outbox SET reason = ?3 WHERE listing_id = ?1 AND number = ?2", document.Id, document.Version, rejected.Reason);
                    break;
                default:
                    break;
            }
        }
    }
}

/// <summary>How far the index is behind the records.</summary>
/// <param name="Waiting">Listings whose last change it has yet to hear.</param>
/// <param name="Rejected">Listings that it refuses, for a person to see.</param>
/// <param name="Since">Since when the first of those waits, UTC; null where none does.</param>
public sealed record IndexLag(long Waiting, long Rejected, DateTimeOffset? Since);

/// <param name="Reason">As the engine gave it.</param>
public sealed record RejectedDocument(string Id, string? Title, string Reason);
