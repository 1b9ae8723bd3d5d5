using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Surveillance.Api.Cli;
using Surveillance.Api.Listings;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Benchmarks.Searching;

/// <summary>A record store of its own, in which generated listings are filed as a crawl files them, assessed already.</summary>
internal sealed class BenchRecords : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("surveil-records");
    private readonly Database _database;
    private readonly ListingStore _store;
    private readonly DocumentText _texts;

    public BenchRecords(TextClassifier classifier)
    {
        _database = new Database(Path.Combine(_folder.FullName, "surveillance.db"));
        _store = new ListingStore(classifier, TimeProvider.System);
        _texts = new DocumentText(classifier);
        Outbox = new Outbox(_database);
    }

    public Outbox Outbox { get; }

    /// <summary>In one transaction, as the crawler commits the pages that wait for it together.</summary>
    public void File(IEnumerable<IndexDocument> documents) => _database.Write((connection, transaction) =>
    {
        foreach (var document in documents)
        {
            _store.File(connection, transaction, Assessed(document), new Sighting("bench", document.LastSeen, "import:bench", null, null, IsExcerpt: false));
        }

        return true;
    });

    /// <summary>What sends to an index all that is filed. The caller disposes of it.</summary>
    public IndexFeed Feed(IListingIndex index) => new(
        new IndexGate(index, TimeProvider.System, NullLogger<IndexGate>.Instance),
        new IndexDocuments(_database, _texts, Regions.Load(ProgramFiles.DataFolder)),
        Outbox,
        new IndexLeases(_database, TimeProvider.System),
        TimeProvider.System);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static AssessedListing Assessed(IndexDocument document) => new(
        new Listing
        {
            Id = document.ItemId,
            Platform = document.Platform,
            Title = document.Title,
            Text = document.Text,
            Price = (decimal?)document.Price,
            Currency = document.Currency,
            Seller = document.Seller,
            Location = document.Location,
            Url = document.Url,
        },
        new Assessment(
            document.ItemId,
            document.Decision,
            document.Risk,
            StoredTime.DayOf(document.LastSeen),
            [.. document.Items],
            [.. document.Findings.Select(Found)],
            [.. document.Contacts.Select(contact => new Contact(contact.Kind, contact.Value, "text", 0, contact.Value.Length))],
            document.RulesVersion,
            document.ModelVersion));

    private static Finding Found(IndexedFinding finding) => new(
        finding.Type,
        finding.Score,
        finding.Rule,
        [finding.Rule!],
        [.. finding.Sources],
        [new Span("title", 0, finding.Text!.Length, finding.Text, finding.Canonical)],
        [new CitedBasis(finding.Law!, finding.Article, 1, null, null, "verified", null, null)],
        []);
}
