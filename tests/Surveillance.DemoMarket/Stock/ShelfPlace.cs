using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Stock;

/// <summary>What the marketplace knows of an item id.</summary>
public abstract record ShelfPlace
{
    private ShelfPlace()
    {
    }

    public sealed record Shown(MarketListing Listing) : ShelfPlace;

    /// <summary>It was here and has been taken down.</summary>
    public sealed record Removed : ShelfPlace;

    /// <summary>There never was such an item.</summary>
    public sealed record Unknown : ShelfPlace;
}
