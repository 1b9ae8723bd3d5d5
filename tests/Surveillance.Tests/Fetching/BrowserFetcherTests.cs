using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Browser;
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

        var browser = await _chromium.GetAsync(TestContext.Current.CancellationToken);
        await browser.CloseAsync();

        Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));
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
    [InlineData("", null)]
    [InlineData("/no/such/folder", null)]
    public void Finds_no_browser_on(string searchPath, string? found) => Assert.Equal(found, Chromium.TryFind(searchPath));

    private static IResult Html(string body) => Results.Text("<!DOCTYPE html><meta charset=utf-8><body>" + body, "text/html; charset=utf-8");

    private static void AssertFailed(FetchErrorKind kind, FetchOutcome outcome) => Assert.Equal(kind, Assert.IsType<FetchOutcome.Failed>(outcome).Error.Kind);

    private Task<FetchOutcome> FetchAsync(string url, CrawlOptions? options = null, IReadOnlyList<string>? allowHosts = null) =>
        new BrowserFetcher(_chromium, Options.Create(options ?? new CrawlOptions()), TimeProvider.System)
            .FetchAsync(new FetchRequest(new Uri(url), allowHosts ?? ["127.0.0.1"]), TestContext.Current.CancellationToken);

    public sealed class SharedChromium : IAsyncDisposable
    {
        internal Chromium Chromium { get; } = new(NullLogger<Chromium>.Instance);

        public ValueTask DisposeAsync() => Chromium.DisposeAsync();
    }
}
