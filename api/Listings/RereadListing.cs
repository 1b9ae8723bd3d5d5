using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Listings;

/// <summary>Files what a capture says when it is read again, inside the caller's transaction.</summary>
/// <remarks>
/// The same capture read better is neither a new sighting nor a change: it completes the version that was read from it, and alters nothing that
/// stands there. What was overlooked is filed as seen when the capture was made. What is no longer read stays: a person may have decided on it.
/// </remarks>
internal sealed class RereadListing(ListingStore listings)
{
    /// <param name="sighting">Of the capture; its number is needed.</param>
    public RereadAs File(SqliteConnection connection, SqliteTransaction transaction, AssessedListing read, Sighting sighting)
    {
        var listing = read.Listing;
        if (VersionOf(connection, listing, sighting) is { } version)
        {
            return Complete(connection, version, listing) ? RereadAs.Completed : RereadAs.Known;
        }

        // Without a name of its own a listing is known by its wording, and another reading of the wording would be another listing.
        if (listing.Id is null or "" && CanonicalUrl.TryOf(listing.Url) is null)
        {
            return RereadAs.Known;
        }

        return listings.File(connection, transaction, read, sighting).As == FiledAs.Unchanged ? RereadAs.Known : RereadAs.Found;
    }

    /// <summary>The version that was read from the capture before, under today's identity or, where that was not known then, at the same address.</summary>
    private static StoredVersion? VersionOf(SqliteConnection connection, Listing listing, Sighting sighting) => Prepared.Query(
        connection,
        """
        SELECT listing_version.listing_id, listing_version.version, body FROM sighting JOIN listing_version USING (listing_id, version)
        WHERE listing_id IN (SELECT ?1 UNION SELECT id FROM listing WHERE page = ?2) AND capture_id = ?3
        ORDER BY listing_id = ?1 DESC, version DESC LIMIT 1
        """,
        row => new StoredVersion(row.Text(0)!, (int)row.Number(1), row.Text(2)!),
        ListingIdentity.Of(listing, sighting.SourceId).Id,
        CanonicalUrl.TryOf(listing.Url),
        sighting.CaptureId) is [var version, ..] ? version : null;

    private static bool Complete(SqliteConnection connection, StoredVersion version, Listing read)
    {
        var known = JsonSerializer.Deserialize<Listing>(version.Body, ContractJson.Options)!;
        var whole = Whole(known, read);
        var body = JsonSerializer.Serialize(whole, ContractJson.Options);
        if (body == version.Body)
        {
            return false;
        }

        Prepared.Execute(
            connection,
            "UPDATE listing_version SET content = ?3, title = ?4, text = ?5, price = ?6, seller = ?7, location = ?8, body = ?9 WHERE listing_id = ?1 AND version = ?2",
            version.ListingId, version.Version, ListingStore.ContentDigest(whole), whole.Title, whole.Text, (double?)whole.Price, whole.Seller, whole.Location, body);
        OperatorGrouping.Note(connection, version.ListingId);
        return true;
    }

    private static Listing Whole(Listing known, Listing read) => known with
    {
        Title = Longer(known.Title, read.Title),
        Text = Longer(known.Text, read.Text),
        Price = known.Price ?? read.Price,
        PriceMax = known.Price is null ? read.PriceMax : known.PriceMax,
        PriceText = known.PriceText ?? (known.Price is null ? read.PriceText : null),
        Currency = known.Currency ?? read.Currency,
        Seller = known.Seller ?? read.Seller,
        Location = known.Location ?? read.Location,
        Url = known.Url ?? read.Url,
        Images = known.Images.Count > 0 ? known.Images : read.Images,
        Contacts = known.Contacts.Count > 0 ? known.Contacts : read.Contacts,
    };

    /// <summary>What is known, unless what was read goes on where it breaks off.</summary>
    private static string? Longer(string? known, string? read) =>
        known is not { Length: > 0 } ? read ?? known
        : read is not null && read.StartsWith(known.TrimEnd('.', '…', ' '), StringComparison.Ordinal) && read.Length > known.Length ? read
        : known;

    private sealed record StoredVersion(string ListingId, int Version, string Body);
}

/// <summary>What reading a capture again did for one listing.</summary>
internal enum RereadAs
{
    /// <summary>Nothing new.</summary>
    Known,

    /// <summary>The version that was read from the capture says more now.</summary>
    Completed,

    /// <summary>It had been overlooked.</summary>
    Found,
}
