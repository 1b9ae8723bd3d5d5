using System.Diagnostics;
using System.Net;
using System.Text;
using Dapper;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Tests.Archives;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

public sealed class ArchiveImportTests : IDisposable
{
    private const string Site = "https://market.example.com";

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly EvidenceStore _evidence;
    private readonly ListingImport _import;
    private readonly List<string> _faults = [];

    public ArchiveImportTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _evidence = new EvidenceStore(Path.Combine(_folder.Path, "evidence"));
        _import = ImportParts.Import(_database, _evidence, new ManualTimeProvider(Some.Noon));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.warc", false)]
    [InlineData("a.warc.gz", true)]
    public async Task Pages_are_filed_at_their_own_time_and_address_and_sealed(string name, bool compressed)
    {
        var path = Write(name, new WarcFile(compressed).Response($"{Site}/item/100000000001", Item("低压电工证培训 包过", "不过退款")));

        Assert.Equal(new ImportCounts(New: 1, Pages: 1), await ImportAsync(path));

        Assert.Equal("2026-11-20T03:04:05.000Z", Scalar<string>("SELECT seen_at FROM listing_version"));
        Assert.Equal("2026-11-20", Scalar<string>("SELECT law_day FROM assessment"));
        Assert.Equal($"{Site}/item/100000000001", Scalar<string>("SELECT final_url FROM capture WHERE status = 200"));
        Assert.Equal("闲鱼", Scalar<string>("SELECT platform FROM listing"));
        Assert.Equal(1, Scalar<long>("SELECT count(*) FROM lead"));
        Assert.True(_evidence.Holds(new Digest(Scalar<string>("SELECT digest FROM capture WHERE status = 200")!)));
        Assert.True(_evidence.Holds(Digest.Of(await File.ReadAllBytesAsync(path, Token))));
    }

    [Fact]
    public async Task Importing_the_same_again_changes_nothing()
    {
        var path = Write("a.warc.gz", Many(new WarcFile(compressed: true), 45));

        Assert.Equal(new ImportCounts(New: 45, Pages: 45), await ImportAsync(path));
        Assert.Equal(new ImportCounts(KnownPages: 45), await ImportAsync(path));
        Assert.Equal(45, Scalar<long>("SELECT count(*) FROM sighting"));
        Assert.Equal(46, Scalar<long>("SELECT count(*) FROM capture"));
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on()
    {
        var archive = Many(new WarcFile(compressed: true), 60);
        var whole = archive.Bytes;
        await ImportAsync(Write("a.warc.gz", whole[..archive.Ends[44]]));

        var counts = await ImportAsync(Write("a.warc.gz", whole));

        Assert.Equal((45, 15), (counts.KnownPages, counts.Pages));
        Assert.Equal(60, Scalar<long>("SELECT count(*) FROM listing"));
        Assert.Equal(60, Scalar<long>("SELECT count(*) FROM sighting"));
    }

    [Fact]
    public async Task Walls_and_missing_pages_are_counted_and_give_no_listing()
    {
        var path = Write("a.warc", new WarcFile()
            .Response($"{Site}/a", "<html><title>安全验证</title><body><p>请拖动滑块完成验证</p></body></html>")
            .Response($"{Site}/b", "<html><title>404</title><body>Not Found</body></html>", status: 404)
            .Response($"{Site}/c", "", "Location: /login", status: 302));

        Assert.Equal(new ImportCounts(Pages: 2, Blocked: 1, Passed: 1), await ImportAsync(path));
        Assert.Equal("captcha", Scalar<string>("SELECT blocked FROM capture WHERE outcome = 'blocked'"));
        Assert.Equal("gone", Scalar<string>("SELECT outcome FROM capture WHERE status = 404"));
    }

    [Fact]
    public async Task A_revisit_is_the_page_seen_again()
    {
        var path = Write("a.warc", new WarcFile()
            .Response($"{Site}/item/100000000001", Item("低压电工证培训", "随到随学"), payload: "sha1:AAA")
            .Record("revisit", $"{Site}/item/100000000001", "2026-11-21T03:04:05Z", "application/http; msgtype=response", "HTTP/1.1 304 Not Modified\r\n\r\n"u8.ToArray(), "sha1:AAA")
            .Record("revisit", $"{Site}/item/100000000002", "2026-11-21T03:04:05Z", "application/http; msgtype=response", [], "sha1:BBB"));

        Assert.Equal(new ImportCounts(New: 1, SeenAgain: 1, Pages: 2, Passed: 1), await ImportAsync(path));
        Assert.Equal("2026-11-21T03:04:05.000Z", Scalar<string>("SELECT last_seen FROM listing"));
    }

    [Fact]
    public async Task A_record_that_breaks_off_is_named_and_the_others_are_kept()
    {
        var archive = Many(new WarcFile(), 3);

        var counts = await ImportAsync(Write("a.warc", archive.Bytes[..^60]));

        Assert.Equal(new ImportCounts(New: 2, Pages: 2, Malformed: 1), counts);
        Assert.StartsWith("3:the archive breaks off", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_what_wget_writes()
    {
        if (!File.Exists("/usr/bin/wget"))
        {
            Assert.Skip("wget is not installed.");
        }

        using var listener = new HttpListener();
        var port = Random.Shared.Next(20_000, 40_000);
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var answer = AnswerAsync(listener);
        var start = new ProcessStartInfo("/usr/bin/wget", ["-q", "-O", "/dev/null", "--no-proxy", $"--warc-file={Path.Combine(_folder.Path, "made")}", $"http://127.0.0.1:{port}/item/100000000001"]);
        using (var wget = Process.Start(start)!)
        {
            await wget.WaitForExitAsync(Token);
        }

        await answer;
        var counts = await ImportAsync(Path.Combine(_folder.Path, "made.warc.gz"));

        Assert.Equal((1, 1, 0), (counts.New, counts.Pages, counts.Malformed));
        Assert.Equal("低压电工证培训", Scalar<string>("SELECT title FROM listing_version"));
    }

    private static async Task AnswerAsync(HttpListener listener)
    {
        var context = await listener.GetContextAsync();
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.SendChunked = true;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Item("低压电工证培训", "随到随学")));
        context.Response.Close();
    }

    private static WarcFile Many(WarcFile archive, int pages) =>
        Enumerable.Range(0, pages).Aggregate(archive, (all, i) => all.Response($"{Site}/item/1000000000{i:00}", Item($"低压电工证培训 第{i}期", "随到随学，小班上课")));

    private static string Item(string title, string text) =>
        $"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p class=price>¥380</p><div class=desc><p>{text}</p></div></body></html>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Write(string name, WarcFile archive) => Write(name, archive.Bytes);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private Task<ImportCounts> ImportAsync(string path) =>
        _import.ImportAsync(path, new ImportOrigin("archive", "闲鱼"), (number, reason) => _faults.Add($"{number}:{reason}"), Token);

    private T? Scalar<T>(string sql)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<T>(sql);
    }
}
