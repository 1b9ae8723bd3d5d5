using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Listings;

/// <summary>Files listings with their sightings, versions and assessments, inside the caller's transaction.</summary>
public sealed class ListingStore(TextClassifier classifier, TimeProvider time)
{
    /// <summary>Pages of one run are committed in another order than they were captured in; within so long neither is the older one.</summary>
    private static readonly TimeSpan Simultaneous = TimeSpan.FromMinutes(10);

    /// <summary>Files one listing as seen. Seeing the same from the same origin again, as observed on the same day, changes nothing.</summary>
    /// <remarks>
    /// What a sighting leaves out is kept as last known. The excerpt on a list page never replaces the full text, and the full text completes
    /// the version that only an excerpt was known of, so that a list and a detail page of one item don't look like changes. A sighting older than
    /// the newest one is kept, but does not become the current version.
    /// </remarks>
    public FiledListing File(SqliteConnection connection, SqliteTransaction transaction, AssessedListing assessed, Sighting sighting)
    {
        var identity = ListingIdentity.Of(assessed.Listing, sighting.SourceId);
        var known = Known(connection, transaction, identity.Id);
        var listing = known is null ? assessed.Listing : Merge(known, assessed.Listing, sighting);
        var content = ContentDigest(listing);
        var row = Row(identity, listing, content, sighting);
        if (known is not null && IsKnownSighting(connection, transaction, row))
        {
            return new FiledListing(identity.Id, FiledAs.Unchanged);
        }

        var isChanged = known is null || known.Content != content;
        var isCurrent = known is null || sighting.SeenAt + Simultaneous >= StoredTime.Parse(known.LastSeen);
        var completes = isChanged && isCurrent && known is not null && Completes(known, listing, sighting);
        var version = isChanged && !completes ? (known?.NewestVersion ?? 0) + 1 : known!.Version;
        row = row with { Version = version, CurrentVersion = isCurrent || known is null ? version : known.Version };
        connection.Execute(UpsertListing, row, transaction);
        connection.Execute((completes ? CompleteVersion : isChanged ? InsertVersion : "") + InsertSighting, row, transaction);
        if (isChanged || known!.IsGone)
        {
            OperatorGrouping.Note(connection, transaction, identity.Id);
        }

        if (isCurrent)
        {
            var assessment = ReferenceEquals(listing, assessed.Listing) ? assessed.Assessment : classifier.Classify(listing, sighting.Day);
            AssessmentRows.Save(connection, transaction, new AssessedVersion(identity.Id, version, isChanged), assessment, time.GetUtcNow());
        }

        return new FiledListing(identity.Id, known is null ? FiledAs.New : isChanged && !completes ? FiledAs.Changed : FiledAs.SeenAgain);
    }

    /// <summary>The whole of what was known from list pages only: the same offer, now with its text.</summary>
    private static bool Completes(KnownListing known, Listing listing, Sighting sighting) =>
        known.IsExcerpt && !sighting.IsExcerpt && known.Listing.Price == listing.Price && (known.Listing.PriceMax ?? listing.PriceMax) == listing.PriceMax
        && listing.Title?.StartsWith(WithoutEllipsis(known.Listing.Title ?? ""), StringComparison.Ordinal) == true;

    private static KnownListing? Known(SqliteConnection connection, SqliteTransaction transaction, string id)
    {
        var row = connection.QuerySingleOrDefault<KnownRow>(
            """
            SELECT listing.version, (SELECT max(version) FROM listing_version WHERE listing_id = listing.id) AS newest_version,
                   content, last_seen, gone_at IS NOT NULL AS is_gone, body, is_excerpt, listing_version.source_id
            FROM listing JOIN listing_version ON listing_id = listing.id AND listing_version.version = listing.version
            WHERE listing.id = @id
            """,
            new { id },
            transaction);
        return row is null
            ? null
            : new KnownListing(
                row.Version,
                row.NewestVersion,
                row.Content,
                row.LastSeen,
                JsonSerializer.Deserialize<Listing>(row.Body, ContractJson.Options)!,
                row.IsExcerpt,
                row.SourceId,
                row.IsGone);
    }

