using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Api.Operators;

/// <summary>What the records say of a listing whose operator is to be worked out.</summary>
/// <param name="Versions">Latest first; at least one.</param>
/// <param name="Pictures">The prints of its pictures.</param>
/// <param name="IsOfTheTrade">Wordings are compared only of listings that are leads or name a regulated certificate: nobody looks for copies of the others.</param>
/// <param name="HasMarks">Marks of it are kept.</param>
/// <param name="IsMarkedWrong">Its group holds it for gone and it isn't, or the other way round.</param>
/// <param name="IsRelisted">It stands for another, or another for it.</param>
internal sealed record WaitingListing(
    IReadOnlyList<Listing> Versions, IReadOnlyList<PicturePrint> Pictures, bool IsOfTheTrade, bool HasMarks, bool IsMarkedWrong, bool IsRelisted)
{
    // Where a limit is a parameter, SQLite prepares the statement anew each time: these stand in the text.
    /// <summary>Older versions of one listing than these are not read, besides the latest.</summary>
    private const int MostEarlier = 19;

    private const int MostPictures = 50;

    private const string Latest =
        """
        SELECT latest.body, latest.version,
               EXISTS (SELECT 1 FROM assessment WHERE listing_id = ?1 AND is_lead = 1 AND decision <> 'clear')
               OR EXISTS (SELECT 1 FROM listing_item WHERE listing_id = ?1),
               (SELECT is_gone FROM operator_member WHERE listing_id = ?1) <> coalesce(gone_at >= last_seen, 0),
               relist_of IS NOT NULL OR EXISTS (SELECT 1 FROM listing AS again WHERE again.relist_of = ?1),
               EXISTS (SELECT 1 FROM listing_picture WHERE listing_id = ?1),
               EXISTS (SELECT 1 FROM listing_version AS earlier WHERE earlier.listing_id = ?1 AND earlier.version <> listing.version),
               EXISTS (SELECT 1 FROM operator_mark WHERE listing_id = ?1)
        FROM listing JOIN listing_version AS latest ON latest.listing_id = listing.id AND latest.version = listing.version WHERE listing.id = ?1
        """;

    private static readonly string Earlier = $"SELECT body FROM listing_version WHERE listing_id = ?1 AND version <> ?2 ORDER BY version DESC LIMIT {MostEarlier}";

    private static readonly string Prints = $"SELECT print FROM listing_picture WHERE listing_id = ?1 AND print IS NOT NULL ORDER BY url LIMIT {MostPictures}";

    public static WaitingListing Read(SqliteConnection connection, string listingId)
    {
        var row = Prepared.Query(connection, Latest, ReadRow, listingId).Single();
        return new WaitingListing(
            row.HasEarlier ? [row.Latest, .. Prepared.Query(connection, Earlier, ReadBody, listingId, row.Version)] : [row.Latest],
            row.HasPictures ? Prepared.Query(connection, Prints, row => PicturePrint.FromBytes(row.Blob(0)), listingId) : [],
            row.IsOfTheTrade,
            row.HasMarks,
            row.IsMarkedWrong,
            row.IsRelisted);
    }

    private static Row ReadRow(PreparedRow row) =>
        new(ReadBody(row), row.Number(1), row.Number(2) == 1, row.Number(3) == 1, row.Number(4) == 1, row.Number(5) == 1, row.Number(6) == 1, row.Number(7) == 1);

    private static Listing ReadBody(PreparedRow row) => JsonSerializer.Deserialize<Listing>(row.Blob(0), ContractJson.Options)!;

    private sealed record Row(Listing Latest, long Version, bool IsOfTheTrade, bool IsMarkedWrong, bool IsRelisted, bool HasPictures, bool HasEarlier, bool HasMarks);
}
