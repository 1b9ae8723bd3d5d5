using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>Groups listings of one operator (同一经营者) across platforms, and ties re-listed ones to those they stand for.</summary>
/// <remarks>
/// Filing a listing notes it as pending in the same transaction; this takes what is pending, some at a time, and takes the note away with the result.
/// So nothing is lost when a process dies, several processes may do it, and the groups depend on what was observed, not on the order. Thread safe.
/// </remarks>
public sealed class OperatorGrouping(Database database, MarkReader reader)
{
    private const int ListingsATransaction = 250;

    /// <summary>Older versions of one listing than these are not read.</summary>
    private const int MostVersions = 20;

    private const int MostPictures = 50;

    /// <summary>Notes a listing, inside the caller's transaction.</summary>
    internal static void Note(SqliteConnection connection, string listingId) =>
        Prepared.Execute(connection, "INSERT INTO operator_pending (listing_id) VALUES (?1)", listingId);

    /// <summary>Groups all that is pending.</summary>
    /// <returns>How many listings that were.</returns>
    public int CatchUp(CancellationToken cancellationToken)
    {
        var grouped = 0;
        while (IsBehind())
        {
            cancellationToken.ThrowIfCancellationRequested();
            grouped += database.Write(Batch);
        }

        return grouped;
    }

    /// <summary>The same at a command's end; one that was interrupted leaves it to the next.</summary>
    public void CatchUpUnlessCancelled(CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            CatchUp(CancellationToken.None);
        }
    }

    /// <summary>Forgets all groups and works them out again, as new rules read the listings.</summary>
    public int Rebuild(CancellationToken cancellationToken)
    {
        database.Write((connection, transaction) => connection.Execute(
            """
            DELETE FROM operator_member;
            DELETE FROM operator_mark;
            DELETE FROM wording_pair;
            DELETE FROM wording_band;
            DELETE FROM wording;
            DELETE FROM picture_pair;
            DELETE FROM picture_key;
            DELETE FROM picture;
            UPDATE listing SET relist_of = NULL WHERE relist_of IS NOT NULL;
            DELETE FROM operator_pending;
            INSERT INTO operator_pending (listing_id) SELECT id FROM listing ORDER BY id;
            """,
            transaction: transaction));
        return CatchUp(cancellationToken);
    }

    private bool IsBehind()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM operator_pending)") == 1;
    }

    private int Batch(SqliteConnection connection, SqliteTransaction transaction)
    {
        var noted = Prepared.Query(
            connection, "SELECT id, listing_id FROM operator_pending ORDER BY id LIMIT ?1", row => (Id: row.Number(0), Listing: row.Text(1)!), ListingsATransaction);
        var pending = noted.Select(note => note.Listing).Distinct(StringComparer.Ordinal).ToList();
        var change = new GroupChange(connection);
        foreach (var listingId in pending)
        {
            change.Apply(listingId, Read(connection, listingId));
        }

        change.Finish();
        var relisting = new Relisting(connection);
        pending.ForEach(relisting.Mark);
        pending.ForEach(relisting.Tie);
        Prepared.Execute(connection, "DELETE FROM operator_pending WHERE id <= ?1", noted.Count > 0 ? noted[^1].Id : 0);
        return pending.Count;
    }

    private ListingMarks Read(SqliteConnection connection, string listingId)
    {
        var versions = Prepared.Query(
            connection,
            """
            SELECT body FROM listing_version JOIN listing ON listing.id = listing_id WHERE listing_id = ?1
            ORDER BY listing_version.version = listing.version DESC, listing_version.version DESC LIMIT ?2
            """,
            row => JsonSerializer.Deserialize<Listing>(row.Text(0)!, ContractJson.Options)!,
            listingId,
            MostVersions);
        var pictures = Prepared.Query(
            connection,
            "SELECT print FROM listing_picture WHERE listing_id = ?1 AND print IS NOT NULL ORDER BY url LIMIT ?2",
            row => PicturePrint.FromBytes(row.Bytes(0)),
            listingId,
            MostPictures);
        return reader.Read(versions, pictures, IsOfTheTrade(connection, listingId));
    }

    /// <summary>Wordings are compared only of listings that are leads or name a regulated certificate: nobody looks for copies of the others.</summary>
    private static bool IsOfTheTrade(SqliteConnection connection, string listingId) => Prepared.Number(
        connection,
        """
        SELECT EXISTS (SELECT 1 FROM assessment WHERE listing_id = ?1 AND decision <> 'clear')
            OR EXISTS (SELECT 1 FROM listing_item WHERE listing_id = ?1)
        """,
        listingId) == 1;
}
