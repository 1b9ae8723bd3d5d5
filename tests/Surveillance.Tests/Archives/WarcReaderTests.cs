using System.Text;
using Surveillance.Crawler.Archives;

namespace Surveillance.Tests.Archives;

public sealed class WarcReaderTests
{
    private const string Page = "<html><head><meta charset=utf-8><title>低压电工证</title></head><body><h1>低压电工证培训</h1></body></html>";
    private const string Url = "https://market.example.com/item/1.html";

    [Theory]
    [InlineData(false, "1.0", "\r\n")]
    [InlineData(false, "1.1", "\r\n")]
    [InlineData(true, "1.0", "\r\n")]
    [InlineData(true, "1.1", "\r\n")]
    [InlineData(false, "1.0", "\n")]
    public async Task Reads_pages_and_passes_over_what_is_none(bool compressed, string version, string lineBreak)
    {
        var archive = new WarcFile(compressed, version, lineBreak)
            .Record("warcinfo", null, "2026-11-20T03:04:05Z", "application/warc-fields", "software: x\r\n"u8.ToArray())
            .Record("request", Url, "2026-11-20T03:04:05Z", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"u8.ToArray())
            .Response(Url, Page)
            .Record("metadata", Url, "2026-11-20T03:04:05Z", "application/warc-fields", "fetchTimeMs: 3\r\n"u8.ToArray());

        var entries = await ReadAsync(archive.Bytes);

        Assert.Equal(["Other", "Other", "Record", "Other"], entries.Select(entry => entry.GetType().Name));
        var page = Assert.IsType<ArchivedResponse.Page>(await ArchivedResponse.OfAsync((WarcEntry.Record)entries[2], Token));
        Assert.Equal((Url, 200, new DateTimeOffset(2026, 11, 20, 3, 4, 5, TimeSpan.Zero), "text/html; charset=utf-8"), (page.Fetched.FinalUrl.AbsoluteUri, page.Fetched.Status, page.Fetched.At, page.Fetched.ContentType));
        Assert.Equal(Page, Encoding.UTF8.GetString(page.Fetched.Body.Span));
    }

    public static TheoryData<string, string> Encodings => new()
    {
        { "Transfer-Encoding: chunked", "chunked" },
        { "Content-Encoding: gzip", "gzip" },
        { "Content-Encoding: br", "br" },
        { "Transfer-Encoding: chunked\r\nContent-Encoding: gzip", "gzip chunked" },
        // Some writers undo an encoding and leave its header.
        { "Transfer-Encoding: chunked", "" },
        { "Content-Encoding: gzip", "" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Undoes_the_encodings_of_a_body(string header, string encodings)
    {
        var body = Encoding.UTF8.GetBytes(Page);
        body = encodings.Contains("gzip", StringComparison.Ordinal) ? WarcFile.Gzip(body) : encodings == "br" ? WarcFile.Brotli(body) : body;
        body = encodings.Contains("chunked", StringComparison.Ordinal) ? WarcFile.Chunked(body) : body;
        var archive = new WarcFile().Response(Url, body, $"Content-Type: text/html\r\n{header}");

        var page = Assert.IsType<ArchivedResponse.Page>(await ArchivedResponse.OfAsync((WarcEntry.Record)(await ReadAsync(archive.Bytes))[0], Token));

        Assert.Equal(Page, Encoding.UTF8.GetString(page.Fetched.Body.Span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reports_a_last_record_that_breaks_off(bool compressed)
    {
        var archive = new WarcFile(compressed).Response(Url, Page).Response(Url + "?2", string.Concat(Enumerable.Range(0, 400).Select(i => $"<p>{i * 7919}</p>")));
        var cut = archive.Bytes[..(archive.Ends[0] + ((archive.Ends[1] - archive.Ends[0]) / 2))];

        var entries = await ReadAsync(cut);

        Assert.IsType<WarcEntry.Record>(entries[0]);
        Assert.Contains("breaks off", Assert.IsType<WarcEntry.Fault>(Assert.Single(entries.Skip(1))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_member_costs_itself()
    {
        var archive = new WarcFile(compressed: true).Response(Url, Page).Response(Url + "?2", Page).Response(Url + "?3", Page);
        var bytes = archive.Bytes;
        for (var i = archive.Ends[0] + 20; i < archive.Ends[1] - 20; i++)
        {
            bytes[i] ^= 0x5A;
        }

        var entries = await ReadAsync(bytes);

        Assert.Contains(entries, entry => entry is WarcEntry.Fault);
        Assert.Contains(entries.OfType<WarcEntry.Record>(), record => record["WARC-Target-URI"] == Url + "?3");
    }

    [Theory]
    [InlineData("not an archive at all\n")]
    [InlineData("WARC/1.0\r\nWARC-Type: response\r\n\r\n")]
    [InlineData("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n")]
    [InlineData("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nshort")]
    public async Task Names_what_is_no_record(string text) =>
        Assert.IsType<WarcEntry.Fault>(Assert.Single(await ReadAsync(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("image/png", "x", false)]
    [InlineData("text/css", "a{}", false)]
    [InlineData("application/javascript", "a()", false)]
    [InlineData("application/json; charset=utf-8", "{}", true)]
    [InlineData("application/xhtml+xml", "<html/>", true)]
    [InlineData("text/plain", "<!DOCTYPE html>", true)]
    [InlineData("text/plain", "hello", false)]
    public async Task Takes_for_pages_what_may_hold_listings(string contentType, string body, bool isPage)
    {
        var archive = new WarcFile().Response(Url, body, $"Content-Type: {contentType}");

        var response = await ArchivedResponse.OfAsync((WarcEntry.Record)(await ReadAsync(archive.Bytes))[0], Token);

        Assert.Equal(isPage, response is ArchivedResponse.Page);
    }

    [Theory]
    [InlineData("dns:market.example.com", "2026-11-20T03:04:05Z", nameof(ArchivedResponse.NoPage))]
    [InlineData("<https://market.example.com/>", "2026-11-20T03:04:05.123456Z", nameof(ArchivedResponse.Page))]
    [InlineData("https://market.example.com/", "20261120", nameof(ArchivedResponse.Broken))]
    [InlineData(null, "2026-11-20T03:04:05Z", nameof(ArchivedResponse.Broken))]
    public async Task Needs_an_address_and_a_time(string? url, string date, string expected)
    {
        var archive = new WarcFile().Record("response", url, date, "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"u8.ToArray());

        Assert.Equal(expected, (await ArchivedResponse.OfAsync((WarcEntry.Record)(await ReadAsync(archive.Bytes))[0], Token)).GetType().Name);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<List<WarcEntry>> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await WarcReader.ReadAsync(stream, Token).ToListAsync(Token);
    }
}
