using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>Finds near wordings by their bands, inside the caller's transaction.</summary>
/// <remarks>
/// A band that too many wordings share is boilerplate: it is not looked through, and pairs that only such bands found are undone. So what is near
/// depends on the wordings alone, not on the order in which they came.
/// </remarks>
internal sealed class WordingIndex(SqliteConnection connection)
{
    /// <summary>From this likeness on two wordings are near: one operator's, if nothing speaks against it.</summary>
    public const double Near = 0.5;

    /// <summary>More wordings in one band than this are boilerplate, and would make looking slow.</summary>
    public const int MostInBand = 64;

    /// <summary>Wordings whose pairs were undone, or found after others had left.</summary>
    public HashSet<string> Disturbed { get; } = new(StringComparer.Ordinal);

    /// <summary>How often pairs were taken away.</summary>
    public int Partings { get; private set; }

    public List<string> NearTo(string digest) => Prepared.Query(connection, "SELECT other FROM wording_pair WHERE digest = ?1", row => row.Text(0)!, digest);

    /// <summary>Adds a wording and its pairs; nothing where it is known.</summary>
    public void Add(WordPrint print)
    {
        var digest = print.Digest;
        var id = Prepared.Number(
            connection, "INSERT INTO wording (digest, words) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING RETURNING id", digest, print.ToBytes());
        if (id is null)
        {
            return;
        }

        foreach (var band in print.Bands())
        {
            Prepared.Execute(connection, "INSERT OR IGNORE INTO wording_band (band, wording_id) VALUES (?1, ?2)", band, id);
        }

        var sizes = SizesOf(id.Value);
        foreach (var band in sizes.Where(band => band.Size == MostInBand + 1))
        {
            Undo(band.Band);
        }

        Pair(id.Value, digest, print, sizes);
    }

    /// <summary>Forgets a wording that no listing has any more.</summary>
    public void Remove(string digest)
    {
        var id = Prepared.Number(connection, "SELECT id FROM wording WHERE digest = ?1", digest)!.Value;
        var freed = SizesOf(id).Where(band => band.Size == MostInBand + 1).Select(band => band.Band).ToList();
        Prepared.Execute(connection, "DELETE FROM wording_pair WHERE other = ?1 AND digest IN (SELECT other FROM wording_pair WHERE digest = ?1)", digest);
        Prepared.Execute(connection, "DELETE FROM wording_pair WHERE digest = ?1", digest);
        Prepared.Execute(connection, "DELETE FROM wording_band WHERE wording_id = ?1", id);
        Prepared.Execute(connection, "DELETE FROM wording WHERE id = ?1", id);
        Partings++;
        foreach (var wording in Members(freed))
        {
            Disturbed.Add(wording.Digest);
            Pair(wording.Id, wording.Digest, WordPrint.FromBytes(wording.Words), SizesOf(wording.Id));
        }
    }

    /// <summary>Compares with all that share a band which is no boilerplate.</summary>
    private void Pair(long id, string digest, WordPrint print, List<BandSize> bands)
    {
        foreach (var other in Members([.. bands.Where(band => band.Size is > 1 and <= MostInBand).Select(band => band.Band)]).Where(other => other.Id != id))
        {
            var likeness = Math.Round(print.LikenessTo(WordPrint.FromBytes(other.Words)), 4);
            if (likeness >= Near)
            {
                Prepared.Execute(
                    connection,
                    "INSERT OR IGNORE INTO wording_pair (digest, other, likeness) VALUES (?1, ?2, ?3), (?2, ?1, ?3)",
                    digest,
                    other.Digest,
                    likeness);
            }
        }
    }

    /// <summary>Undoes the pairs in a band that has become boilerplate, unless another band finds them.</summary>
    private void Undo(long band)
    {
        var undone = Prepared.Query(
            connection,
            """
            WITH member AS (SELECT id, digest FROM wording_band JOIN wording ON id = wording_id WHERE band = ?1)
            DELETE FROM wording_pair WHERE digest IN (SELECT digest FROM member) AND other IN (SELECT digest FROM member) AND NOT EXISTS (
                SELECT 1 FROM wording_band AS mine
                JOIN wording_band AS theirs ON theirs.band = mine.band AND theirs.wording_id = (SELECT id FROM member WHERE member.digest = wording_pair.other)
                WHERE mine.wording_id = (SELECT id FROM member WHERE member.digest = wording_pair.digest)
                  AND (SELECT count(*) FROM wording_band AS all_of WHERE all_of.band = mine.band) <= ?2)
            RETURNING digest, other
            """,
            row => (Digest: row.Text(0)!, Other: row.Text(1)!),
            band,
            MostInBand);
        Partings += undone.Count;
        Disturbed.UnionWith(undone.SelectMany(pair => (string[])[pair.Digest, pair.Other]));
    }

    private List<BandSize> SizesOf(long id) => Prepared.Query(
        connection,
        "SELECT band, (SELECT count(*) FROM wording_band AS all_of WHERE all_of.band = mine.band) FROM wording_band AS mine WHERE wording_id = ?1",
        row => new BandSize(row.Number(0), row.Number(1)),
        id);

    private List<StoredWording> Members(List<long> bands) => bands.Count == 0
        ? []
        : Prepared.Query(
            connection,
            """
            SELECT id, digest, words FROM wording
            WHERE id IN (SELECT wording_id FROM wording_band WHERE band IN (SELECT value FROM json_each(?1)))
            """,
            row => new StoredWording(row.Number(0), row.Text(1)!, row.Bytes(2)),
            JsonSerializer.Serialize(bands));

    private sealed record StoredWording(long Id, string Digest, byte[] Words);

    private sealed record BandSize(long Band, long Size);
}
