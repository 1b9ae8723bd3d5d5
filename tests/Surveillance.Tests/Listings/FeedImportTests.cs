using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Surveillance.Api.Listings;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

public sealed class FeedImportTests : IDisposable
{
    private const string Map = """
        columns:
          id: 商品ID
          title: 商品名
          text: [卖点, 详情]
          price: 售价
          seller: 店铺
          phone: 手机
          observed: 抓取日
        constants:
          platform: 微店
        price_unit: 分
        date_format: yyyy/M/d
        """;

    private const string Rows = "商品ID,商品名,卖点,详情,售价,店铺,手机,抓取日,多余\n7,低压电工证,包过,不过退款,38000,某店,13800000000,2026/3/1,x\n";

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly ListingImport _import;
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly List<string> _faults = [];

    public FeedImportTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _import = ImportParts.Import(_database, new EvidenceStore(Path.Combine(_folder.Path, "evidence")), _time);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", Rows, Map)]
    [InlineData("a.csv", "商品ID;商品名;卖点;详情;售价;店铺;手机;抓取日\n7;低压电工证;包过;不过退款;38000;某店;13800000000;2026/3/1\n", Map + "\nseparator: ';'")]
    [InlineData("a.jsonl", """{"item":{"id":7,"name":"低压电工证"},"points":["包过","不过退款"],"price":{"fen":38000},"shop":"某店","tel":"13800000000","day":"2026/3/1"}""", """
        columns: { id: item.id, title: item.name, text: points, price: price.fen, seller: shop, phone: tel, observed: day }
        constants: { platform: 微店 }
        price_unit: fen
        date_format: yyyy/M/d
        """)]
    public async Task A_map_names_what_the_feed_s_columns_hold(string name, string content, string map)
    {
        Assert.Equal(new ImportCounts(New: 1), await ImportAsync(_folder.File(name, content), FeedMapFile.Read(_folder.File("map.yaml", map))));

        Assert.Equal(("7", "微店", "低压电工证", "包过\n不过退款", 380.0, "某店"), Row<(string, string, string, string, double, string)>(
            "SELECT item_id, platform, title, text, price, seller FROM listing JOIN listing_version ON listing_id = id"));
        Assert.Contains("13800000000", Row<string>("SELECT body FROM listing_version"), StringComparison.Ordinal);
        Assert.Equal("2026-03-01", Row<string>("SELECT law_day FROM assessment"));
    }

    [Theory]
    [InlineData("380", 380.0, null)]
    [InlineData("￥1,280.50", 1280.5, null)]
    [InlineData("1.2万", 12000.0, null)]
    [InlineData("380-680元", 380.0, 680.0)]
    [InlineData("面议", null, null)]
    public async Task Prices_are_read_as_people_print_them(string printed, double? low, double? high)
    {
        await ImportAsync(_folder.File("a.csv", $"id,title,price\n1,电工,\"{printed}\"\n"), FeedMap.Contract);

        var body = Row<string>("SELECT body FROM listing_version");
        var listing = System.Text.Json.JsonSerializer.Deserialize<Classifier.Listing>(body, Classifier.ContractJson.Options)!;
        Assert.Equal(((decimal?)low, (decimal?)high), (listing.Price, listing.PriceMax));
    }

    [Theory]
    [InlineData("a.csv", Rows, "columns: { id: 商品ID, title: 商名 }", "商品名")]
    [InlineData("a.jsonl", """{"id":"1","item_name":"x"}""", "columns: { id: id, title: item_nane }", "item_name")]
    public async Task A_column_that_the_file_lacks_is_named_with_the_nearest_one(string name, string content, string map, string nearest)
    {
        var read = FeedMapFile.Read(_folder.File("map.yaml", map));
        var error = await Assert.ThrowsAsync<FeedMapException>(() => ImportAsync(_folder.File(name, content), read));

        Assert.Contains($"nearest one is {nearest}", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Row<long>("SELECT count(*) FROM listing"));
    }

