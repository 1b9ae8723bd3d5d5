using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Surveillance.Classifier;
using Surveillance.Crawler;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Crawling;

public sealed class CrawlTests : IDisposable
{
    private readonly CrawlBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Follows_lists_and_details_and_fetches_each_page_once()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/search", (int? page) => page switch
            {
                null or 1 => "item /item/1 低压\nitem /item/2 高压\nnext /search?page=2\nnext /search?page=1",
                2 => "item /item/2 高压\nitem /item/3 焊工\nnext /search?page=1\nnext /search?page=3",
                _ => "empty",
            });
            app.MapGet("/item/{id:int}", (int id) => $"item /item/{id} 详情");
        });

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/search?page=1"));

        Assert.Equal((RunState.Finished, 6, 1, 0), (summary.State, summary.Pages, summary.Empty, summary.Queued));
        Assert.Equal(6, site.Asked.Distinct().Count());
        Assert.Equal(6, site.Asked.Count);
        Assert.Equal(
            ["/item/1 Detail 1", "/item/2 Detail 1", "/item/3 Detail 2", "/search?page=1 Seed 0", "/search?page=2 List 1", "/search?page=3 List 2"],
            _bench.Store.Records.Select(record => $"{new Uri(record.Page.Url).PathAndQuery} {record.Page.Role} {record.Page.Depth}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Seals_what_it_records_and_completes_listings()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/search", () => "item /item/1 低压电工证"));

        await _bench.RunAsync(CrawlBench.Source(site, "/search") with { Follow = new SourceFollow(false, false) });

        var record = Assert.Single(_bench.Store.Records);
        Assert.True(_bench.Evidence.Holds(record.Capture!.Digest));
        Assert.Equal(Digest.Of("item /item/1 低压电工证"u8), record.Capture.Digest);
        Assert.Equal((200, "http", site.Url("/search")), (record.Capture.Status, record.Capture.Fetcher, record.Capture.Url));
        var listing = Assert.Single(record.Listings).Listing;
        Assert.Equal(("闲鱼", "127.0.0.1", ListingKind.Listing), (listing.Platform, listing.Publisher, listing.Kind));
        Assert.Equal(ChinaTime.DayOf(record.Capture.CapturedAt), listing.Observed);
        Assert.Equal(record.Content!.Listings, record.Listings.Select(assessed => assessed.Listing));
    }

    [Fact]
    public async Task Waits_as_long_as_a_busy_host_asks_and_then_goes_on()
    {
        var asked = new ConcurrentQueue<DateTimeOffset>();
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/busy", (HttpContext context) =>
        {
            asked.Enqueue(TimeProvider.System.GetUtcNow());
            context.Response.Headers.RetryAfter = "1";
            return asked.Count < 3 ? Results.Text("", statusCode: 429) : Results.Text("ok");
        }));

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/busy"));

        Assert.Equal((1, 0), (summary.Pages, summary.Failed));
        Assert.Equal([PageState.Queued, PageState.Queued, PageState.Done], _bench.Store.Records.Select(record => record.State));
        var times = asked.ToArray();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData(500, 4)]
    [InlineData(503, 4)]
    [InlineData(400, 1)]
    public async Task Asks_no_more_than_four_times(int status, int times)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Results.Text("oops", statusCode: status)));

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/"));

        Assert.Equal(times, site.Asked.Count);
        Assert.Equal(1, summary.Failed);
        Assert.NotNull(_bench.Store.Records[^1].Capture);
        Assert.Equal($"HTTP {status}", _bench.Store.Records[^1].Reason);
    }

    [Fact]
    public async Task Leaves_a_host_alone_that_asks_for_a_day()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n}", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "86400";
            return Results.Text("", statusCode: 503);
        }));

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/1", "/2", "/3", "/4") with { Rate = new SourceRate(1000, 1) });

        Assert.Equal(["/1"], site.Asked);
        Assert.Equal((RunState.Finished, 4), (summary.State, summary.Failed));
    }

    [Theory]
    [InlineData("/gone", PageState.Gone)]
    [InlineData("/removed", PageState.Gone)]
    [InlineData("/soft-gone", PageState.Gone)]
    [InlineData("/denied", PageState.Blocked)]
    [InlineData("/captcha", PageState.Blocked)]
    [InlineData("/busy-captcha", PageState.Blocked)]
    [InlineData("/member", PageState.Blocked)]
    [InlineData("/members-only", PageState.Blocked)]
    [InlineData("/empty", PageState.Empty)]
    [InlineData("/private/list", PageState.Declined)]
    [InlineData("/to-private", PageState.Declined)]
    [InlineData("/to-intranet", PageState.Declined)]
    [InlineData("/bug", PageState.Failed)]
    public async Task Counts_every_end_under_its_own_name(string path, PageState state)
    {
        await using var site = await LoopbackSite.StartAsync(MapEnds, "User-agent: *\nDisallow: /private/");

        var summary = await _bench.RunAsync(CrawlBench.Source(site, path));

        Assert.Equal([$"{path} {state}"], _bench.Store.Pages);
        Assert.Equal(
            (state == PageState.Gone, state == PageState.Blocked, state == PageState.Empty, state == PageState.Declined, state == PageState.Failed),
            (summary.Gone == 1, summary.Blocked == 1, summary.Empty == 1, summary.Declined == 1, summary.Failed == 1));
        var last = _bench.Store.Records[^1];
        Assert.NotNull(last.Reason);
        Assert.Empty(last.Listings);
        Assert.Equal(state == PageState.Declined, last.Capture is null);
        Assert.DoesNotContain("/private/list", site.Asked);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("HTTP 503", 0)]
    public async Task Takes_an_unreachable_robots_file_for_a_no(string robots, int pages)
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/{n:int}", () => "ok");
            app.Use((HttpContext context, RequestDelegate next) =>
            {
                if (context.Request.Path == "/robots.txt" && robots.Length > 0)
                {
                    context.Response.StatusCode = 503;
                    return Task.CompletedTask;
                }

                return next(context);
            });
        });

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/1", "/2", "/3", "/4", "/5"));

        Assert.Equal((pages, 5 - pages), (summary.Pages, summary.Declined));
    }

    [Fact]
    public async Task Is_interrupted_when_cancelled_and_takes_the_run_up_again()
    {
        using var cancel = new CancellationTokenSource();
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => n < 20 ? $"next /{n + 1}" : "ok"));
        var source = CrawlBench.Source(site, "/1") with { MaxDepth = 100 };
        var progress = new Watcher(seen =>
        {
            if (seen.Pages == 5)
            {
                cancel.Cancel();
            }
        });

        var first = await _bench.RunAsync(source, progress, cancel.Token);
        Assert.Equal((RunState.Interrupted, "已中断"), (first.State, first.Reason));
        Assert.InRange(first.Pages, 5, 6);

        var second = await _bench.RunAsync(source);
        Assert.Equal((RunState.Finished, 20, 0), (second.State, second.Pages, second.Queued));
        Assert.Equal(20, _bench.Store.Records.Count(record => record.State == PageState.Done));
    }

    [Fact]
    public async Task Takes_up_a_run_whose_process_was_killed_before_a_commit()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => n < 6 ? $"next /{n + 1}" : "ok"));
        var source = CrawlBench.Source(site, "/1");
        _bench.Store.Kill = new IOException("power cut");

        await Assert.ThrowsAsync<IOException>(() => _bench.RunAsync(source));
        var summary = await _bench.RunAsync(source);

        Assert.Equal((RunState.Finished, 6), (summary.State, summary.Pages));
        Assert.Equal(6, _bench.Store.Records.Count);
        Assert.Equal(2, site.Asked.Count(path => path == "/1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Stops_at_its_budget(int budget)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => $"next /{n + 1}\nnext /{n + 1000}"));

        var summary = await _bench.RunAsync(CrawlBench.Source(site, "/1") with { MaxPages = budget, MaxDepth = 1000, Rate = new SourceRate(1000, 4) });

        Assert.Equal((RunState.Finished, budget), (summary.State, summary.Pages));
        Assert.Equal(budget, site.Asked.Count);
    }

    [Fact]
    public async Task Counts_pages_of_a_resumed_run_against_its_budget()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => $"next /{n + 1}"));
        var source = CrawlBench.Source(site, "/1") with { MaxPages = 3, MaxDepth = 1000 };

        await _bench.RunAsync(source);
        var second = await _bench.RunAsync(source with { MaxPages = 5 });

        Assert.Equal(5, second.Pages);
    }

    [Fact]
    public async Task Does_nothing_while_another_works_on_the_source()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        var source = CrawlBench.Source(site, "/");
        await _bench.Store.BeginRunAsync(source.Id, [], TestContext.Current.CancellationToken);

        Assert.IsType<CrawlOutcome.AlreadyRunning>(await _bench.Crawl.RunAsync(source, null, TestContext.Current.CancellationToken));
        Assert.Empty(site.Asked);
    }

    [Fact]
    public async Task Ends_as_failed_when_evidence_cannot_be_kept()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        Directory.Delete(Path.Combine(_bench.Folder.FullName, "evidence"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(_bench.Folder.FullName, "evidence"), "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<EvidenceException>(() => _bench.RunAsync(CrawlBench.Source(site, "/")));

        Assert.Empty(_bench.Store.Records);
        Assert.IsType<BeginRunOutcome.Began>(await _bench.Store.BeginRunAsync("shop", [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stops_a_source_that_needs_a_browser_where_there_is_none()
    {
        await using var site = await LoopbackSite.StartAsync(_ => { });
        using var bench = new CrawlBench(browser: new NoBrowser());

        var summary = await bench.RunAsync(CrawlBench.Source(site, [.. Enumerable.Range(0, 20).Select(n => $"/{n}")]) with { Render = RenderMode.Browser, Rate = new SourceRate(1000, 1) });

        Assert.Equal((RunState.Failed, "没有浏览器"), (summary.State, summary.Reason));
        Assert.InRange(summary.Failed, 1, 3);
    }

    [Fact]
    public async Task Keeps_the_pace_of_its_source()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", () => "ok"));
        var started = TimeProvider.System.GetTimestamp();

        await _bench.RunAsync(CrawlBench.Source(site, "/1", "/2", "/3", "/4", "/5") with { Rate = new SourceRate(10, 4) });

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Asks_no_more_at_once_than_its_source_allows(int concurrency)
    {
        int now = 0, most = 0;
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", async () =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(50);
            Interlocked.Decrement(ref now);
        }));

        await _bench.RunAsync(CrawlBench.Source(site, [.. Enumerable.Range(0, 12).Select(n => $"/{n}")]) with { Rate = new SourceRate(1000, concurrency) });

        Assert.InRange(most, 1, concurrency);
        Assert.Equal(1, site.RobotsAsked);
    }

    [Fact]
    public async Task Honours_the_crawl_delay_where_it_is_longer()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", () => "ok"), "User-agent: *\nCrawl-delay: 0.2");
        var started = TimeProvider.System.GetTimestamp();

        await _bench.RunAsync(CrawlBench.Source(site, "/1", "/2", "/3"));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Reports_each_page_as_it_is_committed()
    {
        var seen = new ConcurrentQueue<CrawlProgress>();
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/1", () => "item /x 一\nitem /y 二\nnext /2");
            app.MapGet("/2", () => Results.NotFound());
        });

        await _bench.RunAsync(CrawlBench.Source(site, "/1") with { Follow = new SourceFollow(true, false), Rate = new SourceRate(1000, 1) }, new Watcher(seen.Enqueue));

        Assert.Equal([("/1", PageState.Done, 1, 2, 0), ("/2", PageState.Gone, 2, 2, 1)], seen.Select(step => (new Uri(step.Url).AbsolutePath, step.State, step.Pages, step.Listings, step.Gone)));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static void MapEnds(WebApplication app)
    {
        app.MapGet("/gone", () => Results.Text("item /x 一", statusCode: 404));
        app.MapGet("/removed", () => Results.Text("", statusCode: 410));
        app.MapGet("/soft-gone", () => "gone");
        app.MapGet("/denied", () => Results.Text("item /x 一", statusCode: 403));
        app.MapGet("/captcha", () => "captcha");
        app.MapGet("/busy-captcha", () => Results.Text("captcha", statusCode: 503));
        app.MapGet("/member", () => Results.Redirect("/user/login?back=%2Fmember"));
        app.MapGet("/members-only", () => Results.Text("", statusCode: 401));
        app.MapGet("/user/login", () => "item /x 一");
        app.MapGet("/empty", () => "empty");
        app.MapGet("/to-private", () => Results.Redirect("/private/list"));
        app.MapGet("/to-intranet", () => Results.Redirect("http://10.0.0.1/"));
        app.MapGet("/bug", () => "bug");
    }

    private sealed class Watcher(Action<CrawlProgress> watch) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value) => watch(value);
    }

    private sealed class NoBrowser : IFetcher
    {
        public string Name => "browser";

        public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<FetchOutcome>(new FetchOutcome.Failed(new FetchError(FetchErrorKind.BrowserMissing, "没有浏览器")));
    }
}
