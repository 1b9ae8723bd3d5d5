using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HtmlAgilityPack;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.Tests.DemoMarket;

public sealed class SearchTests(RunningMarket market) : IClassFixture<RunningMarket>
{
    private static readonly IReadOnlyList<MarketListing> Offers = [.. ListingFiles.All.Where(listing => !listing.IsAd).OrderBy(listing => listing.Id, StringComparer.Ordinal)];

    [Theory]
    [InlineData("")]
    [InlineData("低压电工证")]
    [InlineData("题库")]
    [InlineData("bao过")]
    public async Task Its_pages_together_hold_every_hit_once_sorted_by_id(string query)
    {
        var expected = Offers.Where(offer => offer.Title.Contains(query, StringComparison.OrdinalIgnoreCase) || offer.Text.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Select(offer => offer.Id).ToList();
        List<string> found = [];
        for (var page = 1; page <= ((expected.Count + 19) / 20); page++)
        {
            var html = await market.PageAsync(Path("/search", query, page));
            Assert.Equal($"共 {expected.Count} 件", RunningMarket.Text(html, "//span[@class='total']"));
            found.AddRange(RunningMarket.HitIds(html));
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_card_shows_what_a_buyer_sees()
    {
        var page = await market.PageAsync(Path("/search", "皮套", 1));
        var offer = Offers.First(listing => listing.Title.Contains("皮套", StringComparison.Ordinal));
        var card = RunningMarket.Node(page, $"//div[@data-id='{offer.Id}']");
        Assert.Equal($"/item/{offer.Id}", RunningMarket.Node(card, ".//a[@class='item-link']").GetAttributeValue("href", ""));
        Assert.Equal(offer.Title, RunningMarket.Text(card, ".//a[@class='item-link']"));
        Assert.Equal("皮套", RunningMarket.Text(card, ".//h3//em"));
        Assert.Equal(offer.PriceText, RunningMarket.Text(card, ".//span[@class='item-price']"));
        Assert.Equal(offer.Seller, RunningMarket.Text(card, ".//span[@class='item-seller']"));
        Assert.Equal(offer.Location, RunningMarket.Text(card, ".//span[@class='item-place']"));
        Assert.Equal($"{offer.Published:yyyy-MM-dd}", RunningMarket.Text(card, ".//span[@class='item-date']"));
        Assert.Equal($"/pictures/{offer.Images[0]}", RunningMarket.Node(card, ".//img").GetAttributeValue("data-src", ""));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("", 3)]
    [InlineData("吃货资格证", 1)]
    public async Task Three_ads_stand_between_the_hits_and_only_a_small_label_tells(string query, int page)
    {
        var ads = RunningMarket.Nodes(await market.PageAsync(Path("/search", query, page)), "//div[@class='item-card'][.//i[@class='tag-ad'][.='广告']]");
        Assert.Equal(3, ads.Count);
        Assert.All(ads, ad => Assert.Contains(ListingFiles.All, listing => listing.IsAd && listing.Id == ad.GetAttributeValue("data-id", "")));
    }

    [Fact]
    public async Task The_sidebar_shows_four_that_are_no_hits() =>
        Assert.Equal(4, RunningMarket.Nodes(await market.PageAsync(Path("/search", "吃货资格证", 1)), "//aside[@class='guess']//li").Count);

    [Theory]
    [InlineData(1, "", "2")]
    [InlineData(2, "1", "3")]
    [InlineData(22, "21", "")]
    public async Task Pagination_leads_one_page_back_and_one_on(int page, string back, string on)
    {
        var pager = RunningMarket.Node(await market.PageAsync(Path("/search", "", page)), "//div[@class='pager']");
        Assert.Equal(back, PageOf(pager, "上一页"));
        Assert.Equal(on, PageOf(pager, "下一页"));
        Assert.Equal($"{page}", RunningMarket.Text(pager, "span[@class='current']"));
        Assert.Equal((Offers.Count + 19) / 20, int.Parse(RunningMarket.Nodes(pager, "*[not(starts-with(., '下'))]")[^1].InnerText, null));
    }

    [Theory]
    [InlineData("没有人卖的东西", 1)]
    [InlineData("低压电工证", 99)]
    public async Task Without_hits_it_says_so(string query, int page)
    {
        var html = await market.PageAsync(Path("/search", query, page));
        Assert.Equal("没有找到相关商品", RunningMarket.Text(html, "//main//h2"));
        Assert.Empty(RunningMarket.Nodes(html, "//div[@class='item-card']"));
    }

    [Theory]
    [InlineData("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/state/search?q=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task A_query_is_shown_as_text(string path) =>
        Assert.DoesNotContain("<script>alert(1)", await market.TextAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task In_gb18030_only_a_late_meta_element_tells_the_charset()
    {
        using var response = await market.GetAsync(Path("/gb/search", "電", 1));
        Assert.Equal("text/html", response.Content.Headers.ContentType?.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var declared = bytes.AsSpan().IndexOf("charset=gb18030"u8);
        Assert.True(declared > 1500, $"declared at {declared}");

        var page = RunningMarket.Parse(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes));
        Assert.Equal(Offers.Where(offer => (offer.Title + offer.Text).Contains('電', StringComparison.Ordinal)).Select(offer => offer.Id), RunningMarket.HitIds(page));
        Assert.All(RunningMarket.Nodes(page, "//a[@class='item-link']"), link => Assert.StartsWith("/gb/item/", link.GetAttributeValue("href", ""), StringComparison.Ordinal));
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Fact]
    public async Task A_scripted_list_is_empty_without_its_api()
    {
        var shell = await market.PageAsync(Path("/app/search", "题库", 1));
        Assert.Empty(RunningMarket.Text(shell, "//main[@id='app']"));
        Assert.Contains("/app/api/search", await market.TextAsync(RunningMarket.Node(shell, "//script[@src]").GetAttributeValue("src", "")), StringComparison.Ordinal);

        using var answer = JsonDocument.Parse(await market.TextAsync(Path("/app/api/search", "题库", 1)));
        var data = answer.RootElement.GetProperty("data");
        var expected = Offers.Where(offer => (offer.Title + "\n" + offer.Text).Contains("题库", StringComparison.Ordinal)).ToList();
        Assert.Equal(expected.Count, data.GetProperty("total").GetInt32());
        Assert.Equal(
            expected.Take(20).Select(offer => (offer.Title, offer.Seller)),
            data.GetProperty("items").EnumerateArray().Where(item => !item.GetProperty("ad").GetBoolean())
                .Select(item => (item.GetProperty("title").GetString()!, item.GetProperty("seller").GetString()!)));
    }

    [Fact]
    public async Task A_state_object_holds_the_cards_and_bare_undefined()
    {
        var html = await market.TextAsync(Path("/state/search", "电工证", 1));
        Assert.Empty(RunningMarket.Nodes(RunningMarket.Parse(html), "//a"));
        var state = Regex.Match(html, @"__INITIAL_STATE__=(\{.*?\});\(function").Groups[1].Value;
        Assert.Contains("\"coupon\":undefined", state, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(state.Replace(":undefined", ":null", StringComparison.Ordinal));
        Assert.Equal(20 + 3, json.RootElement.GetProperty("search").GetProperty("list").GetArrayLength());
    }

    [Theory]
    [InlineData("/search")]
    [InlineData("/app/api/search")]
    [InlineData("/state/search")]
    public async Task What_tests_know_is_never_served(string path)
    {
        var html = await market.TextAsync(Path(path, "低压电工证", 1));
        Assert.All((string[])["guarantee", "restricted-item", "expect", "maybe", "personal-certificates"], secret => Assert.DoesNotContain(secret, html, StringComparison.Ordinal));
    }

    private static string Path(string route, string query, int page) => $"{route}?q={Uri.EscapeDataString(query)}&page={page}";

    private static string PageOf(HtmlNode pager, string label) =>
        Regex.Match(RunningMarket.Node(pager, $"*[.='{label}']").GetAttributeValue("href", ""), @"page=(\d+)").Groups[1].Value;
}
