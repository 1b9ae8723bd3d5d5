using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Listings;

/// <summary>Files listings with their sightings, versions and assessments, inside the caller's transaction.</summary>
public sealed class ListingStore(TextClassifier classifier)
{
    /// <summary>Files one listing as seen. Seeing the same from the same origin again, as observed on the same day, changes nothing.</summary>
    /// <remarks>
    /// What a sighting leaves out is kept as last known, and the excerpt on a list page never replaces the full text, so that a list and a
    /// detail page of one item don't look like changes. A sighting older than the newest one is kept, but does not become the current version.
    /// </remarks>
    public FiledListing File(SqliteConnection connection, SqliteTransaction transaction, AssessedListing assessed, Sighting sighting)
    {
        var identity = ListingIdentity.Of(assessed.Listing, sighting.SourceId);
        var known = Known(connection, transaction, identity.Id);
        var listing = known is null ? assessed.Listing : Merge(known.Listing, assessed.Listing, sighting.IsExcerpt);
        var content = ContentDigest(listing);
        var row = Row(identity, listing, content, sighting);
        if (known is not null && IsKnownSighting(connection, transaction, row))
        {
            return new FiledListing(identity.Id, FiledAs.Unchanged);
        }

        var isNewVersion = known is null || known.Content != content;
        var isCurrent = known is null || string.CompareOrdinal(row.SeenAt, known.LastSeen) >= 0;
        var version = isNewVersion ? (known?.NewestVersion ?? 0) + 1 : known!.Version;
        row = row with { Version = version, CurrentVersion = isCurrent || known is null ? version : known.Version };
        connection.Execute(UpsertListing, row, transaction);
        connection.Execute((isNewVersion ? InsertVersion : "") + InsertSighting, row, transaction);
        if (isCurrent)
        {
            var assessment = ReferenceEquals(listing, assessed.Listing) ? assessed.Assessment : classifier.Classify(listing, sighting.Day);
            AssessmentRows.Save(connection, transaction, new AssessedVersion(identity.Id, version, isNewVersion), assessment, sighting.SeenAt);
        }

        return new FiledListing(identity.Id, known is null ? FiledAs.New : isNewVersion ? FiledAs.Changed : FiledAs.SeenAgain);
    }

    private static KnownListing? Known(SqliteConnection connection, SqliteTransaction transaction, string id)
    {
        var row = connection.QuerySingleOrDefault<(long Version, long NewestVersion, string Content, string LastSeen, string Body)?>(
            """
            SELECT listing.version, (SELECT max(version) FROM listing_version WHERE listing_id = listing.id), content, last_seen, body
            FROM listing JOIN listing_version ON listing_id = listing.id AND listing_version.version = listing.version
            WHERE listing.id = @id
            """,
            new { id },
            transaction);
        return row is not { } known
            ? null
            : new KnownListing(
                (int)known.Version,
                (int)known.NewestVersion,
                known.Content,
                known.LastSeen,
                JsonSerializer.Deserialize<Listing>(known.Body, ContractJson.Options)!);
    }

    private static Listing Merge(Listing known, Listing seen, bool isExcerpt)
    {
        var merged = seen with
        {
            Title = Keep(known.Title, seen.Title, isExcerpt),
            Text = Keep(known.Text, seen.Text, isExcerpt),
            Price = seen.Price ?? known.Price,
            PriceMax = seen.Price is null ? known.PriceMax : seen.PriceMax,
            PriceText = seen.PriceText ?? known.PriceText,
            Currency = seen.Currency ?? known.Currency,
            Seller = seen.Seller ?? known.Seller,
            Location = seen.Location ?? known.Location,
            Url = seen.Url ?? known.Url,
            Publisher = seen.Publisher ?? known.Publisher,
            Images = seen.Images.Count > 0 ? seen.Images : known.Images,
            Contacts = seen.Contacts.Count > 0 ? seen.Contacts : known.Contacts,
        };
        return merged == seen ? seen : merged;
    }

