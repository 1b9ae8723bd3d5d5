using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Leads;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Vision;
using Surveillance.Crawler.Evidence;

namespace Surveillance.Api.Pictures;

/// <summary>Reads leads' pictures: what is on record of them, who else carries them, and their sealed bytes. Thread safe.</summary>
public sealed class LeadPictures(Database database, EvidenceStore evidence)
{
    /// <summary>So many other leads are named for each picture.</summary>
    public const int MostLeads = 10;

    /// <summary>In the order in which the listing shows them.</summary>
    /// <returns>Null where there is no such lead.</returns>
    public IReadOnlyList<LeadPicture>? Find(LeadId id)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        if (connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM lead WHERE listing_id = @id)", new { id = id.Value }, transaction) == 0)
        {
            return null;
        }

        var rows = connection.Query<PictureRow>(
            """
            SELECT listing_picture.url, listing_picture.state, listing_picture.reason, capture.digest, capture.captured_at, listing_picture.print
            FROM listing_picture
            JOIN listing ON listing.id = listing_picture.listing_id
            JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
            LEFT JOIN capture ON capture.id = listing_picture.capture_id AND listing_picture.state IN ('done', 'plain')
            WHERE listing_picture.listing_id = @id
            ORDER BY (SELECT min(image.key) FROM json_each(listing_version.body, '$.images') AS image WHERE image.value = listing_picture.url) NULLS LAST, listing_picture.url
            """,
            new { id = id.Value },
            transaction);
        return [.. rows.Select(row => Picture(connection, transaction, id, row)).ToList()];
    }

    /// <summary>The sealed bytes of a picture that the lead shows. The caller disposes of the stream.</summary>
    /// <returns>Null unless it was decoded, and its first bytes are those of a raster picture: nothing else is handed to a browser.</returns>
    /// <exception cref="EvidenceException">They are missing or altered.</exception>
    public OpenedPicture? Open(LeadId id, string digest)
    {
        using var connection = database.Open();
        var length = connection.ExecuteScalar<long?>(
            """
            SELECT capture.length_bytes FROM lead JOIN listing_picture USING (listing_id) JOIN capture ON capture.id = listing_picture.capture_id
            WHERE lead.listing_id = @id AND capture.digest = @digest AND listing_picture.state IN ('done', 'plain') LIMIT 1
            """,
            new { id = id.Value, digest });
        if (length is null or > PictureReader.MostBytes)
        {
            return null;
        }

        var stream = evidence.OpenRead(new Digest(digest));
        Span<byte> first = stackalloc byte[PictureReader.FirstBytes];
        var kind = PictureReader.ContentTypeOf(first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]);
        if (kind is null || stream.Length > PictureReader.MostBytes)
        {
            stream.Dispose();
            return null;
        }

        stream.Position = 0;
        return new OpenedPicture(stream, kind);
    }

    private static LeadPicture Picture(SqliteConnection connection, SqliteTransaction transaction, LeadId id, PictureRow row)
    {
        var same = row.Digest is null ? [] : Same(connection, transaction, id, row);
        return new LeadPicture(
            row.Url,
            row.State,
            row.Reason,
            row.Digest,
            StoredTime.TryParse(row.CapturedAt),
            same is [var first, ..] ? (int)first.Leads : 0,
            [.. same.Select(other => new SamePictureLead(
                LeadId.Parse(other.Id), other.Title, other.Platform, other.Seller, StoredName.Parse<LeadState>(other.State), other.IsSame != 0 ? null : other.Likeness))]);
    }

    /// <summary>Leads whose pictures have the same bytes, and leads whose pictures are near by their prints.</summary>
    private static List<SameRow> Same(SqliteConnection connection, SqliteTransaction transaction, LeadId id, PictureRow row) => connection.Query<SameRow>(
        """
        SELECT lead.listing_id AS id, listing_version.title, listing.platform, listing_version.seller, lead.state,
               max(found.is_same) AS is_same, max(found.likeness) AS likeness, count(*) OVER () AS leads
        FROM (
            SELECT other.listing_id, 1 AS is_same, 1.0 AS likeness
            FROM capture JOIN listing_picture AS other ON other.capture_id = capture.id WHERE capture.digest = @Digest
            UNION ALL
            SELECT listing_id, 0, 1.0 FROM operator_mark WHERE kind = @Kind AND value = @print
            UNION ALL
            SELECT operator_mark.listing_id, 0, picture_pair.likeness
            FROM picture_pair JOIN operator_mark ON operator_mark.kind = @Kind AND operator_mark.value = picture_pair.other WHERE picture_pair.digest = @print
        ) AS found
        JOIN lead ON lead.listing_id = found.listing_id
        JOIN listing ON listing.id = lead.listing_id
        JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
        WHERE lead.listing_id <> @id
        GROUP BY lead.listing_id
        ORDER BY max(found.is_same) DESC, max(found.likeness) DESC, lead.listing_id
        LIMIT @MostLeads
        """,
        new { row.Digest, Kind = MarkKind.Image, print = row.Print is { } print ? PicturePrint.FromBytes(print).Digest : null, id = id.Value, MostLeads },
        transaction).AsList();

    private sealed record PictureRow
    {
        public required string Url { get; init; }

        public required string State { get; init; }

        public string? Reason { get; init; }

        public string? Digest { get; init; }

        public string? CapturedAt { get; init; }

        public byte[]? Print { get; init; }
    }

    private sealed record SameRow
    {
        public required string Id { get; init; }

        public string? Title { get; init; }

        public string? Platform { get; init; }

        public string? Seller { get; init; }

        public required string State { get; init; }

        public long IsSame { get; init; }

        public double Likeness { get; init; }

        public long Leads { get; init; }
    }
}

/// <summary>A sealed picture, checked against its digest.</summary>
/// <param name="ContentType">As its first bytes say, whatever the server said that sent it.</param>
public sealed record OpenedPicture(Stream Bytes, string ContentType);
