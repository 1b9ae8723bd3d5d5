using Surveillance.Api.Listings;
using Surveillance.Api.Operators;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

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
        services.AddSingleton<ICrawlStore, CrawlStore>();
        services.AddSingleton<ImportFiling>();
        services.AddSingleton<ListingImport>();
        services.AddSingleton<Replay>();
        services.AddSingleton<MarkReader>();
        services.AddSingleton<OperatorGrouping>();
        return services;
    }
}
