using System.Globalization;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Stock;

/// <summary>What is on the shelves today: search, removal, and the return of what was removed.</summary>
/// <remarks>
/// Thread safe. A removed listing comes back after <see cref="DaysUntilReturn"/> days under a new id, with a slightly changed title and the same
/// contact, as sellers do. Days pass with the clock and through <see cref="MoveOn"/>.
/// </remarks>
public sealed class MarketStock
{
    public const int DaysUntilReturn = 2;

    private static readonly TimeSpan ShanghaiOffset = TimeSpan.FromHours(8);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly SortedDictionary<string, MarketListing> _shown;
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly List<(DateOnly Day, MarketListing Listing)> _returning = [];
    private int _daysAhead;

    public MarketStock(IEnumerable<MarketListing> listings, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _shown = new(listings.ToDictionary(listing => listing.Id), StringComparer.Ordinal);
    }

    /// <summary>The market's day in Asia/Shanghai.</summary>
    public DateOnly Today
    {
        get
        {
            lock (_lock)
            {
                return Today_NeedsLock();
            }
        }
    }

    /// <summary>The listings whose title or text contains the query, ads left out, sorted by id; all of them for an empty query.</summary>
    public IReadOnlyList<MarketListing> Search(string query)
    {
        lock (_lock)
        {
            PutBackDue_NeedsLock();
            return [.. _shown.Values.Where(listing => !listing.IsAd && Matches(listing, query))];
        }
    }

    /// <summary>The paid listings that still run, sorted by id.</summary>
    public IReadOnlyList<MarketListing> Ads()
    {
        lock (_lock)
        {
            PutBackDue_NeedsLock();
            return [.. _shown.Values.Where(listing => listing.IsAd)];
        }
    }

    public ShelfPlace Find(string id)
    {
        lock (_lock)
        {
            PutBackDue_NeedsLock();
            return _shown.TryGetValue(id, out var listing) ? new ShelfPlace.Shown(listing)
                : _removed.Contains(id) ? new ShelfPlace.Removed()
                : new ShelfPlace.Unknown();
        }
    }

    /// <summary>Removes a listing; false where no such listing is shown.</summary>
    public bool TakeDown(string id)
    {
        lock (_lock)
        {
            PutBackDue_NeedsLock();
            if (!_shown.Remove(id, out var listing))
            {
                return false;
            }
            _removed.Add(id);
            _returning.Add((Today_NeedsLock().AddDays(DaysUntilReturn), listing));
            return true;
        }
    }

    /// <summary>Lets days pass at once and says which day it is then.</summary>
    /// <param name="days">At least 1, at most 3,650.</param>
    public DateOnly MoveOn(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 3650);
        lock (_lock)
        {
            _daysAhead += days;
            PutBackDue_NeedsLock();
            return Today_NeedsLock();
        }
    }

    private static bool Matches(MarketListing listing, string query) =>
        listing.Title.Contains(query, StringComparison.OrdinalIgnoreCase) || listing.Text.Contains(query, StringComparison.OrdinalIgnoreCase);

    private DateOnly Today_NeedsLock() =>
        DateOnly.FromDateTime(_timeProvider.GetUtcNow().ToOffset(ShanghaiOffset).DateTime).AddDays(_daysAhead);

    private void PutBackDue_NeedsLock()
    {
        var today = Today_NeedsLock();
        foreach (var (day, listing) in _returning.Where(entry => entry.Day <= today).ToList())
        {
            _returning.Remove((day, listing));
            var id = NewId_NeedsLock(listing.Id);
            _shown.Add(id, listing with { Id = id, Title = Disguise(listing), Published = day });
        }
    }

    // Not beside the old id, so that nothing but title and contact leads from one to the other.
    private string NewId_NeedsLock(string oldId)
    {
        var number = long.Parse(oldId, CultureInfo.InvariantCulture) * 7 % 100_000_000_000;
        string id;
        do
        {
            number++;
            id = (900_000_000_000 + number).ToString(CultureInfo.InvariantCulture);
        }
        while (_shown.ContainsKey(id) || _removed.Contains(id));
        return id;
    }

    private static string Disguise(MarketListing listing) => (listing.Id[^1] % 4) switch
    {
        0 => listing.Title + " 新链接",
        1 => "【老店】" + listing.Title,
        2 => listing.Title.Insert(2, "·"),
        _ => listing.Title + "～",
    };
}
