using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Pictures;

namespace Surveillance.Api.Pictures;

/// <summary>Keeps listings' pictures in the record store. Thread safe.</summary>
public sealed class PictureStore(Database database, TimeProvider time) : IPictureStore
{
    private const int MostAttempts = 3;

    public Task<IReadOnlyList<WantedPicture>> WantedAsync(PictureWish wish, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Write((connection, transaction) =>
        {
            var unseen = Unseen(connection, transaction, wish);
            var left = LeftOf(connection, transaction, wish);
            return (IReadOnlyList<WantedPicture>)[.. unseen
                .Where(picture => !Adopt(connection, transaction, picture))
                .GroupBy(picture => picture.Url, StringComparer.Ordinal)
                .Take(Math.Max(0, left))
                .Select(same => new WantedPicture(same.Key, [.. same.Select(picture => picture.ListingId)]))];
        }));
    }

    public Task CommitAsync(PictureRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.Write((connection, _) =>
        {
            var captureId = record.Capture is { } capture
                ? CaptureRows.Insert(connection, capture, content: null, record.SourceId, record.RunId)
                : (long?)null;
            foreach (var listingId in record.Picture.ListingIds)
            {
                Keep(connection, record, listingId, captureId);
            }

            if (record is { RunId: not null, Asked: true })
            {
                SourceStates.CountRequest(connection, record.SourceId, time.GetUtcNow());
            }

            return true;
        });
        return Task.CompletedTask;
    }

    /// <summary>Notes pictures of an imported listing that lie beside the imported file, to be looked at when it has been read.</summary>
    internal static void Note(SqliteConnection connection, string sourceId, string listingId, Listing listing)
    {
        foreach (var path in listing.Images.Where(image => !image.Contains("://", StringComparison.Ordinal)))
        {
            Prepared.Execute(
                connection,
                """
                INSERT INTO listing_picture (listing_id, url, source_id, state, attempts) VALUES (?1, ?2, ?3, 'wanted', 0)
                ON CONFLICT (listing_id, url) DO UPDATE SET state = 'wanted' WHERE state = 'failed'
                """,
                listingId,
                path,
                sourceId);
        }
    }

    /// <summary>What <see cref="Note"/> left to be looked at.</summary>
    internal IReadOnlyList<WantedPicture> Noted(string sourceId)
    {
        using var connection = database.Open();
        return [.. connection.Query<UnseenPicture>(
                "SELECT listing_id, url FROM listing_picture WHERE source_id = @sourceId AND state = 'wanted' ORDER BY url, listing_id", new { sourceId })
            .GroupBy(picture => picture.Url, StringComparer.Ordinal)
            .Select(same => new WantedPicture(same.Key, [.. same.Select(picture => picture.ListingId)]))];
    }

    private static List<UnseenPicture> Unseen(SqliteConnection connection, SqliteTransaction transaction, PictureWish wish) => connection.Query<UnseenPicture>(
        """
        SELECT listing.id AS listing_id, image.value AS url, listing.source_id
        FROM (SELECT DISTINCT listing_id FROM sighting WHERE run_id = @RunId) AS seen
        JOIN assessment ON assessment.listing_id = seen.listing_id AND decision <> 'clear'
        JOIN listing ON listing.id = seen.listing_id
        JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
        JOIN json_each(listing_version.body, '$.images') AS image ON image.key < @MostPerListing AND (image.value LIKE 'http://%' OR image.value LIKE 'https://%')
        WHERE NOT EXISTS (
            SELECT 1 FROM listing_picture AS known WHERE known.listing_id = listing.id AND known.url = image.value
              AND (known.state <> 'failed' OR known.attempts >= @MostAttempts OR known.run_id = @RunId))
        ORDER BY risk DESC, listing.id, image.key
        """,
        new { wish.RunId, wish.MostPerListing, MostAttempts },
        transaction).AsList();

    private int LeftOf(SqliteConnection connection, SqliteTransaction transaction, PictureWish wish)
    {
        var asked = connection.ExecuteScalar<int>("SELECT count(DISTINCT url) FROM listing_picture WHERE run_id = @RunId", new { wish.RunId }, transaction);
        var today = SourceStates.AskedOn(connection, transaction, wish.SourceId, StoredTime.DayOf(time.GetUtcNow()));
        return Math.Min(wish.Most - asked, wish.MostPerDay is { } most ? most - today : int.MaxValue);
    }

    /// <summary>A picture that another listing showed at the same address is the same picture, without asking for it again.</summary>
    private static bool Adopt(SqliteConnection connection, SqliteTransaction transaction, UnseenPicture picture)
    {
        var adopted = connection.Execute(
            """
            INSERT OR REPLACE INTO listing_picture (listing_id, url, source_id, state, reason, attempts, capture_id, run_id, print)
            SELECT @ListingId, url, source_id, state, reason, 0, capture_id, NULL, print FROM listing_picture
            WHERE url = @Url AND capture_id IS NOT NULL ORDER BY capture_id DESC LIMIT 1
            """,
            picture,
            transaction) > 0;
        if (adopted)
        {
            OperatorGrouping.Note(connection, picture.ListingId);
        }

        return adopted;
    }

    private static void Keep(SqliteConnection connection, PictureRecord record, string listingId, long? captureId)
    {
        Prepared.Execute(
            connection,
            """
            INSERT INTO listing_picture (listing_id, url, source_id, state, reason, attempts, capture_id, run_id, print) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8)
            ON CONFLICT (listing_id, url) DO UPDATE SET
                state = excluded.state, reason = excluded.reason, attempts = attempts + 1, capture_id = excluded.capture_id, run_id = excluded.run_id, print = excluded.print
            """,
            listingId,
            record.Picture.Url,
            record.SourceId,
            CrawlStore.Name(record.State),
            record.Reason,
            captureId,
            record.RunId,
            record.Print?.ToBytes());
        if (record.Print is not null)
        {
            OperatorGrouping.Note(connection, listingId);
        }
    }

    private sealed record UnseenPicture
    {
        public required string ListingId { get; init; }

        public required string Url { get; init; }
    }
}
