using System.Globalization;
using Surveillance.DemoMarket.Listings;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket.Search;

/// <summary>One page of a search: its hits, the ads between them, and where it stands in the whole.</summary>
/// <param name="Page">From 1; may lie beyond the last, then without hits.</param>
/// <param name="Ads">Three where there are hits, else none.</param>
internal sealed record HitList(
    string Query,
    int Page,
    int Total,
    IReadOnlyList<MarketListing> Hits,
    IReadOnlyList<MarketListing> Ads,
    IReadOnlyList<MarketListing> Guesses)
{
    public const int PageSize = 20;

    public const int AdsPerPage = 3;

    private const int GuessCount = 4;

    public int PageCount => (Total + PageSize - 1) / PageSize;

    /// <param name="page">As asked; anything but a positive number means the first.</param>
    public static HitList Of(MarketStock stock, string? query, string? page)
    {
        var keyword = query?.Trim() ?? "";
        var number = PageNumber(page);
        var all = stock.Search(keyword);
        var hits = all.Skip((int)Math.Min((number - 1L) * PageSize, all.Count)).Take(PageSize).ToList();
        return new(keyword, number, all.Count, hits, hits.Count == 0 ? [] : Turn(stock.Ads(), number * AdsPerPage, AdsPerPage), GuessesOf(stock, number));
    }

    public static int PageNumber(string? page) =>
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;

    /// <summary>What the sidebar shows beside the given page.</summary>
    public static IReadOnlyList<MarketListing> GuessesOf(MarketStock stock, int number) => Turn(stock.Search(""), number * 37, GuessCount);

    /// <summary>Hits and ads in the order shown: the ads stand first, eighth and last.</summary>
    public IEnumerable<MarketListing> InPlace()
    {
        var ads = new Queue<MarketListing>(Ads);
        for (var place = 0; place < Hits.Count; place++)
        {
            if (place is 0 or 7 && ads.TryDequeue(out var ad))
            {
                yield return ad;
            }
            yield return Hits[place];
        }
        foreach (var ad in ads)
        {
            yield return ad;
        }
    }

    // A different stretch for each page, around the end to the beginning.
    private static List<MarketListing> Turn(IReadOnlyList<MarketListing> listings, int from, int count) =>
        [.. Enumerable.Range(0, Math.Min(count, listings.Count)).Select(offset => listings[(int)(((uint)from + (uint)offset) % (uint)listings.Count)])];
}
