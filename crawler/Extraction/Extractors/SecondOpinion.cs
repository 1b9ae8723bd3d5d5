using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Fills in what one way of reading a list left open from what another read of the same listings.</summary>
internal static class SecondOpinion
{
    /// <param name="listings">As the preferred way read them.</param>
    /// <param name="others">What the other ways found, of the same page.</param>
    public static IReadOnlyList<Listing> Completed(IReadOnlyList<Listing> listings, IReadOnlyList<Listing> others)
    {
        if (others.Count == 0 || !listings.Any(LeavesOpen))
        {
            return listings;
        }

        var byTitle = others.Where(other => other.Title is not null).GroupBy(other => Plain(other.Title!), StringComparer.Ordinal)
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        return [.. listings.Select(listing => listing.Title is { } title && byTitle.TryGetValue(Plain(title), out var other) && !Contradict(listing, other) ? Completed(listing, other) : listing)];
    }

    private static bool LeavesOpen(Listing listing) => listing.Seller is null || listing.Price is null || listing.Location is null || listing.Url is null;

    /// <summary>Two offers under one title.</summary>
    private static bool Contradict(Listing listing, Listing other) => listing.Url is { } url && other.Url is { } address && url != address && listing.Price != other.Price;

    private static Listing Completed(Listing listing, Listing other) => listing with
    {
        Kind = other.Kind == ListingKind.Ad ? ListingKind.Ad : listing.Kind,
        Price = listing.Price ?? other.Price,
        PriceMax = listing.Price is null ? other.PriceMax : listing.PriceMax,
        PriceText = listing.Price is null ? other.PriceText : listing.PriceText,
        Currency = listing.Price is null ? other.Currency : listing.Currency,
        Seller = listing.Seller ?? other.Seller,
        Location = listing.Location ?? other.Location,
        Url = listing.Url ?? other.Url,
        Id = listing.Id ?? other.Id,
        Text = listing.Text ?? other.Text,
        Images = listing.Images.Count > 0 ? listing.Images : other.Images,
        Contacts = listing.Contacts.Count > 0 ? listing.Contacts : other.Contacts,
    };

    private static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit));
}
