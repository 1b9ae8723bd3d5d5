using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Surveillance.Crawler;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Crawling;

/// <summary>How a run shares its time among hosts, and when it stops asking.</summary>
public sealed class CrawlFairnessTests
{
    [Fact]
    public async Task A_hanging_host_holds_up_its_own_pages_only()
    {
        using var cancel = new CancellationTokenSource();
        await using var hanging = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted)));
        await using var quick = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", () => "ok"));
        using var bench = new CrawlBench();
        var pages = Enumerable.Range(0, 30).SelectMany(n => new[] { hanging.Url($"/{n}"), quick.Url($"/{n}") });
        var watcher = new Watcher(seen =>
        {
            if (seen.Pages == 30)
            {
                cancel.Cancel();
            }
        });

        var summary = await bench.RunAsync(
            CrawlBench.Source(quick) with { Seeds = [.. pages], Rate = new SourceRate(1000, 1) }, watcher, cancel.Token);

        Assert.Equal((30, 30, 1), (summary.Pages, quick.Asked.Count, hanging.Asked.Count));
    }

    [Fact]
    public async Task A_dead_host_is_left_alone_and_its_pages_end_with_the_reason()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", () => Results.StatusCode(503)));
        using var bench = new CrawlBench(new CrawlOptions { FirstBackoff = TimeSpan.FromMilliseconds(1), FirstBreak = TimeSpan.FromHours(1), MaxAttempts = 1 });

        var summary = await bench.RunAsync(CrawlBench.Source(site, [.. Enumerable.Range(0, 100).Select(n => $"/{n}")]));

        Assert.Equal((100, RunState.Finished), (summary.Failed, summary.State));
        Assert.InRange(site.Asked.Count, 8, 14);
        Assert.Contains(bench.Store.Records, record => record is { Asked: false, Reason: "站点要求暂停访问，或连续无法访问" });
    }

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(3, 5, 2)]
    [InlineData(5, 5, 0)]
    public async Task Stops_at_its_budget_of_the_day(int askedBefore, int perDay, int asked)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => $"next /{n + 1}"));
        using var bench = new CrawlBench();
        bench.Store.AskedToday = askedBefore;

        var summary = await bench.RunAsync(CrawlBench.Source(site, "/1") with { MaxPagesPerDay = perDay, MaxDepth = 1000 });

        Assert.Equal((asked, RunState.Finished, "当日抓取上限已用完"), (site.Asked.Count, summary.State, summary.Reason));
    }

    [Fact]
    public async Task Slows_down_and_then_pauses_a_source_that_blocks_it()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", () => "captcha"));
        using var bench = new CrawlBench();

        var summary = await bench.RunAsync(CrawlBench.Source(site, [.. Enumerable.Range(0, 100).Select(n => $"/{n}")]));

        Assert.Equal(RunState.Failed, summary.State);
        Assert.InRange(site.Asked.Count, 20, 24);
        Assert.Contains("被拦截", bench.Store.PauseReason, StringComparison.Ordinal);
        Assert.Equal(bench.Store.PauseReason, summary.Reason);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_read_from_its_capture()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/search", (HttpContext context) => context.Request.Headers.IfNoneMatch == "\"v1\"" ? Results.StatusCode(304) : Results.StatusCode(500));
            app.MapGet("/item/1", () => "item /item/1 详情");
        });
        using var bench = new CrawlBench();
        var digest = await bench.Evidence.SealAsync("item /item/1 低压电工证"u8.ToArray(), TestContext.Current.CancellationToken);
        var url = site.Url("/search");
        var earlier = new Capture(digest, url, url, 200, "ETag: \"v1\"\n", "text/plain", 10, default, "http");
        bench.Store.Known = asked => asked == url ? new KnownCapture(7, earlier, new Validators("\"v1\"", null)) : null;

        var summary = await bench.RunAsync(CrawlBench.Source(site, "/search"));

        Assert.Equal((2, 0), (summary.Pages, summary.Failed));
        var unchanged = bench.Store.Records[0];
        Assert.Equal((7, null, PageState.Done), (unchanged.UnchangedSince, unchanged.Capture, unchanged.State));
        Assert.Equal("低压电工证", Assert.Single(unchanged.Listings).Listing.Title);
        Assert.Equal(["/search", "/item/1"], site.Asked);
    }

    [Fact]
    public async Task A_page_whose_capture_is_gone_is_asked_for_whole()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
            app.MapGet("/search", (HttpContext context) => context.Request.Headers.IfNoneMatch.Count == 0 ? Results.Text("ok") : Results.StatusCode(304)));
        using var bench = new CrawlBench();
        var url = site.Url("/search");
        var gone = new Capture(Digest.Of("gone"u8), url, url, 200, "ETag: \"v1\"\n", "text/plain", 10, default, "http");
        bench.Store.Known = _ => new KnownCapture(7, gone, new Validators("\"v1\"", null));

        var summary = await bench.RunAsync(CrawlBench.Source(site, "/search"));

        Assert.Equal((1, 0), (summary.Pages, summary.Failed));
        Assert.NotNull(bench.Store.Records[0].Capture);
    }

    [Fact]
    public async Task Keeps_the_way_by_which_a_page_was_reached()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/a", () => Results.Redirect("/b"));
            app.MapGet("/b", () => "ok");
        });
        using var bench = new CrawlBench();

        await bench.RunAsync(CrawlBench.Source(site, "/a"));

        Assert.Equal([site.Url("/a")], bench.Store.Records[0].Capture!.Redirects);
    }

    private sealed class Watcher(Action<CrawlProgress> watch) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value) => watch(value);
    }
}
