using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Operators;

/// <summary>Ties a listing to the one it stands for again (重新上架), inside the caller's transaction.</summary>
/// <remarks>
/// One operator, one platform, another item, wordings at least <see cref="Near"/> alike, and the new one was first seen only after the old one was
/// last seen; the old one's own page is gone. Where the old one comes back, the tie is undone.
/// </remarks>
internal sealed class Relisting(SqliteConnection connection)
{
    /// <summary>A copy with another price, place or account; a text written anew is another listing.</summary>
    public const double Near = 0.75;

    /// <summary>How alike two listings' wordings, present or former, are: <c>old</c>'s and <c>new</c>'s.</summary>
    private const string Likeness =
        """
        (SELECT max(CASE WHEN its.value = theirs.value THEN 1.0 ELSE (SELECT likeness FROM wording_pair WHERE digest = its.value AND other = theirs.value) END)
         FROM operator_mark AS its JOIN operator_mark AS theirs
         WHERE its.listing_id = new.id AND its.kind = 'wording' AND theirs.listing_id = old.id AND theirs.kind = 'wording')
        """;

    /// <summary>Keeps with the group whether a listing is gone; before any is tied.</summary>
    public void Mark(string listingId) => Prepared.Execute(
        connection,
        "UPDATE operator_member SET is_gone = coalesce((SELECT gone_at >= last_seen FROM listing WHERE id = ?1), 0) WHERE listing_id = ?1",
        listingId);

    /// <summary>Ties or unties a listing, and those that may stand for it. Nothing to do for one that has no wording, stands for none, and none stands for it.</summary>
    public void Tie(string listingId)
    {
        foreach (var id in Concerned(listingId))
        {
            Prepared.Execute(connection, "UPDATE listing SET relist_of = ?2 WHERE id = ?1 AND relist_of IS NOT ?2", id, OldOf(id));
        }
    }

    private List<string> Concerned(string listingId) => Prepared.Query(
        connection,
        $"""
        SELECT ?1
        UNION
        SELECT id FROM listing WHERE relist_of = ?1
        UNION
        SELECT new.id FROM operator_member AS mine
        JOIN listing AS old ON old.id = mine.listing_id
        JOIN operator_member AS other ON other.operator_id = mine.operator_id
        JOIN listing AS new ON new.id = other.listing_id
        WHERE mine.listing_id = ?1 AND mine.is_gone = 1 AND new.first_seen > old.last_seen AND new.platform IS old.platform AND {Likeness} >= ?2
        """,
        row => row.Text(0)!,
        listingId,
        Near);

    private string? OldOf(string listingId) => Prepared.Text(
        connection,
        $"""
        SELECT id FROM (
            SELECT old.id, old.last_seen, {Likeness} AS likeness FROM operator_member AS mine
            JOIN listing AS new ON new.id = mine.listing_id
            JOIN operator_member AS other ON other.operator_id = mine.operator_id AND other.is_gone = 1
            JOIN listing AS old ON old.id = other.listing_id
            WHERE mine.listing_id = ?1 AND new.first_seen > old.last_seen AND old.platform IS new.platform)
        WHERE likeness >= ?2 ORDER BY likeness DESC, last_seen DESC, id LIMIT 1
        """,
        listingId,
        Near);
}
