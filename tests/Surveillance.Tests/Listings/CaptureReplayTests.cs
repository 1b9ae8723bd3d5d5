using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

/// <summary>Pages are sealed, filed as an older program read them, and read again by a better one.</summary>
public sealed class CaptureReplayTests : IDisposable
{
    private const string Url = "https://market.example/item/1";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly Database _database;
    private readonly EvidenceStore _evidence;
    private readonly ListingStore _listings;

    public CaptureReplayTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _evidence = new EvidenceStore(Path.Combine(_folder.Path, "evidence"));
        _listings = new ListingStore(Some.Classifier, _time);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sources"));
        _folder.File("sources/shop.yaml", """
            id: shop
            name: 测试市场
            platform: 闲鱼
            kind: marketplace
            enabled: false
            seeds: ["https://market.example/search"]
            render: http
            schedule: "0 0 3 * * ?"
            rate: {per_second: 1, concurrency: 1}
            max_pages: 10
            max_depth: 1
            follow: {lists: true, details: true}
            """);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_better_reading_completes_the_version_and_is_no_sighting()
    {
        await SealAsync(Listing("低压电工证包…", text: null));

        var counts = await ReplayAsync(Listing("低压电工证包过 不过退款", text: "三天拿证", price: 380, seller: "老王考证"));

        Assert.Equal(new RereadCounts(Pages: 1, Completed: 1), counts);
        Assert.Equal(
            ["低压电工证包过 不过退款|三天拿证|380.0|老王考证"],
            Query("SELECT title || '|' || text || '|' || price || '|' || seller FROM listing_version"));
        Assert.Equal(["1 1 1"], Query("SELECT (SELECT count(*) FROM listing) || ' ' || (SELECT count(*) FROM listing_version) || ' ' || (SELECT count(*) FROM sighting)"));
        Assert.Equal(new RereadCounts(Pages: 1), await ReplayAsync(Listing("低压电工证包过 不过退款", text: "三天拿证", price: 380, seller: "老王考证")));
    }

    [Fact]
    public async Task What_stands_there_is_not_altered_or_taken_away()
    {
        await SealAsync(Listing("低压电工证包过", text: "不过退款", price: 380, seller: "老王考证"));
        var before = Query("SELECT content || body FROM listing_version");

        Assert.Equal(new RereadCounts(Pages: 1), await ReplayAsync(Listing("高压电工证报名", text: "别的文字", price: 99, seller: "别人")));
        Assert.Equal(new RereadCounts(Pages: 1), await ReplayAsync());

        Assert.Equal(before, Query("SELECT content || body FROM listing_version"));
        Assert.Equal(["1"], Query("SELECT count(*) FROM lead"));
    }

    [Fact]
    public async Task The_next_crawl_of_the_same_page_sees_no_change_in_what_was_completed()
    {
        await SealAsync(Listing("低压电工证包过", text: null));
        var better = Listing("低压电工证包过", text: "三天拿证", price: 380);
        await ReplayAsync(better);

        await SealAsync(better, page: "later", seenAt: Some.Noon.AddDays(1));

        Assert.Equal(["1 2"], Query("SELECT (SELECT count(*) FROM listing_version) || ' ' || (SELECT count(*) FROM sighting)"));
    }

    [Fact]
    public async Task What_was_overlooked_is_filed_as_seen_when_it_was_captured()
    {
        await SealAsync(Listing("低压电工证包过", text: null));
        _time.Now = Some.Noon.AddDays(30);

        var counts = await ReplayAsync(Listing("低压电工证包过", text: null), Listing("高压电工证代考", text: null) with { Id = "2", Url = "https://market.example/item/2" });

        Assert.Equal(new RereadCounts(Pages: 1, Found: 1), counts);
        Assert.Equal([$"2 {StoredTime.Of(Some.Noon)} 1"], Query("SELECT item_id || ' ' || first_seen || ' ' || (SELECT count(*) FROM lead WHERE listing_id = id) FROM listing WHERE item_id = '2'"));
    }

