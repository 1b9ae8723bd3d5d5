using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction;

/// <summary>How much a list looks like offers rather than menus, filters or comments.</summary>
internal static class ListingQuality
{
    private const int FullTitle = 24;

    /// <summary>Grows with the number of listings and with what each says; 0 for lists of nothing but short names.</summary>
    public static double Of(IReadOnlyList<Listing> listings)
    {
        if (listings.Count == 0)
        {
            return 0;
        }

        var titles = listings.Select(listing => listing.Title).Distinct(StringComparer.Ordinal).Count();
        return listings.Sum(Of) * titles / listings.Count;
    }

    private static double Of(Listing listing)
    {
        var title = Math.Min(listing.Title?.Length ?? 0, FullTitle) / (double)FullTitle;
        var said = (listing.Price is null ? 0 : 0.7)
            + (listing.Url is null ? 0 : 0.5)
            + (listing.Seller is null ? 0 : 0.3)
            + (listing.Id is null ? 0 : 0.3)
            + (listing.Images.Count == 0 ? 0 : 0.3)
            + Math.Min(listing.Text?.Length ?? 0, 120) / 240.0;
        return title * (said + 0.1);
    }
}
