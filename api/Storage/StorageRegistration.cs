using Microsoft.Data.Sqlite;
using Quartz;
using Surveillance.Api.Listings;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Operators;
using Surveillance.Api.Pictures;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Pictures;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Storage;

/// <summary>Registers the record store and what files into it.</summary>
internal static class StorageRegistration
{
    /// <exception cref="StoreException">The store can't be used.</exception>
    /// <exception cref="RuleSetException">A rule, law or lexicon file is wrong.</exception>
    /// <exception cref="Surveillance.Classifier.Model.ModelException">The model can't be used.</exception>
    /// <param name="modelFile">Null for rules alone.</param>
    public static IServiceCollection AddRecords(this IServiceCollection services, string storePath, string programDataFolder, string? modelFile)
    {
        // Made now, not when first asked for: a model, rule file or store that can't be used must stop the start; the store last, because opening it makes it.
        services.AddSingleton(TextClassifier.Load(programDataFolder, modelFile));
        services.AddSingleton(new Database(storePath));
        services.AddSingleton<ListingStore>();
        services.AddSingleton<SourceStates>();
        services.AddSingleton<ICrawlStore, CrawlStore>();
        services.AddSingleton<PictureStore>();
        services.AddSingleton<IPictureStore>(provider => provider.GetRequiredService<PictureStore>());
        services.AddSingleton<ImportedPictures>();
        services.AddSingleton<ImportFiling>();
        services.AddSingleton<ArchiveImport>();
        services.AddSingleton<ListingImport>();
        services.AddSingleton<IFeedRun, FeedRun>();
        services.AddSingleton<Replay>();
        services.AddSingleton<CaptureReplay>();
        services.AddSingleton<MarkReader>();
        services.AddSingleton<OperatorGrouping>();
        return services;
    }

    /// <summary>Keeps the crawl schedule in the record store's file, in tables of Quartz's own, made where they are missing.</summary>
    public static void UseRecords(this IPersistentStoreBuilder store, string storePath)
    {
        store.UseSqlite(SqliteFactory.Instance, Database.ConnectionString(storePath));
        store.ProvisionSchema();
    }
}
