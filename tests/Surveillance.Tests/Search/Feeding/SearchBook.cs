using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Surveillance.Api.Cli;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Search.Reindexing;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

/// <summary>Records that a test fills as imports do, and a program that searches them, over an index that can be told to fail.</summary>
public sealed class SearchBook : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    public SearchBook()
        : this(new TemporaryFolder(), new TroubledIndex()) => _ownsFolder = true;

    private SearchBook(TemporaryFolder folder, TroubledIndex index)
    {
        _folder = folder;
        Index = index;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Some.Classifier);
        services.AddSingleton(new Database(Path.Combine(folder.Path, "records.db")));
        services.AddSingleton<ListingStore>();
        services.AddSingleton<LeadStore>();
        services.AddSearch(server: null, Path.Combine(folder.Path, "search"), ProgramFiles.DataFolder);
        services.AddSingleton<IListingIndex>(index);
        _services = services.BuildServiceProvider();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ManualTimeProvider Time { get; } = new(Some.Noon);

    public TroubledIndex Index { get; }

    public Database Database => _services.GetRequiredService<Database>();

    public Outbox Outbox => _services.GetRequiredService<Outbox>();

    public IndexGate Gate => _services.GetRequiredService<IndexGate>();

    public IndexFeed Feed => _services.GetRequiredService<IndexFeed>();

    public IndexDocuments Documents => _services.GetRequiredService<IndexDocuments>();

    public ListingSearch Search => _services.GetRequiredService<ListingSearch>();

    public Reindex Reindex => _services.GetRequiredService<Reindex>();

    internal IndexLeases Leases => _services.GetRequiredService<IndexLeases>();

    public LeadStore Leads => _services.GetRequiredService<LeadStore>();

    /// <summary>A second program over the same records and index.</summary>
    public SearchBook AnotherProgram() => new(_folder, Index);

    /// <summary>Files a listing as assessed by the product's own rules.</summary>
    public string File(Listing listing, string origin = "capture:1", DateTimeOffset? at = null, long? captureId = null) => Database.Write((connection, transaction) =>
        _services.GetRequiredService<ListingStore>().File(
            connection,
            transaction,
            new AssessedListing(listing, Some.Classifier.Classify(listing, new DateOnly(2026, 11, 22))),
            new Sighting("source", at ?? Some.Noon, origin, captureId, null, IsExcerpt: false)).Id);

    /// <summary>Files some listings, half of them leads.</summary>
    public IReadOnlyList<string> Fill(int count) =>
        [.. Enumerable.Range(1, count).Select(number => File(Some.Listing(
            id: $"{number}", title: number % 2 == 0 ? $"低压电工证 包过 第{number}期" : $"旧书 第{number}册", text: "随到随学")))];

    public Task<bool> CatchUpAsync() => Feed.CatchUpAsync(TimeSpan.FromSeconds(20), Token);

    public long Number(string id) => Scalar("SELECT number FROM outbox WHERE listing_id = @id", id);

    public long Sent(string id) => Scalar("SELECT sent FROM outbox WHERE listing_id = @id", id);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }

    private long Scalar(string sql, string id)
    {
        using var connection = Database.Open();
        return connection.ExecuteScalar<long>(sql, new { id });
    }
}
