using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Surveillance.Crawler;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Tests.Crawling;

/// <summary>Sites that would keep a crawler for ever or fill its memory: each is bounded, and recorded with its reason.</summary>
public sealed class TrapTests
{
    [Theory]
    [InlineData("/drip", "秒内未收完")]
    [InlineData("/ten-gigabytes", "正文超过")]
    [InlineData("/ten-gigabytes-unsaid", "正文超过")]
    [InlineData("/bomb", "正文解压后超过")]
    [InlineData("/loop", "重定向超过")]
    public async Task A_page_without_end_is_given_up_and_says_why(string path, string reason)
    {
        await using var site = await LoopbackSite.StartAsync(MapEndless);
        using var bench = new CrawlBench(new CrawlOptions { FetchTime = TimeSpan.FromSeconds(3), FirstBackoff = TimeSpan.FromMilliseconds(1), MaxAttempts = 2, MaxBodyBytes = 1024 * 1024 });

        var summary = await bench.RunAsync(CrawlBench.Source(site, path));

        Assert.Equal((1, RunState.Finished), (summary.Failed, summary.State));
        Assert.Contains(reason, bench.Store.Records[^1].Reason, StringComparison.Ordinal);
        Assert.All(bench.Store.Records, record => Assert.Null(record.Capture));
    }

    [Theory]
    [InlineData("http://no-such-shop.invalid/", PageState.Declined, "robots.txt 无法读取")]
    [InlineData("http://10.0.0.1/", PageState.Declined, "非公网")]
    public async Task A_site_that_cannot_be_reached_is_recorded(string seed, PageState state, string reason)
    {
        await using var site = await LoopbackSite.StartAsync(_ => { });
        using var bench = new CrawlBench();

        await bench.RunAsync(CrawlBench.Source(site) with { Seeds = [seed] });

        var record = Assert.Single(bench.Store.Records);
        Assert.Equal(state, record.State);
        Assert.Contains(reason, record.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/calendar?month=1")]
    [InlineData("/circle?page=1")]
    [InlineData("/session?sid=0")]
    public async Task A_list_that_leads_on_for_ever_ends_at_the_runs_budget(string path)
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/calendar", (int month) => $"next /calendar?month={month + 1}\nnext /calendar?month={month - 1}");
            app.MapGet("/circle", (int page) => $"next /circle?page={(page % 3) + 1}");
            app.MapGet("/session", (int sid) => $"next /session?sid={sid + 1}");
        });
        using var bench = new CrawlBench();

        var summary = await bench.RunAsync(CrawlBench.Source(site, path) with { MaxPages = 40, MaxDepth = 20 });

        Assert.Equal(RunState.Finished, summary.State);
        Assert.InRange(site.Asked.Count, 3, 40);
        Assert.Equal(site.Asked.Distinct().Count(), site.Asked.Count);
    }

    [Fact]
    public async Task A_page_of_a_hundred_thousand_links_queues_no_more_than_a_run_can_ask_for()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => string.Join('\n', Enumerable.Range(0, 100_000).Select(n => $"next /{n}")));
            app.MapGet("/{n:int}", () => "ok");
        });
        using var bench = new CrawlBench();

        var summary = await bench.RunAsync(CrawlBench.Source(site, "/") with { MaxPages = 50 });

        Assert.Equal((50, 50), (summary.Pages, site.Asked.Count));
        Assert.InRange(bench.Store.Records.Max(record => record.Discovered.Count), 1, 50);
    }

    [Fact]
    public void A_hundred_thousand_real_links_are_read_within_bounds()
    {
        var html = "<html><body><ul>" + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"<li><a href=/item/{n}>低压电工证 {n}</a></li>")) + "</ul></body></html>";

        var content = PageReader.CreateDefault().Read(System.Text.Encoding.UTF8.GetBytes(html), new Uri("https://market.example/list"), "text/html; charset=utf-8", 200);

        Assert.Equal(PageOutcome.Ok, content.Outcome);
        Assert.InRange(content.NextPages.Count, 0, 100);
    }

    private static void MapEndless(WebApplication app)
    {
        app.MapGet("/drip", async (HttpContext context) =>
        {
            while (true)
            {
                await context.Response.Body.WriteAsync("."u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(200, context.RequestAborted);
            }
        });
        app.MapGet("/ten-gigabytes", (HttpContext context) =>
        {
            context.Response.ContentLength = 10L * 1024 * 1024 * 1024;
            return PourAsync(context, 10L * 1024 * 1024 * 1024);
        });
        app.MapGet("/ten-gigabytes-unsaid", (HttpContext context) => PourAsync(context, 10L * 1024 * 1024 * 1024));
        app.MapGet("/bomb", async (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            for (var block = 0; block < 64; block++)
            {
                await gzip.WriteAsync(new byte[1024 * 1024], context.RequestAborted);
            }
        });
        app.MapGet("/loop", () => Results.Redirect("/loop"));
    }

    private static async Task PourAsync(HttpContext context, long bytes)
    {
        var block = new byte[64 * 1024];
        for (var sent = 0L; sent < bytes; sent += block.Length)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }
}
