using System.Net;
using System.Text.Json;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pages;
using Surveillance.Tests.Search.Feeding;

namespace Surveillance.Tests.Search;

public sealed class SearchEndpointsTests : IAsyncLifetime
{
    private readonly TroubledIndex _index = new();
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var book = new LeadBook();
        for (var number = 1; number <= 7; number++)
        {
            var listing = Some.Listing($"低压电工证 报过 {number}", platform: number < 4 ? "闲鱼" : "淘宝") with { Location = "深圳" };
            book.Put(number, listing, Some.Assessment(Some.Finding("guarantee", 0.9 + (number / 100.0), listing, "报过")));
        }

        book.Put(8, Some.Listing("旧书 包过"), Some.Assessment(Decision.Clear));
        _host = await PagesHost.StartAsync(book, index: _index);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Finds_leads_with_passages_of_the_original()
    {
        var page = await GetAsync("/api/search?q=包过");

        Assert.Equal((7, false), (page.GetProperty("total").GetInt32(), page.GetProperty("from_records").GetBoolean()));
        var hit = page.GetProperty("hits")[0];
        Assert.Equal((LeadBook.IdOf(7).Value, "flag", "new", "广东"), (Text(hit, "id"), Text(hit, "decision"), Text(hit, "state"), Text(hit, "region")));
        var highlight = hit.GetProperty("highlights").EnumerateArray().Single();
        Assert.Equal(("title", 6, 8, "报过"), (Text(highlight, "field"), highlight.GetProperty("start").GetInt32(), highlight.GetProperty("end").GetInt32(), Text(highlight, "text")));
    }

    [Fact]
    public async Task Turns_pages_by_cursor_to_the_end()
    {
        var ids = new List<string>();
        for (var next = ""; ;)
        {
            var page = await GetAsync($"/api/search?q=包过&size=3&cursor={next}");
            ids.AddRange(page.GetProperty("hits").EnumerateArray().Select(hit => Text(hit, "id")!));
            if (Text(page, "next") is not { } following)
            {
                break;
            }

            next = following;
        }

        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(number => LeadBook.IdOf(number).Value), ids);
    }

    [Theory]
    [InlineData("q=包过&platform=闲鱼", 3)]
    [InlineData("q=包过&platform=闲鱼&platform=淘宝", 7)]
    [InlineData("q=包过&all=true", 8)]
    [InlineData("q=-低压&all=true", 1)]
    [InlineData("all=true", 8)]
    [InlineData("type=guarantee&state=new&decision=flag&region=广东&item=低压电工证", 7)]
    [InlineData("type=insider", 0)]
    [InlineData("first_from=2026-11-20&first_to=2026-11-20", 7)]
    [InlineData("first_from=2026-11-21", 0)]
    public async Task Filters(string query, int expected) => Assert.Equal(expected, (await GetAsync($"/api/search?{query}")).GetProperty("total").GetInt32());

    [Theory]
    [InlineData("q=foo:bar", "foo")]
    [InlineData("q=%EF%BC%81", "标点")]
    [InlineData("platfrom=闲鱼", "platfrom")]
    [InlineData("type=nonsense", "nonsense")]
    [InlineData("size=0", "size")]
    [InlineData("size=501", "size")]
    [InlineData("all=yes", "all")]
    [InlineData("first_from=yesterday", "first_from")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=MSBmbGFnIDI", "cursor")]
    [InlineData("cursor=MSBmbGFnIDIgMCAwMDAwMDAwMDAwMDAwMDAwMDAwMQ", "cursor")]
    public async Task A_bad_query_is_answered_in_one_chinese_sentence(string query, string expected)
    {
        foreach (var path in new[] { "/api/search", "/api/search/facets", "/api/search.jsonl" })
        {
            using var response = await _host.Client.GetAsync($"{path}?{query}", LeadBook.Token);
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Contains(expected, Text((await JsonAsync(response)), "detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_query_of_ten_thousand_characters_is_refused_in_one_sentence() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client.GetAsync("/api/search?q=" + new string('a', 6000), LeadBook.Token)).StatusCode);

    [Fact]
    public async Task Counts_what_matches_by_facet()
    {
        var facets = await GetAsync("/api/search/facets?q=包过");

        Assert.Equal(Facet.All.Order(StringComparer.Ordinal), facets.EnumerateObject().Select(facet => facet.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["淘宝 4", "闲鱼 3"], facets.GetProperty("platform").EnumerateArray().Select(count => $"{Text(count, "key")} {count.GetProperty("count")}"));
        Assert.Equal("2026-11-20", Text(facets.GetProperty("day")[0], "key"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exports_all_that_match_in_order(bool isAway)
    {
        _index.Trouble = isAway ? new SearchUnavailableException("away") : null;

        using var response = await _host.Client.GetAsync("/api/search.jsonl?q=包过&all=true&size=2", LeadBook.Token);
        var lines = (await response.Content.ReadAsStringAsync(LeadBook.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("application/jsonl", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal([.. Enumerable.Range(1, 7).Reverse(), 8], lines.Select(line => Number(JsonDocument.Parse(line).RootElement)));
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("低压电工证 报过 7", Text(first, "title"));
        Assert.False(first.TryGetProperty("grams", out _));
        Assert.Equal("报过", Text(first.GetProperty("highlights")[0], "text"));
    }

    [Fact]
    public async Task Says_when_the_records_were_searched_and_how_far_the_index_is_behind()
    {
        _index.Trouble = new SearchUnavailableException("away");
        _host.Book.Put(9, Some.Listing("低压电工证 包过 新"), Some.Assessment(Some.Finding("guarantee")));

        var page = await GetAsync("/api/search?q=包过");

        Assert.Equal((8, true, 1), (page.GetProperty("total").GetInt32(), page.GetProperty("from_records").GetBoolean(), page.GetProperty("lag").GetProperty("waiting").GetInt32()));
    }

    [Theory]
    [InlineData("/api/search")]
    [InlineData("/api/search/facets")]
    [InlineData("/api/search.jsonl")]
    public async Task Refuses_a_request_without_the_token(string path)
    {
        await using var guarded = await PagesHost.StartAsync(new LeadBook(), token: "a-token-for-this-test");
        Assert.Equal(HttpStatusCode.Unauthorized, (await guarded.Client.GetAsync(path, LeadBook.Token)).StatusCode);
    }

    private static int Number(JsonElement line) => Convert.ToInt32(Text(line, "id"), 16);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _host.Client.GetAsync(path, LeadBook.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(LeadBook.Token)).RootElement;
}
