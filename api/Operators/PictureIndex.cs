using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>Finds near pictures by the rows of their prints, inside the caller's transaction.</summary>
/// <remarks>Nothing near is missed (<see cref="PicturePrint.Probes"/>), so what is near depends on the pictures alone, not on the order in which they came.</remarks>
internal sealed class PictureIndex(SqliteConnection connection)
{
    private const double Signs = PicturePrint.Side * PicturePrint.Side;

    public List<string> NearTo(string digest) => Prepared.Query(connection, "SELECT other FROM picture_pair WHERE digest = ?1", row => row.Text(0)!, digest);

    /// <summary>Adds a picture and its pairs; nothing where it is known.</summary>
    public void Add(PicturePrint print)
    {
        var digest = print.Digest;
        var id = Prepared.Number(
            connection, "INSERT INTO picture (digest, print) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING RETURNING id", digest, print.ToBytes());
        if (id is null)
        {
            return;
        }

        foreach (var other in Candidates(print))
        {
            var distance = print.DistanceTo(PicturePrint.FromBytes(other.Print));
            if (other.Digest != digest && distance <= PicturePrint.Near)
            {
                Prepared.Execute(
                    connection,
                    "INSERT OR IGNORE INTO picture_pair (digest, other, likeness) VALUES (?1, ?2, ?3), (?2, ?1, ?3)",
                    digest,
                    other.Digest,
                    Math.Round(1 - (distance / Signs), 4));
            }
        }

        foreach (var key in print.Keys())
        {
            Prepared.Execute(connection, "INSERT INTO picture_key (key, picture_id) VALUES (?1, ?2)", key, id);
        }
    }

    public void Remove(string digest)
    {
        Prepared.Execute(connection, "DELETE FROM picture_key WHERE picture_id = (SELECT id FROM picture WHERE digest = ?1)", digest);
        Prepared.Execute(connection, "DELETE FROM picture WHERE digest = ?1", digest);
        Prepared.Execute(connection, "DELETE FROM picture_pair WHERE other = ?1 AND digest IN (SELECT other FROM picture_pair WHERE digest = ?1)", digest);
        Prepared.Execute(connection, "DELETE FROM picture_pair WHERE digest = ?1", digest);
    }

    private List<StoredPicture> Candidates(PicturePrint print) => Prepared.Query(
        connection,
        "SELECT digest, print FROM picture WHERE id IN (SELECT picture_id FROM picture_key WHERE key IN (SELECT value FROM json_each(?1)))",
        row => new StoredPicture(row.Text(0)!, row.Bytes(1)),
        JsonSerializer.Serialize(print.Probes()));

    private sealed record StoredPicture(string Digest, byte[] Print);
}
