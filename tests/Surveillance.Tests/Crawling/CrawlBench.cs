using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Surveillance.Classifier;
using Surveillance.Crawler;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Crawling;

/// <summary>A crawl with everything real but the store and the reading of pages, which here are lines of text (<see cref="ReadLines"/>).</summary>
internal sealed class CrawlBench : IDisposable
{
    private readonly HttpFetcher _http;
    private readonly RobotsRegister _robots;

    public CrawlBench(CrawlOptions? limits = null, IFetcher? browser = null)
    {
        var options = Options.Create(limits ?? new CrawlOptions { FirstBackoff = TimeSpan.FromMilliseconds(20), FetchTime = TimeSpan.FromSeconds(10) });
        Folder = Directory.CreateTempSubdirectory("crawl");
        Store = new MemoryCrawlStore(TimeProvider.System);
        Evidence = new EvidenceStore(Path.Combine(Folder.FullName, "evidence"));
        _http = new HttpFetcher(options, TimeProvider.System);
        _robots = new RobotsRegister(_http, options, TimeProvider.System);
        var gates = new HostGates(options, TimeProvider.System);
        var circuits = new HostCircuits(gates, options, TimeProvider.System);
        var fetcher = new PoliteFetcher(browser is null ? [_http] : [_http, browser], _robots, gates, circuits, options);
        var filing = new CaptureFiling(Evidence, ReadLines, Some.Classifier.Classify, NullLogger<CaptureFiling>.Instance);
        Crawl = new Crawl(Store, fetcher, filing, new Retries(options), TimeProvider.System);
    }

    public DirectoryInfo Folder { get; }

    public MemoryCrawlStore Store { get; }

    public EvidenceStore Evidence { get; }

    public Crawl Crawl { get; }

    public static SourceDefinition Source(LoopbackSite site, params string[] paths) => new()
    {
        Id = "shop",
        Name = "测试市场",
        Platform = "闲鱼",
        Kind = SourceKind.Marketplace,
        Enabled = true,
        Seeds = [.. paths.Select(site.Url)],
        Schedule = "0 0 3 * * ?",
        Rate = new SourceRate(1000, 2),
        MaxPages = 100,
        MaxDepth = 10,
        Follow = new SourceFollow(Lists: true, Details: true),
        AllowHosts = ["127.0.0.1"],
    };

    public async Task<RunSummary> RunAsync(SourceDefinition source, IProgress<CrawlProgress>? progress = null, CancellationToken? cancellationToken = null) =>
        Assert.IsType<CrawlOutcome.Ended>(await Crawl.RunAsync(source, progress, cancellationToken ?? TestContext.Current.CancellationToken)).Summary;

    public void Dispose()
    {
        _robots.Dispose();
        _http.Dispose();
        Folder.Delete(recursive: true);
    }

    /// <summary>Each line is <c>next PATH</c>, <c>item PATH TITLE</c>, <c>empty</c>, <c>captcha</c>, <c>gone</c> or <c>bug</c>; anything else says nothing.</summary>
    private static PageContent ReadLines(SourceDefinition source, FetchOutcome.Fetched fetched)
    {
        var words = Encoding.UTF8.GetString(fetched.Body.Span).Split('\n').Select(line => line.Split(' ')).ToList();
        string Absolute(string path) => new Uri(fetched.FinalUrl, path).AbsoluteUri;
        var outcome = words[0][0] switch
        {
            "empty" => PageOutcome.Empty,
            "gone" => PageOutcome.Gone,
            "captcha" => PageOutcome.Blocked,
            "bug" => throw new InvalidOperationException("bug"),
            _ => PageOutcome.Ok,
        };
        return new PageContent(
            fetched.FinalUrl.AbsoluteUri,
            "utf-8",
            PageKind.Search,
            outcome,
            outcome == PageOutcome.Blocked ? BlockKind.Captcha : null,
            null,
            [.. words.Where(line => line[0] == "item").Select(line => new Listing { Url = Absolute(line[1]), Title = line[2] })])
        {
            NextPages = [.. words.Where(line => line[0] == "next").Select(line => Absolute(line[1]))],
        };
    }
}
