using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Crawling;

public sealed class SourceScopeTests
{
    private static readonly SourceDefinition Source = SourceDefinition.ForUrl(new Uri("https://shop.invalid/search"), RenderMode.Http, 50) with
    {
        Follow = new SourceFollow(Lists: true, Details: true),
        MaxDepth = 3,
    };

    [Theory]
    [InlineData("https://shop.invalid/search?page=2", "https://shop.invalid/search?page=2")]
    [InlineData("HTTPS://SHOP.invalid:443/search?page=2#top", "https://shop.invalid/search?page=2")]
    [InlineData("https://shop.invalid/search", null)]
    [InlineData("https://other.invalid/search?page=2", null)]
    [InlineData("https://shop.invalid.evil.invalid/", null)]
    [InlineData("https://shop.invalid:8443/search?page=2", null)]
    [InlineData("javascript:void(0)", null)]
    [InlineData("", null)]
    public void Stays_within_the_seeds_hosts(string next, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Of(Source, PageRole.Seed, 0, [next], []).Select(entry => entry.Url));

    [Theory]
    [InlineData(true, true, "list detail")]
    [InlineData(true, false, "list")]
    [InlineData(false, true, "detail")]
    [InlineData(false, false, "")]
    public void Follows_what_the_source_says(bool lists, bool details, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', Of(Source with { Follow = new SourceFollow(lists, details) }, PageRole.List, 1, ["https://shop.invalid/list"], ["https://shop.invalid/detail"])
                .Select(entry => new Uri(entry.Url).AbsolutePath[1..])));

    [Theory]
    [InlineData(PageRole.List, 2, 1)]
    [InlineData(PageRole.List, 3, 0)]
    [InlineData(PageRole.Detail, 1, 0)]
    public void Goes_no_further_than_its_depth_or_a_detail_page(PageRole role, int depth, int found) =>
        Assert.Equal(found, Of(Source, role, depth, ["https://shop.invalid/x"], []).Count);

    [Fact]
    public void Is_bounded_by_the_budget()
    {
        var links = Enumerable.Range(0, 100_000).Select(n => $"https://shop.invalid/{n}").ToList();

        Assert.Equal(50, Of(Source, PageRole.Seed, 0, links, links).Count);
    }

    private static IReadOnlyList<FrontierEntry> Of(SourceDefinition source, PageRole role, int depth, IReadOnlyList<string> next, IReadOnlyList<string> items) =>
        new SourceScope(source).LeadsTo(
            new FrontierPage(1, 1, "https://shop.invalid/search", role, depth, 1),
            new PageContent("https://shop.invalid/search", "utf-8", PageKind.Search, PageOutcome.Ok, null, null, [.. items.Select(url => new Listing { Url = url })]) { NextPages = next });
}
