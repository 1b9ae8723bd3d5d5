using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Surveillance.Api.Leads;
using Surveillance.Tests.Pages;

namespace Surveillance.Tests.Leads;

public sealed class LeadEndpointsTests : IAsyncLifetime
{
    private PagesHost _host = null!;
    private LeadId _id;

    private LeadBook Book => _host.Book;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(new LeadBook());
        var listing = Some.Listing("低压电工证 包过");
        _id = Book.Put(1, listing, Some.Assessment(Some.Finding("guarantee", 0.97, listing, "包过")), "https://market.example/item/1");
        Book.Put(2, Some.Listing("=HYPERLINK(\"http://evil.example\")", platform: "淘宝"), Some.Assessment(Some.Finding("insider", 0.6)));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Lists_with_filter_page_and_total()
    {
        var page = await GetAsync("/api/leads?platform=闲鱼&size=1");

        Assert.Equal((1, 1, 1), (page.GetProperty("total").GetInt32(), page.GetProperty("page").GetInt32(), page.GetProperty("size").GetInt32()));
        var lead = page.GetProperty("leads").EnumerateArray().Single();
        Assert.Equal(_id.Value, lead.GetProperty("id").GetString());
        Assert.Equal("flag", lead.GetProperty("decision").GetString());
        Assert.Equal("new", lead.GetProperty("state").GetString());
        Assert.Equal("包过", lead.GetProperty("highlights")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Gives_one_lead_with_assessment_capture_and_history()
    {
        var lead = await GetAsync($"/api/leads/{_id}");

        Assert.Equal("24", lead.GetProperty("row").GetProperty("assessment").GetProperty("findings")[0].GetProperty("basis")[0].GetProperty("article").GetString());
        Assert.Equal(64, lead.GetProperty("capture").GetProperty("digest").GetString()!.Length);
        Assert.Equal("open", lead.GetProperty("events")[0].GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("/api/leads?risk_from=much", "risk_from")]
    [InlineData("/api/leads?platfrom=闲鱼", "platfrom")]
    [InlineData("/api/leads.csv?state=open", "confirmed")]
    [InlineData("/api/takedowns.csv", "platform")]
    [InlineData("/api/takedowns.csv?platform=%20", "platform")]
    public async Task A_bad_query_is_answered_in_one_chinese_sentence(string path, string expected) =>
        Assert.Contains(expected, await ProblemAsync(await _host.Client.GetAsync(path, LeadBook.Token), HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Theory]
    [InlineData("confirm", "{}", "revision")]
    [InlineData("confirm", """{"revision":"x"}""", "JSON")]
    [InlineData("confirm", "not json", "JSON")]
    [InlineData("confirm", "", "JSON")]
    [InlineData("confirm", """{"revision":0,"types":["nonsense"]}""", "nonsense")]
    [InlineData("reject", """{"revision":0}""", "理由")]
    [InlineData("reject", """{"revision":0,"reason":"  "}""", "理由")]
    [InlineData("undo", """{"reason":"x"}""", "revision")]
    public async Task A_bad_body_changes_nothing(string action, string body, string expected)
    {
        using var response = await PostAsync(action, body);

        Assert.Contains(expected, await ProblemAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Single((await Book.FindAsync(_id)).Events);
    }

    [Fact]
    public async Task A_reason_of_more_than_500_units_is_refused() =>
        Assert.Contains(
            "500",
            await ProblemAsync(await PostAsync("reject", JsonSerializer.Serialize(new { revision = 0, reason = new string('长', 501) })), HttpStatusCode.BadRequest),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_form_is_no_json() =>
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await _host.Client.PostAsync($"/api/leads/{_id}/confirm", new FormUrlEncodedContent([new("revision", "0")]), LeadBook.Token)).StatusCode);

    [Fact]
    public async Task Confirms_rejects_and_undoes()
    {
        Assert.Equal("confirmed", await StateAsync(await PostAsync("confirm", """{"revision":0}""")));
        Assert.Equal("rejected", await StateAsync(await PostAsync("reject", """{"revision":1,"reason":"误报"}""")));
        Assert.Equal("confirmed", await StateAsync(await PostAsync("undo", """{"revision":2}""")));
        Assert.Equal("new", await StateAsync(await PostAsync("undo", """{"revision":3}""")));
        Assert.Equal(["open", "confirm", "reject", "undo", "undo"], (await Book.FindAsync(_id)).Events.Select(entry => StoredName.Of(entry.Action)));
    }

    [Fact]
    public async Task A_stale_decision_is_refused_with_the_present_state()
    {
        await PostAsync("confirm", """{"revision":0}""");

        using var stale = await PostAsync("reject", """{"revision":0,"reason":"误报"}""");

        var problem = await stale.Content.ReadFromJsonAsync<JsonElement>(LeadBook.Token);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("confirmed", problem.GetProperty("current").GetProperty("state").GetString());
        Assert.Equal(1, problem.GetProperty("current").GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("00000000000000000999")]
    [InlineData("nonsense")]
    [InlineData("..%2Fetc")]
    public async Task An_unknown_lead_is_not_found(string id)
    {
        await ProblemAsync(await _host.Client.GetAsync($"/api/leads/{id}", LeadBook.Token), HttpStatusCode.NotFound);
        var body = new StringContent("""{"revision":0}""", Encoding.UTF8, "application/json");
        await ProblemAsync(await _host.Client.PostAsync($"/api/leads/{id}/confirm", body, LeadBook.Token), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_export_marks_each_row_with_its_state_and_holds_no_formula()
    {
        await PostAsync("confirm", """{"revision":0}""");

        var (bytes, rows) = await CsvAsync("/api/leads.csv");

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(LeadExport.Header, rows[0]);
        Assert.Equal(["已确认", "待处理"], rows.Skip(1).Select(row => row[1]).Order(StringComparer.Ordinal));
        Assert.Contains(rows, row => row.Contains("'=HYPERLINK(\"http://evil.example\")"));
        Assert.Equal(3, rows.Count);
        Assert.Equal(2, (await CsvAsync("/api/leads.csv?state=confirmed")).Rows.Count);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await GetAsync("/openapi/v1.json");

        foreach (var path in new[] { "/api/leads", "/api/leads/{id}", "/api/leads/{id}/confirm", "/api/leads/{id}/reject", "/api/leads/{id}/undo", "/api/leads.csv", "/api/takedowns.csv" })
        {
            var operation = document.GetProperty("paths").GetProperty(path).EnumerateObject().Single().Value;
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        }
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/leads", HttpStatusCode.MethodNotAllowed)]
    public async Task What_the_api_does_not_know_is_a_problem_too(string method, string path, HttpStatusCode expected) =>
        await ProblemAsync(await _host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), LeadBook.Token), expected);

    internal static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(LeadBook.Token);
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.EndsWith("。", detail, StringComparison.Ordinal);
        return detail;
    }

    private async Task<(byte[] Bytes, IReadOnlyList<string[]> Rows)> CsvAsync(string path)
    {
        var bytes = await _host.Client.GetByteArrayAsync(path, LeadBook.Token);
        return (bytes, CsvText.Rows(bytes));
    }

    private async Task<JsonElement> GetAsync(string path) => await _host.Client.GetFromJsonAsync<JsonElement>(path, LeadBook.Token);

    private Task<HttpResponseMessage> PostAsync(string action, string body) =>
        _host.Client.PostAsync($"/api/leads/{_id}/{action}", new StringContent(body, Encoding.UTF8, "application/json"), LeadBook.Token);

    private static async Task<string?> StateAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(LeadBook.Token)).GetProperty("state").GetString();
    }
}