    [Theory]
    [InlineData("colums: { id: a }", "nearest known one is columns")]
    [InlineData("columns: { titel: a }", "nearest known one is title")]
    [InlineData("columns: { id: a }\nconstants: { plattform: b }", "nearest known one is platform")]
    [InlineData("columns: { id: a }\nprice_unit: dollars", "price_unit expects")]
    [InlineData("columns: { id: a }\nencoding: klingon", "encoding expects")]
    [InlineData("columns: { id: a }\nseparator: ab", "separator expects")]
    [InlineData("constants: { platform: b }", "expected columns")]
    [InlineData("columns: [a", "readable YAML")]
    public void A_map_is_read_strictly(string map, string expected) =>
        Assert.Contains(expected, Assert.Throws<FeedMapException>(() => FeedMapFile.Read(_folder.File("map.yaml", map))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_is_imported_file_by_file_and_each_once()
    {
        var source = Feed(Directory.CreateDirectory(Path.Combine(_folder.Path, "in")).FullName);
        await File.WriteAllTextAsync(Path.Combine(source.Feed!.Folder, "1.csv"), "id,title\n1,低压电工证包过\n", Token);
        await File.WriteAllTextAsync(Path.Combine(source.Feed.Folder, "2.jsonl"), """{"id":"2","title":"高压电工证包过"}""", Token);
        await File.WriteAllTextAsync(Path.Combine(source.Feed.Folder, "note.txt"), "x", Token);

        var first = await RunAsync(source);
        var second = await RunAsync(source);
        await File.WriteAllTextAsync(Path.Combine(source.Feed.Folder, "3.csv"), "id,title\n3,电工证包过\n", Token);
        var third = await RunAsync(source);

        Assert.Equal((RunState.Finished, 2, 0, 1), (first.State, first.Listings, second.Listings, third.Listings));
        Assert.Equal(3, Row<long>("SELECT count(*) FROM sighting"));
    }

    [Fact]
    public async Task A_wrong_file_fails_the_run_by_name_and_costs_no_other()
    {
        var source = Feed(Directory.CreateDirectory(Path.Combine(_folder.Path, "in")).FullName);
        await File.WriteAllTextAsync(Path.Combine(source.Feed!.Folder, "1.csv"), "name,value\n1,2\n", Token);
        await File.WriteAllTextAsync(Path.Combine(source.Feed.Folder, "2.csv"), "id,title\n1,低压电工证包过\n", Token);

        var run = await RunAsync(source);

        Assert.Equal((RunState.Failed, 1), (run.State, run.Listings));
        Assert.Contains("1.csv", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_fails_the_run()
    {
        var run = await RunAsync(Feed(Path.Combine(_folder.Path, "absent")));

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("absent", run.Reason, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SourceDefinition Feed(string folder) => SourceDefinition.ForUrl(new Uri("https://feed.invalid/"), RenderMode.Http, 1) with
    {
        Id = "feed",
        Platform = "微店",
        Kind = SourceKind.Feed,
        Seeds = [],
        Feed = new SourceFeed(folder, null),
    };

    private async Task<RunSummary> RunAsync(SourceDefinition source)
    {
        var store = new CrawlStore(_database, new ListingStore(Some.Classifier, _time), new SourceStates(_database, _time), _time);
        return Assert.IsType<CrawlOutcome.Ended>(await new FeedRun(store, _import, NullLogger<FeedRun>.Instance).RunAsync(source, Token)).Summary;
    }

    private Task<ImportCounts> ImportAsync(string path, FeedMap map) =>
        _import.ImportAsync(path, new ImportOrigin("feed", Platform: null) { Map = map }, (line, reason) => _faults.Add($"{line}:{reason}"), Token);

    private T Row<T>(string sql)
    {
        using var connection = _database.Open();
        return connection.QuerySingle<T>(sql);
    }
}
