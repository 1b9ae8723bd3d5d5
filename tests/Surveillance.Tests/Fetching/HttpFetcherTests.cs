using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Tests.Crawling;

namespace Surveillance.Tests.Fetching;

public sealed class HttpFetcherTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public async Task Keeps_status_body_headers_and_redirects()
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/a", () => Results.Redirect("/b"));
            app.MapGet("/b", () => Results.Redirect("/c?x=1", permanent: true));
            app.MapGet("/c", (HttpContext context) =>
            {
                context.Response.Headers["X-Shop"] = "1";
                return Results.Text("到了", "text/plain; charset=utf-8", statusCode: 418);
            });
        });

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/a")));

        Assert.Equal(418, fetched.Status);
        Assert.Equal("到了", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Equal(site.Url("/c?x=1"), fetched.FinalUrl.AbsoluteUri);
        Assert.Equal([site.Url("/a"), site.Url("/b")], fetched.Redirects.Select(url => url.AbsoluteUri));
        Assert.Equal("text/plain; charset=utf-8", fetched.ContentType);
        Assert.Contains("X-Shop: 1\n", fetched.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_itself_and_whom_to_write_to()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) => context.Request.Headers.UserAgent.ToString()));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/"), new CrawlOptions { Contact = "mailto:crawl@example.invalid" }));

        Assert.Equal("Mozilla/5.0 (compatible; SurveilBot/1.0; +mailto:crawl@example.invalid)", Encoding.UTF8.GetString(fetched.Body.Span));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://localhost:{port}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("http://2130706433:{port}/")]
    [InlineData("http://0x7f.1:{port}/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Declines(string address)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "secret"));
        var url = new Uri(address.Replace("{port}", $"{site.Base.Port}", StringComparison.Ordinal));

        Assert.IsType<FetchOutcome.Declined>(await FetchAsync(url.AbsoluteUri, allowHosts: []));
        Assert.Empty(site.Asked);
    }

    [Theory]
    [InlineData("http://localhost:{port}/secret")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task Declines_a_redirect_to(string target)
    {
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/", (HttpContext context) => Results.Redirect(target.Replace("{port}", $"{context.Connection.LocalPort}", StringComparison.Ordinal)));
            app.MapGet("/secret", () => "secret");
        });

        Assert.IsType<FetchOutcome.Declined>(await FetchAsync(site.Url("/")));
        Assert.Equal(["/"], site.Asked);
    }

    [Fact]
    public async Task Does_not_lend_a_source_the_connections_that_another_may_use()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "secret"));
        using var fetcher = new HttpFetcher(Options.Create(new CrawlOptions()), TimeProvider.System);
        var cancellationToken = TestContext.Current.CancellationToken;

        Assert.IsType<FetchOutcome.Fetched>(await fetcher.FetchAsync(new FetchRequest(site.Base, ["127.0.0.1"]), cancellationToken));
        Assert.IsType<FetchOutcome.Declined>(await fetcher.FetchAsync(new FetchRequest(site.Base, []), cancellationToken));
    }

    [Fact]
    public async Task Asks_before_following_a_redirect()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Results.Redirect("/private/")));
        using var fetcher = new HttpFetcher(Options.Create(new CrawlOptions()), TimeProvider.System);
        var request = new FetchRequest(site.Base, ["127.0.0.1"])
        {
            Objection = (url, _) => Task.FromResult(url.AbsolutePath == "/private/" ? "不允许" : null),
        };

        Assert.Equal(new FetchOutcome.Declined("不允许"), await fetcher.FetchAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal(["/"], site.Asked);
    }

    [Fact]
    public async Task Gives_up_an_endless_redirect()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/{n:int}", (int n) => Results.Redirect($"/{n + 1}")));

        AssertFailed(FetchErrorKind.TooManyRedirects, await FetchAsync(site.Url("/0")));
        Assert.Equal(11, site.Asked.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_up_a_huge_body(bool announced)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            var chunk = new byte[16 * 1024];
            context.Response.ContentLength = announced ? 1024L * chunk.Length : null;
            for (var n = 0; n < 1024 && !context.RequestAborted.IsCancellationRequested; n++)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        }));

        AssertFailed(FetchErrorKind.TooLarge, await FetchAsync(site.Url("/")));
    }

    [Fact]
    public async Task Takes_a_body_of_exactly_the_limit()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => Results.Bytes(new byte[Limit])));

        Assert.Equal(Limit, Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/"))).Body.Length);
    }

    [Fact]
    public async Task Gives_up_a_slow_drip()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(20, context.RequestAborted);
            }
        }));

        AssertFailed(FetchErrorKind.TimedOut, await FetchAsync(site.Url("/"), new CrawlOptions { FetchTime = TimeSpan.FromMilliseconds(400) }));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    public async Task Gives_up_a_zip_bomb(string encoding)
    {
        await using var site = await EncodedSiteAsync(encoding, new byte[4 * 1024 * 1024]);

        AssertFailed(FetchErrorKind.TooLarge, await FetchAsync(site.Url("/")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw-deflate")]
    [InlineData("gzip, br")]
    public async Task Undoes(string encoding)
    {
        await using var site = await EncodedSiteAsync(encoding, "低压电工证"u8.ToArray());

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/")));

        Assert.Equal("低压电工证", Encoding.UTF8.GetString(fetched.Body.Span));
        Assert.Contains("Content-Encoding: ", fetched.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip, gzip, gzip")]
    public async Task Keeps_a_body_as_it_came_where_it_cannot_undo(string encoding)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return Results.Text("not encoded at all");
        }));

        Assert.Equal("not encoded at all", Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/"))).Body.Span));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("not a type")]
    [InlineData("text/html; charset=no-such-charset")]
    public async Task Keeps_a_content_type_as_the_server_said_it(string contentType)
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            context.Response.Headers.ContentType = contentType;
            await context.Response.WriteAsync("<html>");
        }));

        Assert.Equal(contentType, Assert.IsType<FetchOutcome.Fetched>(await FetchAsync(site.Url("/"))).ContentType);
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
    public async Task Fails_where_the_connection_is_cut()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));

        AssertFailed(FetchErrorKind.Network, await FetchAsync(site.Url("/")));
    }

    [Fact]
    public async Task Fails_on_headers_without_end()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) => context.Response.Headers["X-Long"] = new string('a', 100 * 1024)));

        AssertFailed(FetchErrorKind.TooLarge, await FetchAsync(site.Url("/")));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Wed, 25 Nov 2026 00:00:30 GMT", 30)]
    [InlineData("Wed, 25 Nov 2020 00:00:30 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    [InlineData("-5", null)]
    public void Reads_retry_after(string? header, int? seconds) =>
        Assert.Equal(seconds, (int?)RetryAfter.TryRead(header, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero))?.TotalSeconds);

    [Fact]
    public async Task Throws_only_when_cancelled()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "never asked"));
        using var fetcher = new HttpFetcher(Options.Create(new CrawlOptions()), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(new FetchRequest(site.Base, ["127.0.0.1"]), new CancellationToken(canceled: true)));
    }

    private static async Task<FetchOutcome> FetchAsync(string url, CrawlOptions? options = null, IReadOnlyList<string>? allowHosts = null)
    {
        using var fetcher = new HttpFetcher(Options.Create(options ?? new CrawlOptions { MaxBodyBytes = Limit }), TimeProvider.System);
        return await fetcher.FetchAsync(new FetchRequest(new Uri(url), allowHosts ?? ["127.0.0.1"]), TestContext.Current.CancellationToken);
    }

    private static void AssertFailed(FetchErrorKind kind, FetchOutcome outcome) => Assert.Equal(kind, Assert.IsType<FetchOutcome.Failed>(outcome).Error.Kind);

    private static Task<LoopbackSite> EncodedSiteAsync(string encoding, byte[] body)
    {
        foreach (var coding in encoding.Split(", "))
        {
            var target = new MemoryStream();
            using (Stream encoder = coding switch
            {
                "gzip" => new GZipStream(target, CompressionLevel.Fastest),
                "br" => new BrotliStream(target, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(target, CompressionLevel.Fastest),
                _ => new DeflateStream(target, CompressionLevel.Fastest),
            })
            {
                encoder.Write(body);
            }

            body = target.ToArray();
        }

        return LoopbackSite.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentEncoding = encoding.Replace("raw-", "", StringComparison.Ordinal);
            return Results.Bytes(body, "text/html");
        }));
    }
}
