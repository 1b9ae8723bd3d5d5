using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Operators;

/// <summary>Groups listings of one operator (同一经营者) across platforms, and ties re-listed ones to those they stand for.</summary>
/// <remarks>
/// Filing a listing notes it as pending in the same transaction; this takes what is pending, some at a time, and takes the note away with the result.
/// So nothing is lost when a process dies, several processes may do it, and the groups depend on what was observed, not on the order. Thread safe.
/// </remarks>
public sealed class OperatorGrouping(Database database, MarkReader reader)
{
    /// <summary>Listings lie in the order of their ids' digits, so that each changes other pages of the file; of many in one transaction several change the same.</summary>
    private const int ListingsATransaction = 2000;

    private static readonly string Waiting = $"SELECT id, listing_id FROM operator_pending ORDER BY id LIMIT {ListingsATransaction}";

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
            grouped += database.Write((connection, _) => Batch(connection, reader));
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
        Forget("SELECT id FROM listing ORDER BY id");
        return CatchUp(cancellationToken);
    }

    /// <summary>Forgets all groups, so that catching up works them out again.</summary>
    /// <param name="all">A query for the ids of all listings, in the order in which they are to wait.</param>
    internal void Forget(string all) => database.Write((connection, transaction) => connection.Execute(
        $"""
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
        INSERT INTO operator_pending (listing_id) {all};
        """,
        transaction: transaction));

    private bool IsBehind()
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM operator_pending)") == 1;
    }

    private static int Batch(SqliteConnection connection, MarkReader reader)
    {
        var noted = Prepared.Query(connection, Waiting, row => (Id: row.Number(0), Listing: row.Text(1)!));

        // The least id of a group names it: taken in order, a group gets another name once a transaction at most.
        var pending = noted.Select(note => note.Listing).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var change = new GroupChange(connection);
        var (marked, tied) = (new List<string>(), new List<string>());
        foreach (var listingId in pending)
        {
            var waiting = WaitingListing.Read(connection, listingId);
            var marks = reader.Read(waiting.Versions, waiting.Pictures, waiting.IsOfTheTrade);
            change.Apply(listingId, marks, waiting.HasMarks);
            if (waiting.IsMarkedWrong)
            {
                marked.Add(listingId);
            }

            if (waiting.IsRelisted || marks.Prints.Count > 0)
            {
                tied.Add(listingId);
            }
        }

        change.Finish();
        var relisting = new Relisting(connection);
        marked.ForEach(relisting.Mark);
        tied.ForEach(relisting.Tie);
        Prepared.Execute(connection, "DELETE FROM operator_pending WHERE id <= ?1", noted.Count > 0 ? noted[^1].Id : 0);
        return pending.Count;
    }
}
