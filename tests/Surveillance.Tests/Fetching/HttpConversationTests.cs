using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Tests.Crawling;

namespace Surveillance.Tests.Fetching;

/// <summary>What <see cref="HttpFetcher"/> tells a server, and by which way it reaches it.</summary>
public sealed class HttpConversationTests
{
    [Fact]
    public async Task Asks_only_for_a_change_where_it_knows_the_page()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/a", (HttpContext context) => context.Request.Headers.IfNoneMatch == "\"v1\"" && context.Request.Headers.IfModifiedSince.Count == 1
                ? Results.StatusCode(304)
                : Results.Redirect("/b"));
            app.MapGet("/b", (HttpContext context) => $"{context.Request.Headers.IfNoneMatch.Count}");
        });
        var known = new Validators("\"v1\"", "Sun, 22 Nov 2026 04:00:00 GMT");

        var unchanged = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(new FetchRequest(new Uri(site.Url("/a")), ["127.0.0.1"]) { Known = known }));
        var moved = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(new FetchRequest(new Uri(site.Url("/a")), ["127.0.0.1"]) { Known = known with { ETag = "\"v0\"" } }));

        Assert.Equal((304, 0), (unchanged.Status, unchanged.Body.Length));
        Assert.Equal("0", Encoding.UTF8.GetString(moved.Body.Span));
    }

    [Fact]
    public async Task Keeps_cookies_within_one_jar()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/set", (HttpContext context) =>
            {
                context.Response.Headers.Append("Set-Cookie", "shop=1; Path=/");
                context.Response.Headers.Append("Set-Cookie", "stolen=1; Domain=other.example");
                return Results.Redirect("/show");
            });
            app.MapGet("/show", (HttpContext context) => $"{context.Request.Headers.Cookie}");
        });
        var request = new FetchRequest(new Uri(site.Url("/set")), ["127.0.0.1"]) { Cookies = new CookieContainer() };

        Assert.Equal("shop=1", Text(await FetchAsync(request)));
        Assert.Equal("shop=1", Text(await FetchAsync(request with { Url = new Uri(site.Url("/show")) })));
        Assert.Equal("", Text(await FetchAsync(request with { Url = new Uri(site.Url("/show")), Cookies = new CookieContainer() })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_through_the_proxy_of_its_source_to_addresses_it_may_reach_only(bool allowed)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "through"));
        await using var proxy = new TunnelProxy();
        var request = new FetchRequest(new Uri($"http://localhost:{site.Base.Port}/"), allowed ? ["localhost"] : []) { Proxy = proxy.Address };

        var outcome = await FetchAsync(request);

        Assert.Equal(allowed ? "through" : null, outcome is FetchOutcome.Fetched fetched ? Encoding.UTF8.GetString(fetched.Body.Span) : null);
        Assert.Equal(allowed, outcome is not FetchOutcome.Declined);
        Assert.Equal(allowed ? [$"127.0.0.1:{site.Base.Port} Basic dXNlcjpzZWNyZXQ="] : [], proxy.Asked);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_certificate()
    {
        await using var site = await TlsSite.StartAsync();

        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync($"https://127.0.0.1:{site.Port}/"));

        Assert.Equal(new FetchError(FetchErrorKind.Tls, TlsFaults.Untrusted), failed.Error);
        Assert.False(failed.Error.Passing);
    }

    [Fact]
    public async Task Fails_on_a_name_that_nobody_has()
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(await FetchAsync("http://no-such-shop.invalid/"));

        Assert.Equal(FetchErrorKind.Network, failed.Error.Kind);
    }

    private static string Text(FetchOutcome outcome) => Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fetched>(outcome).Body.Span);

    private static Task<FetchOutcome> FetchAsync(string url) => FetchAsync(new FetchRequest(new Uri(url), ["127.0.0.1"]));

    private static async Task<FetchOutcome> FetchAsync(FetchRequest request)
    {
        using var fetcher = new HttpFetcher(Options.Create(new CrawlOptions()), TimeProvider.System);
        return await fetcher.FetchAsync(request, TestContext.Current.CancellationToken);
    }
}
