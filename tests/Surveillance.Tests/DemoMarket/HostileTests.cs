using System.IO.Compression;
using System.Net;
using Surveillance.DemoMarket;

namespace Surveillance.Tests.DemoMarket;

public sealed class HostileTests(RunningMarket market) : IClassFixture<RunningMarket>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redirects_never_end()
    {
        var path = "/hostile/endless-redirect";
        HashSet<string> visited = [];
        for (var hop = 0; hop < 50; hop++)
        {
            Assert.True(visited.Add(path), path);
            using var response = await market.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            path = response.Headers.Location!.OriginalString;
        }
    }

    [Fact]
    public async Task One_redirects_to_a_private_address()
    {
        using var response = await market.GetAsync("/hostile/to-private");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(new Uri("http://169.254.169.254/"), response.Headers.Location);
    }

    [Fact]
    public async Task A_huge_page_tells_no_length_and_goes_on()
    {
        using var response = await market.GetAsync("/hostile/huge");
        Assert.Null(response.Content.Headers.ContentLength);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[8 << 20], Cancellation);
    }

    [Fact]
    public async Task A_bomb_swells_a_hundredfold()
    {
        using var response = await market.GetAsync("/hostile/zip-bomb");
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var packed = new byte[16 * 1024];
        await body.ReadExactlyAsync(packed, Cancellation);
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var plain = new byte[100 * packed.Length];
        await gzip.ReadExactlyAsync(plain, Cancellation);
        Assert.DoesNotContain(plain, value => value != 0);
    }

    [Fact]
    public async Task A_slow_drip_has_begun_and_ends_with_the_server()
    {
        var server = await MarketplaceServer.StartAsync(cancellationToken: Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await client.GetAsync(new Uri(server.BaseAddress, "/hostile/slow-drip"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        Assert.Equal('.', body.ReadByte());
        var rest = Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, Cancellation));
        Assert.False(rest.IsCompleted);
        await server.DisposeAsync();
        await rest;
    }

    [Fact]
    public async Task A_deep_page_nests_ten_thousand_divs()
    {
        var html = await market.TextAsync("/hostile/deep");
        Assert.Equal(10_000, html.Split("<div>").Length - 1);
        Assert.Equal(10_000, html.Split("</div>").Length - 1);
    }

    [Fact]
    public async Task A_page_of_links_holds_a_hundred_thousand() =>
        Assert.Equal(100_000, (await market.TextAsync("/hostile/links")).Split("<a href=").Length - 1);

    [Fact]
    public async Task A_page_with_nuls_still_holds_cards()
    {
        var html = await market.TextAsync("/hostile/nul");
        Assert.Contains("电\0工", html, StringComparison.Ordinal);
        Assert.Contains("class=\"item-card\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_lies_about_the_charset()
    {
        using var response = await market.GetAsync("/hostile/wrong-charset");
        Assert.Equal("utf-8", response.Content.Headers.ContentType?.CharSet);
        Assert.Contains('\uFFFD', await response.Content.ReadAsStringAsync(Cancellation));
    }
}
