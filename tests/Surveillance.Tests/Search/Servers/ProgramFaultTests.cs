using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Surveillance.Tests.Crawling;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Servers;

/// <summary>The built program against servers that are away, or while it is killed or has company; run by <c>./test --faults</c> only.</summary>
[Trait("category", "faults")]
[Collection(OneSearchTestAtATime.Name)]
public sealed class ProgramFaultTests(SearchServers servers, ITestOutputHelper output) : IDisposable
{
    private const int Listings = 400;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task A_crawl_without_the_server_is_found_once_it_is_back(string kind)
    {
        var server = await servers.EmptyAsync(kind);
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, "var")).FullName;
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/list", () => Results.Text(Page(), "text/html; charset=utf-8")));
        WriteSource(data, site);
        await using var proxy = await TestProxy.StartAsync(server);
        proxy.Trouble = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        var (crawled, _, said) = await SurveilProcess.RunAsync(data, proxy.Address, "crawl", "away");
        Assert.Equal(0, crawled);
        Assert.Contains("the index can't be used", said, StringComparison.Ordinal);
        var (_, fromRecords, _) = await SurveilProcess.RunAsync(data, proxy.Address, "search", "包过", "--size", "1000");
        proxy.Trouble = _ => Task.FromResult(false);
        await SurveilProcess.RunAsync(data, proxy.Address, "crawl", "away", "--max-pages", "1");

        await AssertTrueAsync(data, server, Listings);
        var (_, fromIndex, _) = await SurveilProcess.RunAsync(data, server, "search", "包过", "--size", "1000");
        Assert.Equal(Ids(fromRecords), Ids(fromIndex));
        Assert.Equal(Listings, Ids(fromIndex).Count);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Two_programs_that_reindex_at_once_leave_one_whole_index(string kind)
    {
        var server = await servers.EmptyAsync(kind);
        await SurveilProcess.RunAsync(_folder.Path, server, "import", File("offers.jsonl"));

        var ends = await Task.WhenAll(
            SurveilProcess.RunAsync(_folder.Path, server, "reindex"),
            SurveilProcess.RunAsync(_folder.Path, server, "reindex"),
            SurveilProcess.RunAsync(_folder.Path, server, "import", File("more.jsonl", Listings)));

        // Whoever came while the other was at it did nothing; one that came after it built another.
        Assert.All(ends.Take(2), end => Assert.True(end.ExitCode == 0 || (end.ExitCode == 4 && end.Errors.Contains("another program", StringComparison.Ordinal)), end.Errors));
        Assert.Contains(ends.Take(2), end => end.ExitCode == 0);
        Assert.Equal(0, ends[2].ExitCode);
        await AssertTrueAsync(_folder.Path, server, 2 * Listings);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch, false)]
    [InlineData(SearchServer.OpenSearch, false)]
    [InlineData(SearchServer.Elasticsearch, true)]
    [InlineData(SearchServer.OpenSearch, true)]
    public async Task A_program_killed_between_record_and_index_loses_nothing(string kind, bool afterTheServerHasIt)
    {
        var server = await servers.EmptyAsync(kind);
        await using var proxy = await TestProxy.StartAsync(server);
        SurveilProcess? import = null;
        proxy.AtFirstBulk(afterTheServerHasIt, () => import!.Kill());
        using (import = SurveilProcess.Start(_folder.Path, proxy.Address, "import", File("offers.jsonl")))
        {
            Assert.NotEqual(0, (await import.EndAsync()).ExitCode);
        }

        var (again, _, said) = await SurveilProcess.RunAsync(_folder.Path, server, "import", File("offers.jsonl"));

        Assert.True(again == 0, said);
        await AssertTrueAsync(_folder.Path, server, Listings);
    }

    private async Task AssertTrueAsync(string data, Uri server, int listings)
    {
        var (end, line, said) = await SurveilProcess.RunAsync(data, server, "reindex", "--check");
        output.WriteLine(line);
        Assert.True(end == 0, line + said);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $$"""{"records":{{listings}},"indexed":{{listings}},"missing":0,"stale":0,"extra":0,"waiting":0,"rejected":0}"""),
            line.Trim());
        var versions = new List<string>();
        await using var index = SearchServers.Index(server);
        await foreach (var version in index.VersionsAsync(null, TestContext.Current.CancellationToken))
        {
            versions.Add(version.Id);
        }

        Assert.Equal(listings, versions.Distinct().Count());
        Assert.Equal(listings, versions.Count);
    }

    private static List<string> Ids(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("id").GetString()!)];

    private string File(string name, int first = 0) => _folder.File(name, string.Concat(Enumerable.Range(first, Listings).Select(number =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{number}}","platform":"闲鱼","title":"低压电工证包过 第{{number}}号","text":"不过退款，三天拿证","price":{{380 + number}}}""") + "\n")));

    private static string Page() =>
        $"<!DOCTYPE html><html><head><meta charset=utf-8><title>市场</title></head><body><ul>{string.Concat(Enumerable.Range(0, Listings).Select(n => $"<li><a href=\"/item/{n}\">低压电工证包过 第{n}号</a><span class=price>¥{380 + n}</span></li>"))}</ul></body></html>";

    private static void WriteSource(string data, LoopbackSite site) =>
        System.IO.File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(data, "sources")).FullName, "away.yaml"), $$"""
            id: away
            name: 测试市场
            platform: 闲鱼
            kind: marketplace
            enabled: true
            seeds: ["{{site.Url("/list")}}"]
            render: http
            schedule: "0 0 0 1 1 ?"
            rate: {per_second: 1000, concurrency: 4}
            max_pages: 10000
            max_depth: 1000
            follow: {lists: true, details: false}
            allow_hosts: [127.0.0.1]
            authorisation: {by: 测试, on: 2026-11-25, document: 测试}
            """);
}
