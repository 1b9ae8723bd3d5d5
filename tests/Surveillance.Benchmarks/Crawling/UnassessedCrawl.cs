using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Surveillance.Api.Cli;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>The product's crawler with the assessing left out, in a process of its own: fetched, sealed, read and stored.</summary>
internal static class UnassessedCrawl
{
    /// <param name="folder">Gets <c>surveillance.db</c> and <c>evidence/</c>.</param>
    /// <param name="peersTables">True for the peers' tables (<see cref="BareStore"/>), false for the product's own store.</param>
    public static async Task<int> RunAsync(string folder, Uri site, int pages, bool peersTables)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Database(Path.Combine(folder, "surveillance.db")));
        services.AddSingleton<AssessListing>((listing, day) => new Assessment(listing.Id, Decision.Clear, 0, listing.Observed ?? day, [], [], [], "none", null));
        if (peersTables)
        {
            services.AddSingleton<ICrawlStore, BareStore>();
        }
        else
        {
            services.AddSingleton(TextClassifier.Load(ProgramFiles.DataFolder));
            services.AddSingleton<ListingStore>();
            services.AddSingleton<SourceStates>();
            services.AddSingleton<ICrawlStore, CrawlStore>();
        }

        services.AddCrawler(new SourceFolders { Shipped = Path.Combine(ProgramFiles.DataFolder, "sources") }, Path.Combine(folder, "evidence"));
        await using var built = services.BuildServiceProvider();
        var outcome = await built.GetRequiredService<Crawl>().RunAsync(Source(site, pages), progress: null, CancellationToken.None);
        return outcome is CrawlOutcome.Ended { Summary: { State: RunState.Finished } } ? 0 : 1;
    }

    private static SourceDefinition Source(Uri site, int pages) => new()
    {
        Id = "bench",
        Name = "测试市场",
        Platform = "闲鱼",
        Kind = SourceKind.Marketplace,
        Enabled = true,
        Seeds = [.. PeerSite.Pages(site, pages).Select(page => page.AbsoluteUri)],
        Schedule = "0 0 0 1 1 ?",
        Rate = new SourceRate(1000, 32),
        MaxPages = 1_000_000,
        MaxDepth = 1,
        Follow = new SourceFollow(Lists: true, Details: true),
        AllowHosts = [site.Host],
    };
}
