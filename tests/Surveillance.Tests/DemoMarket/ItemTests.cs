using System.Net;
using System.Text.Json;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Vision;
using Surveillance.DemoMarket.Items;
using Surveillance.DemoMarket.Listings;
using Surveillance.Tests.Pictures;

namespace Surveillance.Tests.DemoMarket;

public sealed class ItemTests(RunningMarket market) : IClassFixture<RunningMarket>
{
    [Theory]
    [InlineData("evasion")]
    [InlineData("recruitment")]
    [InlineData("ads")]
    public async Task Its_page_shows_the_listing_as_written(string kind)
    {
        foreach (var listing in ListingFiles.All.Where(listing => listing.Kind == kind))
        {
            var page = await market.PageAsync($"/item/{listing.Id}");
            Assert.Equal(listing.Title, RunningMarket.Text(page, "//h1"));
            Assert.Equal(listing.Text, RunningMarket.Text(page, "//div[@class='detail-text']"));
            Assert.Equal(listing.PriceText ?? "", RunningMarket.Text(page, "//div[@class='detail-price']"));
            Assert.Equal(listing.Seller, RunningMarket.Text(page, "//a[@class='seller-name']"));
            Assert.Equal(listing.Location, RunningMarket.Text(page, "//span[@class='detail-place']"));
            Assert.EndsWith(listing.Contact?.Value ?? "站内私信", RunningMarket.Text(page, "//div[@class='contact-line']"), StringComparison.Ordinal);
            Assert.Equal(listing.Images.Count, RunningMarket.Nodes(page, "//div[@class='detail-pics']/img").Count);
        }
    }

    [Fact]
    public async Task A_third_of_the_pages_carry_json_ld_that_agrees_with_them()
    {
        var structured = 0;
        foreach (var listing in ListingFiles.All)
        {
            var page = await market.PageAsync($"/item/{listing.Id}");
            if (page.SelectSingleNode("//script[@type='application/ld+json']") is not { } script)
            {
                continue;
            }
            structured++;
            using var product = JsonDocument.Parse(script.InnerText);
            Assert.Equal(listing.Title, product.RootElement.GetProperty("name").GetString());
            Assert.Equal($"{market.Server.BaseAddress}item/{listing.Id}", product.RootElement.GetProperty("url").GetString());
            if (listing.Price is { } price)
            {
                var offer = product.RootElement.GetProperty("offers");
                Assert.Equal(price, offer.GetProperty(listing.PriceMax is null ? "price" : "lowPrice").GetDecimal());
                Assert.Equal(listing.Seller, offer.GetProperty("seller").GetProperty("name").GetString());
            }
        }
        Assert.InRange(structured, ListingFiles.All.Count / 4, ListingFiles.All.Count / 2);
    }

    [Theory]
    [InlineData("/item/123456789012")]
    [InlineData("/item/x")]
    [InlineData("/gb/item/123456789012")]
    [InlineData("/seller/nobody")]
    [InlineData("/lookup/99")]
    public async Task What_never_was_is_not_found(string path)
    {
        using var response = await market.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Pictures_are_what_their_names_say_and_nobody_elses_are_there()
    {
        var listing = ListingFiles.All.First(one => one.Images.Count > 2);
        foreach (var (name, kind) in new[] { (listing.Images[0], "image/jpeg"), (listing.Images[2], "image/png") })
        {
            using var response = await market.GetAsync($"/pictures/{name}");
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal((kind, kind), (response.Content.Headers.ContentType?.MediaType, PictureReader.ContentTypeOf(bytes)));
        }

        using var unknown = await market.GetAsync("/pictures/no-such-1.jpg");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public void Pictures_tell_operators_apart_and_listings_of_one_operator_share_them()
    {
        var prints = ListingFiles.All.Where(listing => listing.Expect.Count > 0 && listing.Images.Count > 0)
            .GroupBy(listing => listing.Contact?.Value ?? listing.Seller)
            .Select(listings => listings.Select(listing => Drawn.Print(ListingPictures.Find(listing.Images[0])!.Value.Bytes)).ToList())
            .ToList();
        Assert.Contains(prints, ofOne => ofOne.Count > 1);
        Assert.All(prints, ofOne => Assert.Single(ofOne.DistinctBy(print => print.Digest)));
        var nearest = prints.Index().Min(one => prints.Skip(one.Index + 1).Select(other => one.Item[0].DistanceTo(other[0])).DefaultIfEmpty(int.MaxValue).Min());
        Assert.InRange(nearest, 2 * PicturePrint.Near, int.MaxValue);
    }

    [Fact]
    public async Task Pictures_seller_pages_and_footer_links_answer()
    {
        var listing = ListingFiles.All[0];
        foreach (var path in (string[])[$"/pictures/{listing.Images[0]}", $"/seller/{Uri.EscapeDataString(listing.Seller)}", "/about", "/rules", "/help", "/static/market.css", "/static/market.js", "/static/blank.svg"])
        {
            using var response = await market.GetAsync(path);
            Assert.True(response.IsSuccessStatusCode, path);
        }
    }

    [Fact]
    public async Task A_look_up_site_is_served_as_written()
    {
        foreach (var lookup in Surveillance.DemoMarket.Lookups.LookupPage.All)
        {
            var page = await market.PageAsync($"/lookup/{lookup.Number}");
            Assert.Equal(lookup.Title, RunningMarket.Text(page, "//h1"));
            Assert.Equal(lookup.Notice, RunningMarket.Text(page, "//p[@class='lookup-notice']"));
            Assert.Equal(lookup.Fields.Count, RunningMarket.Nodes(page, "//label").Count);
        }
    }
}