    private static string? Keep(string? known, string? seen, bool isExcerpt)
    {
        if (seen is null || known is null)
        {
            return seen ?? known;
        }

        var excerpt = seen.TrimEnd('.', '…', ' ');
        return isExcerpt && known.Length > seen.Length && known.Contains(excerpt, StringComparison.Ordinal) ? known : seen;
    }

    /// <summary>A changed title, text or price makes a new version (DESIGN section 5).</summary>
    private static string ContentDigest(Listing listing)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new object?[] { listing.Title, listing.Text, listing.Price, listing.PriceMax });
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static ListingRow Row(ListingIdentity identity, Listing listing, string content, Sighting sighting) => new()
    {
        Id = identity.Id,
        Key = identity.Key,
        Platform = listing.Platform,
        ItemId = listing.Id,
        Url = listing.Url,
        Kind = listing.Kind.ToString().ToLowerInvariant(),
        SourceId = sighting.SourceId,
        SeenAt = StoredTime.Of(sighting.SeenAt),
        Origin = sighting.Origin,
        Observed = listing.Observed is { } day ? StoredTime.Text(day) : "",
        CaptureId = sighting.CaptureId,
        RunId = sighting.RunId,
        Content = content,
        Title = listing.Title,
        Text = listing.Text,
        Price = (double?)listing.Price,
        Seller = listing.Seller,
        Location = listing.Location,
        Body = JsonSerializer.Serialize(listing, ContractJson.Options),
    };

    private static bool IsKnownSighting(SqliteConnection connection, SqliteTransaction transaction, ListingRow row) =>
        connection.ExecuteScalar<long>(
            """
            SELECT count(*) FROM sighting JOIN listing_version USING (listing_id, version)
            WHERE listing_id = @Id AND content = @Content AND origin = @Origin AND observed = @Observed
            """,
            row,
            transaction) > 0;

    private const string UpsertListing =
        """
        INSERT INTO listing (id, key, platform, item_id, url, kind, source_id, version, first_seen, last_seen)
        VALUES (@Id, @Key, @Platform, @ItemId, @Url, @Kind, @SourceId, @CurrentVersion, @SeenAt, @SeenAt)
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version,
            url = coalesce(url, excluded.url),
            first_seen = min(first_seen, excluded.first_seen),
            last_seen = max(last_seen, excluded.last_seen);
        """;

    private const string InsertVersion =
        """
        INSERT INTO listing_version (listing_id, version, content, title, text, price, seller, location, body, seen_at)
        VALUES (@Id, @Version, @Content, @Title, @Text, @Price, @Seller, @Location, @Body, @SeenAt);
        """;

    private const string InsertSighting =
        """
        INSERT INTO sighting (listing_id, version, origin, observed, seen_at, capture_id, run_id)
        VALUES (@Id, @Version, @Origin, @Observed, @SeenAt, @CaptureId, @RunId);
        """;

    private sealed record KnownListing(int Version, int NewestVersion, string Content, string LastSeen, Listing Listing);

    private sealed record ListingRow
    {
        public required string Id { get; init; }

        public required string Key { get; init; }

        public string? Platform { get; init; }

        public string? ItemId { get; init; }

        public string? Url { get; init; }

        public required string Kind { get; init; }

        public required string SourceId { get; init; }

        public int Version { get; init; }

        public int CurrentVersion { get; init; }

        public required string SeenAt { get; init; }

        public required string Origin { get; init; }

        public required string Observed { get; init; }

        public long? CaptureId { get; init; }

        public long? RunId { get; init; }

        public required string Content { get; init; }

        public string? Title { get; init; }

        public string? Text { get; init; }

        public double? Price { get; init; }

        public string? Seller { get; init; }

        public string? Location { get; init; }

        public required string Body { get; init; }
    }
}
