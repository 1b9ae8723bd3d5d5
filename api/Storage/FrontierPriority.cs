using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>How promising the pages are to which one page leads: items and sellers that yielded findings come first.</summary>
/// <param name="filed">Listings of the page, by canonical address, as they were filed.</param>
internal sealed class FrontierPriority(SqliteConnection connection, IReadOnlyDictionary<string, PromisingListing> filed)
{
    /// <summary>An item or a page that yielded findings itself.</summary>
    public const int Most = 3;

    private const int KnownSeller = 2;

    private readonly Dictionary<string, bool> _sellers = new(StringComparer.Ordinal);

    public int Of(FrontierEntry entry) =>
        !filed.TryGetValue(entry.Url, out var listing) ? 0
        : IsFound(listing.Id) ? Most
        : listing.Seller is { Length: > 0 } seller && SellerIsFound(seller, listing.Platform) ? KnownSeller
        : 0;

    /// <summary>What an officer rejected is no finding.</summary>
    private bool IsFound(string listingId) =>
        Prepared.Number(
            connection,
            """
            SELECT count(*) FROM assessment LEFT JOIN lead USING (listing_id)
            WHERE listing_id = ?1 AND decision <> 'clear' AND coalesce(lead.state, 'new') <> 'rejected'
            """,
            listingId) > 0;

    private bool SellerIsFound(string seller, string? platform)
    {
        if (!_sellers.TryGetValue(seller, out var found))
        {
            found = _sellers[seller] = Prepared.Number(
                connection,
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM listing_version
                    JOIN listing ON listing.id = listing_version.listing_id
                    JOIN assessment ON assessment.listing_id = listing.id
                    LEFT JOIN lead ON lead.listing_id = listing.id
                    WHERE listing_version.seller = ?1 AND listing_version.is_lead = 1 AND listing.platform IS ?2
                      AND decision <> 'clear' AND coalesce(lead.state, 'new') <> 'rejected'
                    LIMIT 1)
                """,
                seller,
                platform) > 0;
        }

        return found;
    }
}

/// <summary>What tells how promising a listing's own page is.</summary>
/// <param name="Id">Under which the listing is known.</param>
internal sealed record PromisingListing(string Id, string? Seller, string? Platform);
