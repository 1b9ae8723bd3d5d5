using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Browser;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Crawling;

namespace Surveillance.Tests.Fetching;

/// <summary>In real Chromium, which ./test installs.</summary>
public sealed class BrowserFetcherTests : IClassFixture<BrowserFetcherTests.SharedChromium>
{
    private readonly Chromium _chromium;

    public BrowserFetcherTests(SharedChromium shared)
    {
        Assert.NotNull(Chromium.TryFind(Environment.GetEnvironmentVariable("PATH")));
        _chromium = shared.Chromium;
    }

    [Fact]
    public async Task Keeps_what_scripts_wrote()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/app/search", () => Html("<div id=list></div><script>fetch('/app/api').then(r => r.json()).then(items => list.textContent = items.join('，'))</script>"));
            app.MapGet("/app/api", () => new[] { "低压电工证", "高压电工证" });
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/app/search")));

        Assert.Contains("低压电工证，高压电工证", Encoding.UTF8.GetString(fetched.Body.Span), StringComparison.Ordinal);
        Assert.Equal((200, "text/html; charset=utf-8", site.Url("/app/search")), (fetched.Status, fetched.ContentType, fetched.FinalUrl.AbsoluteUri));
    }

    [Fact]
    public async Task Passes_on_what_a_page_posts()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<script>fetch('/api', { method: 'POST', body: '证'.repeat(50000) }).then(r => r.text()).then(text => document.body.append(text))</script>"));
            app.MapPost("/api", async (HttpContext context) => $"got {(await new StreamReader(context.Request.Body).ReadToEndAsync()).Length}");
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        Assert.Contains("got 50000", Encoding.UTF8.GetString(fetched.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_status_redirects_and_headers()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/a", () => Results.Redirect("/b"));
            app.MapGet("/b", (HttpContext context) =>
            {
                context.Response.Headers.RetryAfter = "5";
                return Results.Text("<p>busy", "text/html", statusCode: 429);
            });
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/a")));

        Assert.Equal((429, site.Url("/b"), TimeSpan.FromSeconds(5)), (fetched.Status, fetched.FinalUrl.AbsoluteUri, fetched.RetryAfter));
        Assert.Equal([site.Url("/a")], fetched.Redirects.Select(url => url.AbsoluteUri));
    }

    [Fact]
    public async Task Gives_each_page_a_context_of_its_own()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Cookies.Append("seen", "yes");
            return Html($"cookies:{context.Request.Cookies.Count}");
        }));

        await FetchAsync(site.Url("/"));
        var second = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        Assert.Contains("cookies:0", Encoding.UTF8.GetString(second.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Declines_a_private_address(string host)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "secret"));

        Assert.IsType<FetchOutcome.Declined>(await FetchAsync($"http://{host}:{site.Base.Port}/", allowHosts: []));
        Assert.Empty(site.Asked);
    }

    [Fact]
    public async Task Declines_a_redirect_to_a_private_address()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", (HttpContext context) => Results.Redirect($"http://localhost:{context.Connection.LocalPort}/secret"));
            app.MapGet("/secret", () => "secret");
        });

        Assert.IsType<FetchOutcome.Declined>(await FetchAsync(site.Url("/")));
        Assert.DoesNotContain("/secret", site.Asked);
    }

    [Fact]
    public async Task Lets_no_part_of_a_page_reach_a_private_address()
    {
        using var intranet = new TcpListener(IPAddress.Loopback, 0);
        intranet.Start();
        var port = ((IPEndPoint)intranet.LocalEndpoint).Port;
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/hop", () => Results.Redirect($"http://localhost:{port}/hop"));
            app.MapGet("/", () => Html($$"""
                <iframe src="http://localhost:{{port}}/frame"></iframe>
                <script src="http://localhost:{{port}}/script"></script>
                <script>
                  const done = [fetch('/hop'), fetch('http://localhost:{{port}}/fetch'), fetch('https://localhost:{{port}}/tls'),
                    new Promise(over => { const socket = new WebSocket('ws://localhost:{{port}}/'); socket.onerror = socket.onclose = over; })];
                  Promise.allSettled(done).then(() => document.body.append('tried'));
                </script>
                """));
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        Assert.Contains("tried", Encoding.UTF8.GetString(fetched.Body.Span), StringComparison.Ordinal);
        Assert.Contains("/hop", site.Asked);
        Assert.False(intranet.Pending());
    }

    [Fact]
    public async Task Dismisses_dialogs_and_refuses_windows_and_pictures()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<img src=/picture.png><script>alert('停'); confirm('走'); document.body.append('after')</script>"));
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        Assert.Contains("after", Encoding.UTF8.GetString(fetched.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("/picture.png", site.Asked);
    }

    [Fact]
    public async Task Takes_a_download_for_no_page()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Results.File(new byte[100], "application/octet-stream", "a.exe")));

        AssertFailed(FetchErrorKind.NoPage, await FetchAsync(site.Url("/")));
    }

    [Fact]
    public async Task Gives_up_a_script_that_never_ends_and_renders_the_next_page()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<script>addEventListener('load', () => setTimeout(() => { for (;;); }, 0))</script>"));
            app.MapGet("/next", () => Html("next"));
        });

        AssertFailed(FetchErrorKind.TimedOut, await FetchAsync(site.Url("/"), new CrawlOptions { FetchTime = TimeSpan.FromSeconds(3), SettleTime = TimeSpan.FromMilliseconds(100) }));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/next")));
    }

    [Fact]
    public async Task Takes_a_page_that_never_falls_silent_as_it_stands()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<p>here<script>setInterval(() => fetch('/poll'), 50)</script>"));
            app.MapGet("/poll", () => "");
        });

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/"), new CrawlOptions { SettleTime = TimeSpan.FromMilliseconds(700) }));
    }

    [Fact]
    public async Task Gives_up_a_page_that_grows_without_end()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/grown", () => Html("<script>document.write('x'.repeat(100000))</script>"));
            app.MapGet("/sent", async (HttpContext context) =>
            {
                context.Response.ContentType = "text/html";
                for (var n = 0; n < 1000; n++)
                {
                    await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
                }
            });
        });
        var limits = new CrawlOptions { MaxBodyBytes = 64 * 1024 };

        AssertFailed(FetchErrorKind.TooLarge, await FetchAsync(site.Url("/grown"), limits));
        AssertFailed(FetchErrorKind.TooLarge, await FetchAsync(site.Url("/sent"), limits));
    }

    [Fact]
    public async Task Starts_another_browser_after_a_crash()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Html("page")));
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        await using (var place = await _chromium.RentAsync(TestContext.Current.CancellationToken))
        {
            await place.Browser.CloseAsync();
        }

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));
    }

    [Fact]
    public async Task Says_that_the_browser_died_under_a_page_and_renders_the_next_one()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", async (CancellationToken aborted) =>
            {
                await using var place = await _chromium.RentAsync(aborted);
                var session = await place.Browser.NewBrowserCDPSessionAsync();
                var processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
                var browser = processes.EnumerateArray().First(process => process.GetProperty("type").GetString() == "browser").GetProperty("id").GetInt32();
                System.Diagnostics.Process.GetProcessById(browser).Kill(entireProcessTree: true);
                await Task.Delay(Timeout.Infinite, aborted);
            });
            app.MapGet("/next", () => Html("next"));
        });

        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync(site.Url("/")));

        Assert.True(failed.Error.Passing);
        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/next")));
    }

    [Fact]
    public async Task Fails_where_nobody_listens()
    {
        var site = await LoopbackSite.StartAsync(_ => { });
        var url = site.Url("/");
        await site.DisposeAsync();

        AssertFailed(FetchErrorKind.Network, await FetchAsync(url));
    }

    [Fact]
    public async Task Asks_before_keeping_what_a_redirect_led_to()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<script>location = '/private/'</script>"));
            app.MapGet("/private/", () => Html("private"));
        });
        var fetcher = new BrowserFetcher(_chromium, Options.Create(new CrawlOptions()), TimeProvider.System);
        var request = new FetchRequest(site.Base, ["127.0.0.1"])
        {
            Objection = (url, _) => Task.FromResult(url.AbsolutePath == "/private/" ? "不允许" : null),
        };

        Assert.Equal(new FetchOutcome.Declined("不允许"), await fetcher.FetchAsync(request, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/by-redirect")]
    [InlineData("/by-script")]
    [InlineData("/by-meta")]
    public async Task Does_not_go_where_it_may_not(string path)
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/by-redirect", () => Results.Redirect("/hop"));
            app.MapGet("/hop", () => Results.Redirect("/private/"));
            app.MapGet("/by-script", () => Html("<script>location = '/private/'</script>"));
            app.MapGet("/by-meta", () => Html("<meta http-equiv=refresh content='0;url=/private/'>"));
            app.MapGet("/private/", () => Html("private"));
        });
        var request = new FetchRequest(new Uri(site.Url(path)), ["127.0.0.1"])
        {
            Objection = (url, _) => Task.FromResult(url.AbsolutePath == "/private/" ? "不允许" : null),
        };

        Assert.Equal(new FetchOutcome.Declined("不允许"), await FetchAsync(request));
        Assert.DoesNotContain("/private/", site.Asked);
    }

    [Fact]
    public async Task Carries_cookies_from_page_to_page_of_one_run_only()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Cookies.Append("seen", "yes");
            return Html($"cookies:{context.Request.Cookies["seen"]}.");
        }));
        var request = new FetchRequest(site.Base, ["127.0.0.1"]) { Cookies = new CookieContainer() };

        await FetchAsync(request);

        Assert.Contains("cookies:yes.", Text(await FetchAsync(request)), StringComparison.Ordinal);
        Assert.Contains("cookies:.", Text(await FetchAsync(request with { Cookies = new CookieContainer() })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_data_that_scripts_asked_for_beside_the_page()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<script>fetch('/api/list?page=1').then(r => r.json()).then(() => document.body.append('read'))</script><script src=/code.js></script>"));
            app.MapGet("/api/list", () => Results.Text("""[{"title":"低压电工证"}]""", "application/json"));
            app.MapGet("/code.js", () => Results.Text("1", "text/javascript"));
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        var part = Assert.Single(fetched.Parts);
        Assert.Equal((site.Url("/api/list?page=1"), 200, "application/json"), (part.Url.AbsoluteUri, part.Status, part.ContentType));
        Assert.Equal("""[{"title":"低压电工证"}]""", Encoding.UTF8.GetString(part.Body.Span));
    }

    [Fact]
    public async Task Scrolls_and_waits_as_its_source_says()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Html("""
            <div id=list style="height: 3000px"></div>
            <script>
              let rows = 0;
              addEventListener('scroll', () => {
                if (rows < 3) { list.insertAdjacentHTML('beforeend', `<p style="margin-top: 3000px">row-${++rows}</p>`); list.style.height = 'auto'; }
              });
              setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<b class=late>late</b>'), 900);
              setInterval(() => fetch('/poll'), 50);
            </script>
            """)));
        var request = new FetchRequest(site.Base, ["127.0.0.1"]) { Rendering = new SourceRendering(10, ".late", ["image"]) };

        var text = Text(await FetchAsync(request));

        Assert.Contains("row-3", text, StringComparison.Ordinal);
        Assert.Contains("<b class=\"late\">late</b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_further_windows_and_what_its_source_blocks()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<link rel=stylesheet href=/style.css><script>open('/window')</script>here"));
            app.MapGet("/window", () => Html("<script>setInterval(() => fetch('/spy'), 20)</script>"));
        });
        var request = new FetchRequest(site.Base, ["127.0.0.1"]) { Rendering = SourceRendering.Default with { Block = ["stylesheet"] } };

        Assert.Contains("here", Text(await FetchAsync(request)), StringComparison.Ordinal);
        Assert.DoesNotContain("/style.css", site.Asked);
    }

    [Fact]
    public async Task Sends_everything_that_a_page_asks_for_through_the_proxy_of_its_source()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", () => Html("<p id=said></p><script>fetch('/data').then(r => r.text()).then(text => said.textContent = text)</script>"));
            app.MapGet("/data", () => "through");
        });
        await using var proxy = new TunnelProxy();
        var request = new FetchRequest(new Uri($"http://localhost:{site.Base.Port}/"), ["localhost"]) { Proxy = proxy.Address };

        Assert.Contains("through", Text(await FetchAsync(request)), StringComparison.Ordinal);

        // Whatever reached the site came out of a tunnel, opened with the proxy's name and password to the address that was checked here.
        Assert.NotEmpty(proxy.Asked);
        Assert.All(proxy.Asked, asked => Assert.Equal($"127.0.0.1:{site.Base.Port} Basic dXNlcjpzZWNyZXQ=", asked));
        Assert.NotEmpty(site.Callers);
        Assert.Empty(site.Callers.Except(proxy.Ports));
    }

    [Fact]
    public async Task A_list_that_a_page_asks_for_and_draws_without_text_is_read()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/search", () => Html("<canvas id=c></canvas><script>fetch('/api/items').then(r => r.json()).then(a => a.items.forEach((item, i) => c.getContext('2d').fillText(item.title, 0, i * 20)))</script>"));
            app.MapGet("/api/items", () => new
            {
                items = Enumerable.Range(1, 5).Select(number => new { itemId = $"8800120{number}", title = $"低压电工证考前辅导班第{number}期", price = $"{300 + number}.00", detailUrl = $"/item/{number}" }),
            });
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/search?q=x")));
        var content = new SourceReader(PageReader.CreateDefault()).Read(CrawlBench.Source(site, "/search"), fetched);

        Assert.Equal((PageOutcome.Ok, PageKind.Search, 5), (content.Outcome, content.PageKind, content.Listings.Count));
        Assert.Equal(("低压电工证考前辅导班第1期", 301m, site.Url("/item/1")), (content.Listings[0].Title, content.Listings[0].Price, content.Listings[0].Url));
    }

    [Fact]
    public async Task Asks_nobody_where_the_proxy_of_a_source_is_gone()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Html("<p>direct")));
        Uri address;
        await using (var proxy = new TunnelProxy())
        {
            address = proxy.Address;
        }

        var outcome = await FetchAsync(new FetchRequest(new Uri($"http://localhost:{site.Base.Port}/"), ["localhost"]) { Proxy = address });

        Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Empty(site.Asked);
    }

    [Theory]
    [InlineData(2, long.MaxValue, 5, 3)]
    [InlineData(1000, 100L * 1024 * 1024, 21, 2)]
    [InlineData(1000, long.MaxValue, 21, 1)]
    public async Task Replaces_its_browser_after_so_many_pages_or_so_much_memory(int pages, long bytes, int rents, int browsers)
    {
        await using var chromium = new Chromium(Options.Create(new CrawlOptions { PagesPerBrowser = pages, MaxBrowserBytes = bytes }), NullLogger<Chromium>.Instance);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var rent = 0; rent < rents; rent++)
        {
            await using var place = await chromium.RentAsync(TestContext.Current.CancellationToken);
            seen.Add(place.Browser);
        }

        Assert.Equal(browsers, seen.Count);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("/no/such/folder", null)]
    public void Finds_no_browser_on(string searchPath, string? found) => Assert.Equal(found, Chromium.TryFind(searchPath));

    private static IResult Html(string body) => Results.Text("<!DOCTYPE html><meta charset=utf-8><body>" + body, "text/html; charset=utf-8");

    private static void AssertFailed(FetchErrorKind kind, FetchOutcome outcome) => Assert.Equal(kind, Assert.IsType<FetchOutcome.Failed>(outcome).Error.Kind);

    private static string Text(FetchOutcome outcome) => Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fetched>(outcome).Body.Span);

    private Task<FetchOutcome> FetchAsync(FetchRequest request) =>
        new BrowserFetcher(_chromium, Options.Create(new CrawlOptions()), TimeProvider.System).FetchAsync(request, TestContext.Current.CancellationToken);

    private Task<FetchOutcome> FetchAsync(string url, CrawlOptions? options = null, IReadOnlyList<string>? allowHosts = null) =>
        new BrowserFetcher(_chromium, Options.Create(options ?? new CrawlOptions()), TimeProvider.System)
            .FetchAsync(new FetchRequest(new Uri(url), allowHosts ?? ["127.0.0.1"]), TestContext.Current.CancellationToken);

    public sealed class SharedChromium : IAsyncDisposable
    {
        internal Chromium Chromium { get; } = new(Options.Create(new CrawlOptions()), NullLogger<Chromium>.Instance);

        public ValueTask DisposeAsync() => Chromium.DisposeAsync();
    }
}
