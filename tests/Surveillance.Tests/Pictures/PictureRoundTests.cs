using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Surveillance.Api.Listings;
using Surveillance.Api.Pictures;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Pictures;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Crawling;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Pictures;

/// <summary>With real records, evidence and requests; the run's pages are filed by hand.</summary>
public sealed class PictureRoundTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly EvidenceStore _evidence;
    private readonly HttpFetcher _http;
    private readonly RobotsRegister _robots;
    private readonly PictureRound _round;
    private readonly CrawlStore _crawls;
    private readonly ListingStore _listings;

    public PictureRoundTests()
    {
        var options = Options.Create(new CrawlOptions { FetchTime = TimeSpan.FromSeconds(10) });
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _evidence = new EvidenceStore(Path.Combine(_folder.Path, "evidence"));
        _http = new HttpFetcher(options, TimeProvider.System);
        _robots = new RobotsRegister(_http, options, TimeProvider.System);
        var gates = new HostGates(options, TimeProvider.System);
        var fetcher = new PoliteFetcher([_http], _robots, gates, new HostCircuits(gates, options, TimeProvider.System), options);
        _round = new PictureRound(fetcher, _evidence, new PictureStore(_database, TimeProvider.System), NullLogger<PictureRound>.Instance);
        _listings = new ListingStore(Some.Classifier, TimeProvider.System);
        _crawls = new CrawlStore(_database, _listings, new SourceStates(_database, TimeProvider.System), TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _robots.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Seals_pictures_of_suspect_listings_only_and_each_address_once()
    {
        await using var site = await PicturesAsync();
        var run = await BeginAsync();
        File(run, "1", "低压电工证包过", site.Url("/p/1.png"), site.Url("/p/2.png"), site.Url("/p/3.png"), site.Url("/p/4.png"));
        File(run, "2", "低压电工证包过 不过退款", site.Url("/p/1.png"));
        File(run, "3", "平底锅 九成新", site.Url("/p/9.png"));

        await RunAsync(site, run);
        await RunAsync(site, run);

        Assert.Equal(["/p/1.png", "/p/2.png", "/p/3.png"], site.Asked.Order(StringComparer.Ordinal));
        Assert.Equal(["1 /p/1.png done", "1 /p/2.png done", "1 /p/3.png done", "2 /p/1.png done"], Rows(site));
        Assert.Equal(3, Number("SELECT count(*) FROM capture WHERE fetcher = 'http' AND run_id IS NOT NULL AND content_type = 'image/png'"));
        Assert.True(_evidence.Holds(Digest.Of(Drawn.Poster(1))));
        Assert.Equal(3, (await EndAsync(run)).Pictures);
    }

    [Fact]
    public async Task What_another_listing_showed_is_not_asked_for_again_in_later_runs()
    {
        await using var site = await PicturesAsync();
        var first = await BeginAsync();
        File(first, "1", "低压电工证包过", site.Url("/p/1.png"));
        await RunAsync(site, first);
        await EndAsync(first);
        var second = await BeginAsync();
        File(second, "1", "低压电工证包过", site.Url("/p/1.png"));
        File(second, "2", "高压电工证包过", site.Url("/p/1.png"), site.Url("/p/2.png"));

        await RunAsync(site, second);

        Assert.Equal(["/p/1.png", "/p/2.png"], site.Asked);
        Assert.Equal(["1 /p/1.png done", "2 /p/1.png done", "2 /p/2.png done"], Rows(site));
    }

    [Theory]
    [InlineData(2, null, 2)]
    [InlineData(0, null, 0)]
    [InlineData(100, 1, 1)]
    public async Task Keeps_to_the_budget_of_run_and_day(int images, int? day, int asked)
    {
        await using var site = await PicturesAsync();
        var run = await BeginAsync();
        File(run, "1", "低压电工证包过", site.Url("/p/1.png"), site.Url("/p/2.png"), site.Url("/p/3.png"));

        await RunAsync(site, run, source => source with { Images = images, MaxPagesPerDay = day });
        await RunAsync(site, run, source => source with { Images = images, MaxPagesPerDay = day });

        Assert.Equal(asked, site.Asked.Count);
        Assert.Equal(asked, Number("SELECT coalesce(max(asked), 0) FROM source_day"));
    }

    [Fact]
    public async Task Goes_on_where_a_killed_run_stood()
    {
        await using var site = await PicturesAsync();
        var run = await BeginAsync();
        File(run, "1", "低压电工证包过", site.Url("/p/1.png"), site.Url("/p/2.png"), site.Url("/p/3.png"));
        await RunAsync(site, run, source => source with { Images = 1 });

        await RunAsync(site, run);

        Assert.Equal(["/p/1.png", "/p/2.png", "/p/3.png"], site.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Says_why_a_picture_was_not_had()
    {
        await using var site = await LoopbackSite.StartAsync(
            app =>
            {
                app.MapGet("/text.jpg", () => Results.Text("<html>请登录后查看</html>", "image/jpeg"));
                app.MapGet("/busy.jpg", () => Results.StatusCode(500));
                app.MapGet("/inside.jpg", () => Results.Redirect("http://10.0.0.1/p.jpg"));
                app.MapGet("/blank.png", () => Results.Bytes(Drawn.Png(Drawn.Blank(200)), "image/png"));
            },
            "User-agent: *\nDisallow: /private/");
        var run = await BeginAsync();
        File(run, "1", "低压电工证包过", site.Url("/text.jpg"), site.Url("/private/1.png"), site.Url("/gone.jpg"));
        File(run, "2", "高压电工证包过", site.Url("/busy.jpg"), site.Url("/inside.jpg"), site.Url("/blank.png"));
        File(run, "3", "电工证代考", "http://192.168.1.1/a.png", "file:///etc/passwd");

        await RunAsync(site, run);

        Assert.Equal(
            ["1 /gone.jpg gone", "1 /private/1.png declined", "1 /text.jpg unreadable", "2 /blank.png plain", "2 /busy.jpg failed", "2 /inside.jpg declined", "3 http://192.168.1.1/a.png declined"],
            Rows(site));
        Assert.DoesNotContain("/private/1.png", site.Asked);
    }

    [Fact]
    public async Task Asks_three_runs_for_a_picture_that_fails()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/busy.jpg", () => Results.StatusCode(500)));
        for (var turn = 0; turn < 5; turn++)
        {
            var run = await BeginAsync();
            File(run, "1", "低压电工证包过", site.Url("/busy.jpg"));
            await RunAsync(site, run);
            await EndAsync(run);
        }

        Assert.Equal(3, site.Asked.Count);
    }

    private static Task<LoopbackSite> PicturesAsync() =>
        LoopbackSite.StartAsync(app => app.MapGet("/p/{number:int}.png", (int number) => Results.Bytes(Drawn.Poster(number), "image/png")));

    private async Task<long> BeginAsync() => Assert.IsType<BeginRunOutcome.Began>(await _crawls.BeginRunAsync("shop", [], Token)).RunId;

    private Task<RunSummary> EndAsync(long run) => _crawls.EndRunAsync(run, RunState.Finished, null, [], Token);

    private Task RunAsync(LoopbackSite site, long run, Func<SourceDefinition, SourceDefinition>? change = null)
    {
        var source = CrawlBench.Source(site, "/");
        return _round.RunAsync(change?.Invoke(source) ?? source, run, () => source.Rate, Token);
    }

    private void File(long run, string item, string title, params string[] images) => _database.Write((connection, transaction) =>
    {
        var listing = new Listing { Id = item, Platform = "闲鱼", Title = title, Images = images };
        return _listings.File(
            connection,
            transaction,
            new AssessedListing(listing, Some.Classifier.Classify(listing, new DateOnly(2026, 11, 22))),
            new Sighting("shop", TimeProvider.System.GetUtcNow(), $"capture:{run}", CaptureId: null, run, IsExcerpt: false));
    });

    private IEnumerable<string> Rows(LoopbackSite site)
    {
        using var connection = _database.Open();
        return [.. connection.Query<string>("SELECT item_id || ' ' || listing_picture.url || ' ' || state FROM listing_picture JOIN listing ON listing.id = listing_id ORDER BY 1")
            .Select(row => row.Replace(site.Base.AbsoluteUri.TrimEnd('/'), "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private long Number(string sql)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<long>(sql);
    }
}
