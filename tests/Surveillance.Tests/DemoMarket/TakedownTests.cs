using System.Net;
using Surveillance.DemoMarket;
using Surveillance.DemoMarket.Listings;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.Tests.DemoMarket;

public sealed class TakedownTests : IAsyncLifetime
{
    private readonly RunningMarket _market = new();
    private readonly MarketListing _offer = ListingFiles.All.First(listing => listing is { Kind: "forgery", Contact: not null });

    public ValueTask InitializeAsync() => _market.InitializeAsync();

    public ValueTask DisposeAsync() => _market.DisposeAsync();

    [Fact]
    public async Task A_removed_item_says_so_with_status_200_and_is_no_longer_found()
    {
        using (var removal = await _market.PostAsync($"/control/takedown/{_offer.Id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, removal.StatusCode);
        }
        foreach (var path in (string[])[$"/item/{_offer.Id}", $"/item/{_offer.Id}?from=ad"])
        {
            using var response = await _market.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("商品已下架", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(_offer.Id, await _market.TextAsync(SearchForIt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_comes_back_after_two_days_under_another_id_with_the_same_contact()
    {
        (await _market.PostAsync($"/control/takedown/{_offer.Id}")).Dispose();
        (await _market.PostAsync("/control/day?n=1")).Dispose();
        Assert.Empty(RunningMarket.HitIds(await _market.PageAsync(SearchForIt)));
        (await _market.PostAsync("/control/day")).Dispose();

        var id = Assert.Single(RunningMarket.HitIds(await _market.PageAsync(SearchForIt)));
        var page = await _market.PageAsync($"/item/{id}");
        Assert.Matches(@"^\d{12}$", id);
        Assert.NotEqual(_offer.Id, id);
        Assert.NotEqual(_offer.Title, RunningMarket.Text(page, "//h1"));
        Assert.Equal(_offer.Text, RunningMarket.Text(page, "//div[@class='detail-text']"));
        Assert.EndsWith(_offer.Contact!.Value, RunningMarket.Text(page, "//div[@class='contact-line']"), StringComparison.Ordinal);
        Assert.Contains("商品已下架", await _market.TextAsync($"/item/{_offer.Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/control/takedown/123456789012", HttpStatusCode.NotFound)]
    [InlineData("/control/day?n=0", HttpStatusCode.BadRequest)]
    [InlineData("/control/day?n=-3", HttpStatusCode.BadRequest)]
    [InlineData("/control/day?n=x", HttpStatusCode.BadRequest)]
    public async Task A_bad_lever_is_refused(string path, HttpStatusCode status)
    {
        var before = _market.Server.Stock.Today;
        using var response = await _market.PostAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(before, _market.Server.Stock.Today);
    }

    [Fact]
    public void Every_listing_returns_with_a_title_of_its_own()
    {
        var stock = new MarketStock(ListingFiles.All, new ManualTime());
        Assert.All(ListingFiles.All, listing => Assert.True(stock.TakeDown(listing.Id)));
        Assert.Empty(stock.Search(""));
        stock.MoveOn(MarketStock.DaysUntilReturn);
        var returned = stock.Search("").Concat(stock.Ads()).ToList();
        Assert.Equal(ListingFiles.All.Select(listing => listing.Text).Order(StringComparer.Ordinal), returned.Select(listing => listing.Text).Order(StringComparer.Ordinal));
        Assert.Empty(returned.Select(listing => listing.Title).Intersect(ListingFiles.All.Select(listing => listing.Title)));
        Assert.All(ListingFiles.All, listing => Assert.IsType<ShelfPlace.Removed>(stock.Find(listing.Id)));
    }

    [Fact]
    public void Days_also_pass_with_the_clock_in_Shanghai()
    {
        var time = new ManualTime { Now = new(2026, 11, 24, 15, 59, 59, TimeSpan.Zero) };
        var stock = new MarketStock(ListingFiles.All, time);
        Assert.Equal(new DateOnly(2026, 11, 24), stock.Today);
        Assert.True(stock.TakeDown(_offer.Id));
        time.Now = time.Now.AddDays(1).AddSeconds(1);
        Assert.Equal(new DateOnly(2026, 11, 26), stock.Today);
        var returned = Assert.Single(stock.Search(_offer.Text));
        Assert.Equal(new DateOnly(2026, 11, 26), returned.Published);
        Assert.True(stock.TakeDown(returned.Id));
        Assert.Empty(stock.Search(_offer.Text));
    }

    [Fact]
    public async Task Each_server_has_shelves_of_its_own()
    {
        await using var other = await MarketplaceServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(_market.Server.Stock.TakeDown(_offer.Id));
        Assert.IsType<ShelfPlace.Shown>(other.Stock.Find(_offer.Id));
    }

    private string SearchForIt => $"/search?q={Uri.EscapeDataString(_offer.Text)}";

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
