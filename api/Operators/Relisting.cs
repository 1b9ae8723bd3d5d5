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

    /// <summary>Ties or unties a listing, and those that may stand for it.</summary>
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
        SELECT theirs.id FROM listing AS mine JOIN ({Alike}) AS alike ON true JOIN listing AS theirs ON theirs.id = alike.id
        WHERE mine.id = ?1 AND mine.gone_at >= mine.last_seen AND theirs.first_seen > mine.last_seen AND theirs.platform IS mine.platform
        """,
        row => row.Text(0)!,
        listingId,
        Near);

    private string? OldOf(string listingId) => Prepared.Text(
        connection,
        $"""
        SELECT old.id FROM listing AS new JOIN ({Alike}) AS alike ON true JOIN listing AS old ON old.id = alike.id
        WHERE new.id = ?1 AND old.gone_at >= old.last_seen AND new.first_seen > old.last_seen AND old.platform IS new.platform
          AND (SELECT operator_id FROM operator_member WHERE listing_id = old.id) = (SELECT operator_id FROM operator_member WHERE listing_id = new.id)
        ORDER BY alike.likeness DESC, old.last_seen DESC, old.id LIMIT 1
        """,
        listingId,
        Near);

    /// <summary>Other listings that have, or had, a wording like one of the listing's.</summary>
    private const string Alike =
        """
        SELECT theirs.listing_id AS id, max(wording.likeness) AS likeness
        FROM (
            SELECT value, 1.0 AS likeness FROM operator_mark WHERE listing_id = ?1 AND kind = 'wording'
            UNION ALL
            SELECT other, likeness FROM operator_mark JOIN wording_pair ON digest = value WHERE listing_id = ?1 AND kind = 'wording' AND likeness >= ?2
        ) AS wording
        JOIN operator_mark AS theirs ON theirs.kind = 'wording' AND theirs.value = wording.value AND theirs.listing_id <> ?1
        GROUP BY theirs.listing_id
        """;
}