    private static Listing Merge(KnownListing version, Listing seen, Sighting sighting)
    {
        var known = version.Listing;
        var merged = seen with
        {
            Title = sighting.IsExcerpt ? KeepLonger(known.Title, seen.Title) : seen.Title ?? known.Title,
            Text = !sighting.IsExcerpt ? seen.Text ?? known.Text
                // Another source's list page shows another part of the same text; only the same one's tells of a change.
                : !version.IsExcerpt || version.SourceId != sighting.SourceId ? known.Text ?? seen.Text
                : KeepLonger(known.Text, seen.Text),
            Price = seen.Price ?? known.Price,
            PriceMax = seen.Price is null || (sighting.IsExcerpt && seen.Price == known.Price) ? seen.PriceMax ?? known.PriceMax : seen.PriceMax,
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

    /// <summary>What is known, where what was seen is missing or a part of it.</summary>
    private static string? KeepLonger(string? known, string? seen) =>
        seen is null || (known is not null && known.Contains(WithoutEllipsis(seen), StringComparison.Ordinal)) ? known : seen;

    private static string WithoutEllipsis(string text) => text.TrimEnd('.', '…', ' ');

    /// <summary>A changed title, text or price makes a new version (DESIGN section 5). As doubles, 39 and 39.00 are one price.</summary>
    private static string ContentDigest(Listing listing)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new object?[] { listing.Title, listing.Text, (double?)listing.Price, (double?)listing.PriceMax });
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static ListingRow Row(ListingIdentity identity, Listing listing, string content, Sighting sighting) => new()
    {
        Id = identity.Id,
        Key = identity.Key,
        Platform = listing.Platform,
        ItemId = listing.Id,
        Url = listing.Url,
        Page = CanonicalUrl.TryOf(listing.Url),
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
        IsExcerpt = sighting.IsExcerpt,
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
        INSERT INTO listing (id, key, platform, item_id, url, page, kind, source_id, version, first_seen, last_seen)
        VALUES (@Id, @Key, @Platform, @ItemId, @Url, @Page, @Kind, @SourceId, @CurrentVersion, @SeenAt, @SeenAt)
        ON CONFLICT (id) DO UPDATE SET
            version = excluded.version,
            url = coalesce(url, excluded.url),
            page = coalesce(excluded.page, page),
            first_seen = min(first_seen, excluded.first_seen),
            last_seen = max(last_seen, excluded.last_seen);
        """;

    private const string InsertVersion =
        """
        INSERT INTO listing_version (listing_id, version, content, title, text, price, seller, location, body, seen_at, is_excerpt, source_id)
        VALUES (@Id, @Version, @Content, @Title, @Text, @Price, @Seller, @Location, @Body, @SeenAt, @IsExcerpt, @SourceId);
        """;

    private const string CompleteVersion =
        """
        UPDATE listing_version SET content = @Content, title = @Title, text = @Text, seller = @Seller, location = @Location, body = @Body, is_excerpt = 0
        WHERE listing_id = @Id AND version = @Version;
        """;

    private const string InsertSighting =
        """
        INSERT INTO sighting (listing_id, version, origin, observed, seen_at, capture_id, run_id)
        VALUES (@Id, @Version, @Origin, @Observed, @SeenAt, @CaptureId, @RunId);
        """;

    private sealed record KnownListing(
        int Version, int NewestVersion, string Content, string LastSeen, Listing Listing, bool IsExcerpt, string SourceId, bool IsGone);

    private sealed record KnownRow
    {
        public int Version { get; init; }

        public int NewestVersion { get; init; }

        public required string Content { get; init; }

        public required string LastSeen { get; init; }

        public required string Body { get; init; }

        public bool IsExcerpt { get; init; }

        public required string SourceId { get; init; }

        public bool IsGone { get; init; }
    }

    private sealed record ListingRow
    {
        public required string Id { get; init; }

        public required string Key { get; init; }

        public string? Platform { get; init; }

        public string? ItemId { get; init; }

        public string? Url { get; init; }

        public string? Page { get; init; }

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

        public bool IsExcerpt { get; init; }
    }
}
