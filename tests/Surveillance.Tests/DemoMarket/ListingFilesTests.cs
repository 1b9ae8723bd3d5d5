using System.Text.RegularExpressions;
using Surveillance.Classifier;
using Surveillance.DemoMarket.Listings;
using Surveillance.DemoMarket.Lookups;

namespace Surveillance.Tests.DemoMarket;

public sealed partial class ListingFilesTests
{
    private static readonly string[] LawfulLookAlikes =
    [
        "books", "craft-awards", "finance-reading", "holders-frames", "honest-schools", "household", "job-seekers", "long-reads", "motoring", "news",
        "office-electronics", "protective-gear", "question-banks", "questions", "recruitment", "safety-notices", "tools-meters",
    ];

    public static TheoryData<string> TypesOnListings => [.. ViolationType.OfText.Where(type => type != "fake-gov-site")];

    [Fact]
    public void There_are_many_listings_in_many_kinds()
    {
        Assert.True(ListingFiles.All.Count >= 360, $"{ListingFiles.All.Count} listings");
        Assert.True(ListingFiles.All.Select(listing => listing.Kind).Distinct().Count() >= 15);
        Assert.All(ListingFiles.All.GroupBy(listing => listing.Kind), kind => Assert.True(kind.Count() >= 4, kind.Key));
    }

    [Theory]
    [MemberData(nameof(TypesOnListings))]
    public void Each_text_type_is_certain_on_at_least_fifteen(string type) =>
        Assert.True(ListingFiles.All.Count(listing => listing.Expect.Contains(type)) >= 15);

    [Fact]
    public void At_least_a_hundred_and_fifty_look_alikes_are_lawful()
    {
        var lookAlikes = ListingFiles.All.Where(listing => LawfulLookAlikes.Contains(listing.Kind)).ToList();
        Assert.True(lookAlikes.Count >= 150, $"{lookAlikes.Count} look-alikes");
        Assert.All(lookAlikes, listing => Assert.Empty(listing.Expect.Concat(listing.Maybe)));
    }

    [Fact]
    public void At_least_twenty_listings_evade() =>
        Assert.True(ListingFiles.All.Count(listing => listing.Kind == "evasion" && listing.Expect.Count > 0) >= 20);

    [Fact]
    public void Every_listing_reads_differently()
    {
        Assert.Distinct(ListingFiles.All.Select(listing => listing.Id));
        Assert.Distinct(ListingFiles.All.Select(listing => listing.Title));
        // No template multiplication: texts do not share even their openings.
        Assert.Distinct(ListingFiles.All.Select(listing => listing.Text[..10]));
    }

    [Fact]
    public void Every_listing_is_complete() => Assert.All(ListingFiles.All, listing =>
    {
        Assert.Matches(ItemId(), listing.Id);
        Assert.InRange(listing.Text.Length, 10, 200);
        Assert.InRange(listing.Title.Length, 4, 60);
        Assert.NotEmpty(listing.Seller);
        Assert.NotEmpty(listing.Location);
        Assert.NotEmpty(listing.Images);
        Assert.True(listing.PriceMax is null || listing.PriceMax > listing.Price);
        Assert.True(listing.Price is null || listing.PriceText is not null);
    });

    [Fact]
    public void Labels_are_known_types_and_never_both_certain_and_arguable() => Assert.All(ListingFiles.All, listing =>
    {
        Assert.Subset(ViolationType.OfText.ToHashSet(), listing.Expect.Concat(listing.Maybe).ToHashSet());
        Assert.Empty(listing.Expect.Intersect(listing.Maybe));
    });

    [Fact]
    public void Stated_contacts_are_invented() => Assert.All(ListingFiles.All.Where(listing => listing.Contact is not null), listing =>
        Assert.Matches(InventedContact(), $"{listing.Contact!.Kind} {listing.Contact.Value}"));

    [Fact]
    public void Sellers_write_prices_in_many_ways() => Assert.All(
        (string[])[@"^¥[\d.]+$", @"^￥", @"^\d+元$", "元起$", "^¥.+起$", @"^¥\d+-\d+$", "万$", "^面议$", @"^¥\d,\d{3}$", @"^¥\d+\.00$"],
        form => Assert.Contains(ListingFiles.All, listing => listing.PriceText is { } price && Regex.IsMatch(price, form)));

    [Fact]
    public void Look_up_sites_pose_as_state_organs_or_are_honest()
    {
        Assert.True(LookupPage.All.Count(page => page.Expect.Contains("fake-gov-site")) >= 15);
        Assert.Equal(5, LookupPage.All.Count(page => page.Expect.Count == 0 && page.Maybe.Count == 0));
        Assert.Equal(Enumerable.Range(1, LookupPage.All.Count), LookupPage.All.Select(page => page.Number));
    }

    [GeneratedRegex(@"^\d{12}$")]
    private static partial Regex ItemId();

    [GeneratedRegex(@"^(phone 13[89]0000\d{4}|wechat demo_dg\d{3}|qq 1000\d{4})$")]
    private static partial Regex InventedContact();
}
