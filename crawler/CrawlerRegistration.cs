using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Surveillance.Classifier;
using Surveillance.Crawler.Archives;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Browser;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Pictures;
using Surveillance.Crawler.Scheduling;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler;

/// <summary>Registers everything that crawls.</summary>
public static class CrawlerRegistration
{
    /// <summary>Sources crawled at the same time, each within its own rate. A source whose hosts all hang costs a place, so there are many.</summary>
    private const int SourcesAtOnce = 128;

    /// <summary>
    /// Registers <see cref="Crawl"/>, <see cref="SourceCatalogue"/>, <see cref="EvidenceStore"/> and what they need. The caller registers
    /// <see cref="ICrawlStore"/>, <see cref="IPictureStore"/> (without one no pictures are fetched), <see cref="TextClassifier"/> and logging.
    /// </summary>
    /// <param name="evidenceFolder">Where captures are sealed.</param>
    public static IServiceCollection AddCrawler(this IServiceCollection services, SourceFolders sources, string evidenceFolder)
    {
        services.AddOptions<CrawlOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SourceCatalogue.Load(sources with { Extractors = sources.Extractors ?? PageReader.Names }));
        services.AddSingleton(_ => new EvidenceStore(evidenceFolder));
        services.AddSingleton<ImportedFiles>();
        services.AddSingleton<ArchivedPages>();
        services.TryAddSingleton(provider => PageReader.CreateDefault());
        services.AddFetching();
        services.AddSingleton<Retries>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<ReadPage>(provider => provider.GetRequiredService<SourceReader>().Read);
        services.TryAddSingleton<AssessListing>(provider => provider.GetRequiredService<TextClassifier>().Classify);
        services.AddSingleton<CaptureFiling>();
        services.AddSingleton(provider => new CaptureRereading(
            provider.GetRequiredService<EvidenceStore>(), provider.GetRequiredService<ReadPage>(), provider.GetRequiredService<TextClassifier>()));
        services.AddSingleton<PictureRound>();
        services.AddSingleton(provider => new Crawl(
            provider.GetRequiredService<ICrawlStore>(),
            provider.GetRequiredService<PoliteFetcher>(),
            provider.GetRequiredService<CaptureFiling>(),
            provider.GetRequiredService<Retries>(),
            provider.GetRequiredService<TimeProvider>())
        {
            Pictures = provider.GetService<IPictureStore>() is null ? null : provider.GetRequiredService<PictureRound>(),
        });
        return services;
    }

    /// <summary>Crawls every enabled source at its times while the host runs. After <see cref="AddCrawler"/>; adds <see cref="SourceSchedule"/>.</summary>
    /// <param name="store">Where the schedule is kept.</param>
    public static IServiceCollection AddCrawlSchedule(this IServiceCollection services, Action<IPersistentStoreBuilder> store)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store);
            quartz.UseDefaultThreadPool(SourcesAtOnce);
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        });
        services.AddSingleton<SourceRuns>();
        services.AddSingleton<SourceSchedule>();
        services.AddHostedService<SourceScheduling>();

        // Running jobs are told to stop and waited for, so that their runs end as interrupted.
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }

    private static void AddFetching(this IServiceCollection services)
    {
        services.AddSingleton<Chromium>();
        services.AddSingleton<HttpFetcher>();
        services.AddSingleton<IFetcher>(provider => provider.GetRequiredService<HttpFetcher>());
        services.AddSingleton<IFetcher, BrowserFetcher>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RobotsRegister>(provider, provider.GetRequiredService<HttpFetcher>()));
        services.AddSingleton<HostGates>();
        services.AddSingleton<HostCircuits>();
        services.AddSingleton<PoliteFetcher>();
    }
}
