using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>Finds near wordings by their bands, inside the caller's transaction.</summary>
/// <remarks>
/// A band that too many wordings share is boilerplate: it is not looked through, and pairs that only such bands found are undone. So what is near
/// depends on the wordings alone, not on the order in which they came.
/// </remarks>
internal sealed class WordingIndex(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <summary>From this likeness on two wordings are near: one operator's, if nothing speaks against it.</summary>
    public const double Near = 0.5;

    /// <summary>More wordings in one band than this are boilerplate, and would make looking slow.</summary>
    public const int MostInBand = 64;

    /// <summary>Wordings whose pairs were undone, or found after others had left.</summary>
    public HashSet<string> Disturbed { get; } = new(StringComparer.Ordinal);

    public List<string> NearTo(string digest) =>
        connection.Query<string>("SELECT other FROM wording_pair WHERE digest = @digest", new { digest }, transaction).AsList();

    /// <summary>Adds a wording and its pairs; nothing where it is known.</summary>
    public void Add(WordPrint print)
    {
        var digest = print.Digest;
        var id = connection.ExecuteScalar<long?>(
            "INSERT INTO wording (digest, words) VALUES (@digest, @words) ON CONFLICT (digest) DO NOTHING RETURNING id", new { digest, words = print.ToBytes() }, transaction);
        if (id is null)
        {
            return;
        }

        var bands = JsonSerializer.Serialize(print.Bands());
        connection.Execute("INSERT OR IGNORE INTO wording_band (band, wording_id) SELECT value, @id FROM json_each(@bands)", new { id, bands }, transaction);
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
        var id = connection.ExecuteScalar<long>("SELECT id FROM wording WHERE digest = @digest", new { digest }, transaction);
        var freed = SizesOf(id).Where(band => band.Size == MostInBand + 1).Select(band => band.Band).ToList();
        connection.Execute(
            """
            DELETE FROM wording_pair WHERE other = @digest AND digest IN (SELECT other FROM wording_pair WHERE digest = @digest);
            DELETE FROM wording_pair WHERE digest = @digest;
            DELETE FROM wording_band WHERE wording_id = @id;
            DELETE FROM wording WHERE id = @id;
            """,
            new { digest, id },
            transaction);
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
                connection.Execute(
                    "INSERT OR IGNORE INTO wording_pair (digest, other, likeness) VALUES (@digest, @other, @likeness), (@other, @digest, @likeness)",
                    new { digest, other = other.Digest, likeness },
                    transaction);
            }
        }
    }

    /// <summary>Undoes the pairs in a band that has become boilerplate, unless another band finds them.</summary>
    private void Undo(long band)
    {
        var undone = connection.Query<(string Digest, string Other)>(
            """
            WITH member AS (SELECT id, digest FROM wording_band JOIN wording ON id = wording_id WHERE band = @band)
            DELETE FROM wording_pair WHERE digest IN (SELECT digest FROM member) AND other IN (SELECT digest FROM member) AND NOT EXISTS (
                SELECT 1 FROM wording_band AS mine
                JOIN wording_band AS theirs ON theirs.band = mine.band AND theirs.wording_id = (SELECT id FROM member WHERE member.digest = wording_pair.other)
                WHERE mine.wording_id = (SELECT id FROM member WHERE member.digest = wording_pair.digest)
                  AND (SELECT count(*) FROM wording_band AS all_of WHERE all_of.band = mine.band) <= @MostInBand)
            RETURNING digest, other
            """,
            new { band, MostInBand },
            transaction);
        Disturbed.UnionWith(undone.SelectMany(pair => (string[])[pair.Digest, pair.Other]));
    }

    private List<BandSize> SizesOf(long id) => connection.Query<BandSize>(
        "SELECT band, (SELECT count(*) FROM wording_band AS all_of WHERE all_of.band = mine.band) AS size FROM wording_band AS mine WHERE wording_id = @id",
        new { id },
        transaction).AsList();

    private List<StoredWording> Members(List<long> bands) => bands.Count == 0
        ? []
        : connection.Query<StoredWording>(
            """
            SELECT id, digest, words FROM wording
            WHERE id IN (SELECT wording_id FROM wording_band WHERE band IN (SELECT value FROM json_each(@bands)))
            """,
            new { bands = JsonSerializer.Serialize(bands) },
            transaction).AsList();

    private sealed record StoredWording(long Id, string Digest, byte[] Words);

    private sealed record BandSize(long Band, long Size);
}
