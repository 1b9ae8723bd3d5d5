using Surveillance.Api.Search.Embedded;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Search.Reindexing;
using Surveillance.Api.Search.Server;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>Registers the index, what feeds it and what asks it.</summary>
public static class SearchRegistration
{
    /// <summary>Needs a <see cref="Database"/>, a <see cref="TextClassifier"/> and a <see cref="TimeProvider"/>.</summary>
    /// <param name="server">Null for the embedded index.</param>
    /// <param name="folder">Where the embedded index lies.</param>
    /// <param name="programDataFolder">Holds <c>regions/</c> and <c>search/</c>.</param>
    /// <exception cref="RuleSetException">A file there is wrong.</exception>
    public static IServiceCollection AddSearch(this IServiceCollection services, SearchServerOptions? server, string folder, string programDataFolder)
    {
        services.AddSingleton(Regions.Load(programDataFolder));
        services.AddSingleton(provider =>
            Synonyms.Load(Path.Combine(programDataFolder, "search", "synonyms.yaml"), provider.GetRequiredService<TextClassifier>().Normalizer));
        services.AddSingleton<IListingIndex>(provider => server is null
            ? new EmbeddedListingIndex(folder, StoreId.Of(provider.GetRequiredService<Database>()))
            : new ServerListingIndex(
                server, StoreId.Of(provider.GetRequiredService<Database>()), () => provider.GetRequiredService<TextClassifier>().RulesVersion, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DocumentText>();
        services.AddSingleton<IndexDocuments>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<IndexLeases>();
        services.AddSingleton<IndexGate>();
        services.AddSingleton<IndexFeed>();
        services.AddSingleton<ListingSearch>();
        services.AddSingleton<Reindex>();
        services.AddSingleton<SystemStatus>();
        return services;
    }
}
