using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>Finds near wordings by their bands, inside the caller's transaction.</summary>
/// <remarks>
/// A band that too many wordings share is boilerplate: it is not looked through, and pairs that only such bands found are undone. So what is near
/// depends on the wordings alone, not on the order in which they came. A wording's bands follow from its words, so that they are kept by band only.
/// </remarks>
internal sealed class WordingIndex(SqliteConnection connection)
{
    /// <summary>From this likeness on two wordings are near: one operator's, if nothing speaks against it.</summary>
    public const double Near = 0.5;

    /// <summary>More wordings in one band than this are boilerplate, and would make looking slow.</summary>
    public const int MostInBand = 64;

    /// <summary>One of a band's wordings more than need be known to tell that it has just become boilerplate.</summary>
    private static readonly string InBand = $"SELECT wording_id FROM wording_band WHERE band = ?1 LIMIT {MostInBand + 2}";

    private static readonly string InsertBands =
        $"INSERT OR IGNORE INTO wording_band (band, wording_id) VALUES {string.Join(", ", Enumerable.Range(2, WordPrint.BandCount).Select(band => $"(?{band}, ?1)"))}";

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

        var all = print.Bands();
        Prepared.Execute(connection, InsertBands, [id, .. all.Select(band => (object)band)]);
        var bands = all.Distinct().ToList();
        var members = bands.ConvertAll(MembersOf);
        for (var place = 0; place < bands.Count; place++)
        {
            if (members[place].Count == MostInBand + 1)
            {
                Undo(bands[place], members[place]);
            }
        }

        Pair(id.Value, digest, print, members);
    }

    /// <summary>Forgets a wording that no listing has any more.</summary>
    public void Remove(string digest)
    {
        var id = Prepared.Number(connection, "SELECT id FROM wording WHERE digest = ?1", digest)!.Value;
        var bands = Stored(id).Print.Bands().Distinct().ToList();
        var freed = bands.ConvertAll(MembersOf).Where(members => members.Count == MostInBand + 1).SelectMany(members => members).Where(other => other != id).ToHashSet();
        Prepared.Execute(connection, "DELETE FROM wording_pair WHERE other = ?1 AND digest IN (SELECT other FROM wording_pair WHERE digest = ?1)", digest);
        Prepared.Execute(connection, "DELETE FROM wording_pair WHERE digest = ?1", digest);
        bands.ForEach(band => Prepared.Execute(connection, "DELETE FROM wording_band WHERE band = ?1 AND wording_id = ?2", band, id));
        Prepared.Execute(connection, "DELETE FROM wording WHERE id = ?1", id);
        Partings++;
        foreach (var wording in freed.Select(Stored))
        {
            Disturbed.Add(wording.Digest);
            Pair(wording.Id, wording.Digest, wording.Print, [.. wording.Print.Bands().Distinct().Select(MembersOf)]);
        }
    }

    /// <summary>Compares with all that share a band which is no boilerplate.</summary>
    /// <param name="bands">The wordings in each band.</param>
    private void Pair(long id, string digest, WordPrint print, List<List<long>> bands)
    {
        foreach (var other in bands.Where(members => members.Count is > 1 and <= MostInBand).SelectMany(members => members).Where(other => other != id).Distinct())
        {
            var near = Prepared.Query(
                connection,
                "SELECT digest, words FROM wording WHERE id = ?1",
                row => Math.Round(print.LikenessTo(row.Blob(1)), 4) is >= Near and var likeness ? (Digest: row.Text(0)!, Likeness: likeness) : default,
                other).Single();
            if (near.Digest is not null)
            {
                Prepared.Execute(
                    connection,
                    "INSERT OR IGNORE INTO wording_pair (digest, other, likeness) VALUES (?1, ?2, ?3), (?2, ?1, ?3)",
                    digest,
                    near.Digest,
                    near.Likeness);
            }
        }
    }

    /// <summary>Undoes the pairs in a band that has become boilerplate, unless another band finds them.</summary>
    private void Undo(long band, List<long> members)
    {
        var wordings = members.ConvertAll(Stored).ToDictionary(wording => wording.Digest, wording => wording.Print.Bands().ToHashSet(), StringComparer.Ordinal);
        var finds = new Dictionary<long, bool> { [band] = false };
        bool Finds(long other) => finds.TryGetValue(other, out var known) ? known : finds[other] = MembersOf(other).Count <= MostInBand;
        foreach (var (digest, bands) in wordings)
        {
            foreach (var other in NearTo(digest).Where(other => wordings.TryGetValue(other, out var theirs) && !bands.Any(shared => theirs.Contains(shared) && Finds(shared))))
            {
                Prepared.Execute(connection, "DELETE FROM wording_pair WHERE digest = ?1 AND other = ?2", digest, other);
                Partings++;
                Disturbed.Add(digest);
                Disturbed.Add(other);
            }
        }
    }

    /// <summary>The wordings in a band; of boilerplate only some.</summary>
    private List<long> MembersOf(long band) => Prepared.Query(connection, InBand, row => row.Number(0), band);

    private StoredWording Stored(long id) => Prepared.Query(
        connection, "SELECT digest, words FROM wording WHERE id = ?1", row => new StoredWording(id, row.Text(0)!, WordPrint.FromBytes(row.Blob(1))), id).Single();

    private sealed record StoredWording(long Id, string Digest, WordPrint Print);
}
