using System.Text;
using Dapper;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

public sealed class ListingImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly EvidenceStore _evidence;
    private readonly ListingImport _import;
    private readonly List<string> _faults = [];

    public ListingImportTests()
    {
        var time = new ManualTimeProvider(Some.Noon);
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _evidence = new EvidenceStore(Path.Combine(_folder.Path, "evidence"));
        _import = ImportParts.Import(_database, _evidence, time);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", """{"id":"1","platform":"闲鱼","title":"低压电工证包过","text":"不过退款","price":380,"observed":"2026-11-20"}""")]
    [InlineData("a.csv", "商品编号,平台,标题,描述,价格,发现日期\n1,闲鱼,低压电工证包过,不过退款,¥380,2026-11-20\n")]
    [InlineData("a.csv", "id,platform,title,text,price,observed\n1,闲鱼,低压电工证包过,\"不过\n退款\",380,2026-11-20\n")]
    public async Task A_file_is_imported_once_however_often_it_is_given(string name, string content)
    {
        var path = _folder.File(name, content);

        Assert.Equal(new ImportCounts(New: 1), await ImportAsync(path));
        Assert.Equal(new ImportCounts(Unchanged: 1), await ImportAsync(path));
        Assert.Equal(1, Scalar<long>("SELECT count(*) FROM sighting"));
        Assert.Equal(1, Scalar<long>("SELECT count(*) FROM capture"));
        Assert.Equal(1, Scalar<long>("SELECT count(*) FROM lead"));
        Assert.Equal(380, Scalar<double>("SELECT price FROM listing_version"));
    }

    [Fact]
    public async Task The_file_is_sealed_as_it_is()
    {
        var path = _folder.File("a.jsonl", """{"id":"1","title":"低压电工证"}""");
        await ImportAsync(path);

        Assert.True(_evidence.Holds(Digest.Of(await File.ReadAllBytesAsync(path, Token))));
        Assert.Equal(Digest.Of(await File.ReadAllBytesAsync(path, Token)).Value, Scalar<string>("SELECT digest FROM capture"));
    }

    [Fact]
    public async Task A_csv_file_in_GB18030_is_read()
    {
        var path = Path.Combine(_folder.Path, "a.csv");
        await File.WriteAllBytesAsync(path, CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("编号,标题\n7,高压电工证报名\n"), Token);
        await ImportAsync(path);

        Assert.Equal("高压电工证报名", Scalar<string>("SELECT title FROM listing_version"));
    }

    [Fact]
    public async Task Malformed_rows_are_named_and_the_rest_go_on()
    {
        var path = _folder.File("a.csv", "id,title,price\n1,好,1\n2,坏,许多\n3,短\n,无编号,4\n5,好,5\n");
        var counts = await ImportAsync(path);

        Assert.Equal(new ImportCounts(New: 2, Malformed: 3), counts);
        Assert.Equal(["3", "4", "5"], _faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a.txt", "x", ".jsonl, .csv or .html")]
    [InlineData("a.gz", "x", ".warc.gz")]
    [InlineData("a.csv", "name,value\n1,2\n", "a header with id or url")]
    [InlineData("a.csv", "", "header")]
    public async Task A_file_that_can_t_be_imported_changes_nothing(string name, string content, string expected)
    {
        var path = _folder.File(name, content);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ImportAsync(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Scalar<long>("SELECT count(*) FROM listing"));
    }

    [Fact]
    public async Task A_saved_page_gives_its_listings_with_the_address_that_it_states()
    {
        var path = _folder.File("page.html", """
            <!-- saved from url=(0030)https://market.example/item/123456789012 -->
            <html><head><meta charset="utf-8"><title>低压电工证考证 包过</title>
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"低压电工证考证 包过","sku":"123456789012","description":"报名即送题库，不过全额退款","url":"/item/123456789012","offers":{"@type":"Offer","price":"680","priceCurrency":"CNY"}}</script>
            </head><body><h1>低压电工证考证 包过</h1><div class="price">¥680</div><p>报名即送题库，不过全额退款</p></body></html>
            """);
        var counts = await ImportAsync(path);

        Assert.Equal(1, counts.New);
        Assert.Equal("https://market.example/item/123456789012", Scalar<string>("SELECT url FROM listing"));
        Assert.Equal("guarantee", Scalar<string>("SELECT type FROM finding WHERE type = 'guarantee'"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<ImportCounts> ImportAsync(string path) =>
        _import.ImportAsync(path, new ImportOrigin("feed", Platform: null), (line, reason) => _faults.Add($"{line}:{reason}"), Token);

    private T? Scalar<T>(string sql)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<T>(sql);
    }
}