    [Fact]
    public async Task An_item_whose_id_was_not_read_then_stays_the_same_listing()
    {
        await SealAsync(Listing("低压电工证包过", text: null) with { Id = null });

        await ReplayAsync(Listing("低压电工证包过", text: "三天拿证"));

        Assert.Equal(["三天拿证"], Query("SELECT text FROM listing_version"));
    }

    [Fact]
    public async Task A_persons_decision_stays_and_a_listing_without_a_name_is_not_filed_twice()
    {
        await SealAsync(Listing("低压电工证包过", text: null) with { Id = null, Url = null });
        var lead = LeadId.Parse(Query("SELECT listing_id FROM lead").Single());
        await new LeadStore(_database, _time).DecideAsync(new LeadRuling(lead, 0, new LeadDecision.Reject("不是"), "甲"), Token);

        var nameless = Listing("低压电工证包过", text: "另一种读法") with { Id = null, Url = null };
        await ReplayAsync(nameless, nameless with { Title = "高压电工证包过" });

        Assert.Equal(["1 rejected"], Query("SELECT count(*) || ' ' || max(state) FROM lead"));
    }

    [Fact]
    public async Task A_page_that_was_captured_often_is_read_once_and_missing_evidence_is_counted()
    {
        await SealAsync(Listing("低压电工证包过", text: null));
        await SealAsync(Listing("低压电工证包过", text: null), seenAt: Some.Noon.AddDays(1));
        var lost = await SealAsync(Listing("低压电工证包过", text: null), page: "lost", seenAt: Some.Noon.AddDays(2));
        var file = Directory.EnumerateFiles(Path.Combine(_folder.Path, "evidence"), lost.Value, SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        File.Delete(file);

        Assert.Equal(new RereadCounts(Pages: 1, Failed: 1), await ReplayAsync(Listing("低压电工证包过", text: null)));
    }

    [Fact]
    public async Task Pages_of_sources_without_a_file_and_pages_before_the_day_are_passed_over()
    {
        await SealAsync(Listing("低压电工证包过", text: null), source: "unknown");

        Assert.Equal(new RereadCounts(Unknown: 1), await ReplayAsync());
        Assert.Equal(new RereadCounts(), await Replay([]).RunAsync(new DateOnly(2026, 11, 23), Token));
    }

    private static Listing Listing(string title, string? text, decimal? price = null, string? seller = null) =>
        new() { Id = "1", Platform = "闲鱼", Title = title, Text = text, Price = price, Seller = seller, Url = Url };

    /// <summary>Seals a page and files what an older program read on it.</summary>
    private async Task<Digest> SealAsync(Listing read, string page = "page", DateTimeOffset? seenAt = null, string source = "shop")
    {
        var at = seenAt ?? Some.Noon;
        var bytes = Encoding.UTF8.GetBytes(page);
        var capture = new Capture(await _evidence.SealAsync(bytes, Token), Url, Url, 200, "", "text/html", bytes.Length, at, "http");
        _database.Write((connection, transaction) =>
        {
            var id = CaptureRows.Insert(connection, capture, content: null, source, runId: null);
            return _listings.File(
                connection, transaction, new AssessedListing(read, Some.Classifier.Classify(read, ChinaTime.DayOf(at))), new Sighting(source, at, $"capture:{id}", id, null, IsExcerpt: false));
        });
        return capture.Digest;
    }

    private Task<RereadCounts> ReplayAsync(params Listing[] read) => Replay(read).RunAsync(new DateOnly(2026, 11, 1), Token);

    /// <param name="read">What the better program reads on every page.</param>
    private CaptureReplay Replay(Listing[] read) => new(
        _database,
        new CaptureRereading(_evidence, (_, fetched) => new PageContent(fetched.FinalUrl.AbsoluteUri, "utf-8", PageKind.Detail, PageOutcome.Ok, null, null, read), Some.Classifier),
        SourceCatalogue.Load(new SourceFolders { Shipped = Path.Combine(_folder.Path, "sources") }),
        _listings,
        NullLogger<CaptureReplay>.Instance);

    private List<string> Query(string sql)
    {
        using var connection = _database.Open();
        return [.. connection.Query<string>(sql)];
    }
}
