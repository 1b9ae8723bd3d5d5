using Dapper;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Tests.Listings;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Pictures;

public sealed class ImportedPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly EvidenceStore _evidence;
    private readonly ListingImport _import;

    public ImportedPicturesTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _evidence = new EvidenceStore(Path.Combine(_folder.Path, "evidence"));
        _import = ImportParts.Import(_database, _evidence, new ManualTimeProvider(Some.Noon));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "feed", "pics"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Seals_and_reads_pictures_beside_the_file_and_none_elsewhere()
    {
        await WriteAsync("feed/pics/a.png", Drawn.Poster(1));
        await WriteAsync("feed/notes.txt", "not a picture"u8.ToArray());
        await WriteAsync("outside.png", Drawn.Poster(2));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "feed", "link.png"), Path.Combine(_folder.Path, "outside.png"));

        await ImportAsync("""
            {"id":"1","platform":"闲鱼","title":"低压电工证包过","images":["pics/a.png","notes.txt","../outside.png","link.png","missing.png","https://img.example/b.png"]}
            {"id":"2","platform":"闲鱼","title":"平底锅","images":["pics/a.png"]}
            """);

        Assert.Equal(
            ["../outside.png declined", "link.png declined", "missing.png failed", "notes.txt unreadable", "pics/a.png done"],
            Rows());
        Assert.True(_evidence.Holds(Digest.Of(Drawn.Poster(1))));
        Assert.False(_evidence.Holds(Digest.Of(Drawn.Poster(2))));
        Assert.False(_evidence.Holds(Digest.Of("not a picture"u8)));
    }

    [Fact]
    public async Task Importing_again_looks_only_for_what_was_missing()
    {
        const string Feed = """{"id":"1","platform":"闲鱼","title":"低压电工证包过","images":["a.png","b.png"]}""";
        await WriteAsync("feed/a.png", Drawn.Poster(1));
        await ImportAsync(Feed);
        await WriteAsync("feed/b.png", Drawn.Poster(2));

        await ImportAsync(Feed);

        Assert.Equal(["a.png done", "b.png done"], Rows());
        using var connection = _database.Open();
        Assert.Equal([1, 2], connection.Query<int>("SELECT attempts FROM listing_picture ORDER BY url"));
    }

    private Task WriteAsync(string name, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(_folder.Path, name), bytes, TestContext.Current.CancellationToken);

    private async Task ImportAsync(string lines)
    {
        var path = _folder.File("feed/feed.jsonl", lines);
        var counts = await _import.ImportAsync(path, new ImportOrigin("feed", null), (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal(0, counts.Malformed);
    }

    private IEnumerable<string> Rows()
    {
        using var connection = _database.Open();
        return [.. connection.Query<string>("SELECT url || ' ' || state FROM listing_picture ORDER BY 1")];
    }
}
