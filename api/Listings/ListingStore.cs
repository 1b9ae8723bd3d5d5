using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Search.Feeding;
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
        var known = Known(connection, identity.Id);
        var listing = known is null ? assessed.Listing : Merge(known, assessed.Listing, sighting);
        var content = ContentDigest(listing);
        var observed = listing.Observed is { } day ? StoredTime.Text(day) : "";
        if (known is not null && IsKnownSighting(connection, identity.Id, content, sighting.Origin, observed))
        {
            return new FiledListing(identity.Id, FiledAs.Unchanged);
        }

        var isChanged = known is null || known.Content != content;
        var isCurrent = known is null || sighting.SeenAt + Simultaneous >= StoredTime.Parse(known.LastSeen);
        var completes = isChanged && isCurrent && known is not null && Completes(known, listing, sighting);
        var version = isChanged && !completes ? (known?.NewestVersion ?? 0) + 1 : known!.Version;
        Upsert(connection, identity, listing, sighting, isCurrent || known is null ? version : known.Version);
        WriteVersion(connection, new VersionKey(identity.Id, version, content), listing, sighting, isNew: isChanged && !completes, completes);
        Prepared.Execute(
            connection, InsertSighting, identity.Id, version, sighting.Origin, observed, StoredTime.Of(sighting.SeenAt), sighting.CaptureId, sighting.RunId);
        if (isChanged || known!.IsGone)
        {
            OperatorGrouping.Note(connection, identity.Id);
        }

        if (isCurrent)
        {
            var assessment = ReferenceEquals(listing, assessed.Listing) ? assessed.Assessment : classifier.Classify(listing, sighting.Day);
            AssessmentRows.Save(connection, transaction, new AssessedVersion(identity.Id, version, isChanged) { IsNew = known is null }, assessment, time.GetUtcNow());
        }
        else
        {
            Outbox.Note(connection, identity.Id, time.GetUtcNow());
        }

        return new FiledListing(identity.Id, known is null ? FiledAs.New : isChanged && !completes ? FiledAs.Changed : FiledAs.SeenAgain);
    }

    /// <summary>The whole of what was known from list pages only: the same offer, now with its text.</summary>
    private static bool Completes(KnownListing known, Listing listing, Sighting sighting) =>
        known.IsExcerpt && !sighting.IsExcerpt && known.Listing.Price == listing.Price && (known.Listing.PriceMax ?? listing.PriceMax) == listing.PriceMax
        && listing.Title?.StartsWith(WithoutEllipsis(known.Listing.Title ?? ""), StringComparison.Ordinal) == true;

    private static KnownListing? Known(SqliteConnection connection, string id) =>
        Prepared.Query(
            connection,
            """
            SELECT listing.version, (SELECT max(version) FROM listing_version WHERE listing_id = listing.id),
                   content, last_seen, body, is_excerpt, listing_version.source_id, gone_at IS NOT NULL
            FROM listing JOIN listing_version ON listing_id = listing.id AND listing_version.version = listing.version
            WHERE listing.id = ?1
            """,
            row => new KnownListing(
                (int)row.Number(0),
                (int)row.Number(1),
                row.Text(2)!,
                row.Text(3)!,
                JsonSerializer.Deserialize<Listing>(row.Text(4)!, ContractJson.Options)!,
                row.Number(5) == 1,
                row.Text(6)!,
                row.Number(7) == 1),
            id) is [var known] ? known : null;

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

    private static bool IsKnownSighting(SqliteConnection connection, string id, string content, string origin, string observed) =>
        Prepared.Number(
            connection,
            """
            SELECT count(*) FROM sighting JOIN listing_version USING (listing_id, version)
            WHERE listing_id = ?1 AND content = ?2 AND origin = ?3 AND observed = ?4
            """,
            id,
            content,
            origin,
            observed) > 0;

    private static void Upsert(SqliteConnection connection, ListingIdentity identity, Listing listing, Sighting sighting, int currentVersion) =>
        Prepared.Execute(
            connection,
            """
            INSERT INTO listing (id, key, platform, item_id, url, page, kind, source_id, version, first_seen, last_seen)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
            ON CONFLICT (id) DO UPDATE SET
                version = excluded.version,
                url = coalesce(url, excluded.url),
                page = coalesce(excluded.page, page),
                first_seen = min(first_seen, excluded.first_seen),
                last_seen = max(last_seen, excluded.last_seen)
            """,
            identity.Id,
            identity.Key,
            listing.Platform,
            listing.Id,
            listing.Url,
            CanonicalUrl.TryOf(listing.Url),
            listing.Kind.ToString().ToLowerInvariant(),
            sighting.SourceId,
            currentVersion,
            StoredTime.Of(sighting.SeenAt));

    private static void WriteVersion(SqliteConnection connection, VersionKey key, Listing listing, Sighting sighting, bool isNew, bool completes)
    {
        if (isNew)
        {
            Prepared.Execute(
                connection, InsertVersion, key.ListingId, key.Version, key.Content, listing.Title, listing.Text, (double?)listing.Price, listing.Seller,
                listing.Location, JsonSerializer.Serialize(listing, ContractJson.Options), StoredTime.Of(sighting.SeenAt), sighting.IsExcerpt, sighting.SourceId);
        }
        else if (completes)
        {
            Prepared.Execute(
                connection, CompleteVersion, key.ListingId, key.Version, key.Content, listing.Title, listing.Text, listing.Seller, listing.Location,
                JsonSerializer.Serialize(listing, ContractJson.Options));
        }
    }

    private const string InsertVersion =
        """
        INSERT INTO listing_version (listing_id, version, content, title, text, price, seller, location, body, seen_at, is_excerpt, source_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """;

    private const string CompleteVersion =
        """
        UPDATE listing_version SET content = ?3, title = ?4, text = ?5, seller = ?6, location = ?7, body = ?8, is_excerpt = 0
        WHERE listing_id = ?1 AND version = ?2
        """;

    private const string InsertSighting =
        "INSERT INTO sighting (listing_id, version, origin, observed, seen_at, capture_id, run_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private sealed record VersionKey(string ListingId, int Version, string Content);

    private sealed record KnownListing(
        int Version, int NewestVersion, string Content, string LastSeen, Listing Listing, bool IsExcerpt, string SourceId, bool IsGone);
}
