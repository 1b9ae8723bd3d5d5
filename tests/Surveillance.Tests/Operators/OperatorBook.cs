using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

/// <summary>A record store in a temporary folder, into which listings are filed and then grouped.</summary>
internal sealed class OperatorBook : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly ListingStore _listings;
    private int _filed;

    public OperatorBook()
    {
        Database = new Database(Path.Combine(_folder.Path, "records.db"));
        _listings = new ListingStore(Some.Classifier, _time);
        Grouping = new OperatorGrouping(Database, new MarkReader(Some.Classifier));
        Operators = new OperatorStore(Database);
    }

    public Database Database { get; }

    public OperatorGrouping Grouping { get; }

    public OperatorStore Operators { get; }

    /// <summary>An offer that makes a lead, on a platform, by a seller of its own unless told otherwise.</summary>
    public static Listing Offer(string item, string title = "低压电工证包过", string? text = null, string? seller = null, string platform = "闲鱼") => new()
    {
        Id = item,
        Platform = platform,
        Title = title,
        Text = text,
        Seller = seller ?? $"卖家{item}",
        Url = $"https://market.example/item/{item}",
    };

    /// <summary>Files without grouping.</summary>
    public LeadId File(Listing listing, int day = 0, bool isExcerpt = false) => Database.Write((connection, transaction) => LeadId.Parse(_listings.File(
        connection,
        transaction,
        new AssessedListing(listing, Some.Classifier.Classify(listing, new DateOnly(2026, 11, 22))),
        new Sighting("some-source", Some.Noon.AddDays(day), $"capture:{++_filed}", CaptureId: null, RunId: null, isExcerpt)).Id));

    public LeadId Put(Listing listing, int day = 0)
    {
        var id = File(listing, day);
        Grouping.CatchUp(TestContext.Current.CancellationToken);
        return id;
    }

    public void Gone(string item, int day)
    {
        Database.Write((connection, _) =>
        {
            GoneListings.Mark(connection, $"https://market.example/item/{item}", Some.Noon.AddDays(day));
            return true;
        });
        Grouping.CatchUp(TestContext.Current.CancellationToken);
    }

    public OperatorGroup Group(LeadId id) => Operators.Find(id) ?? throw new InvalidOperationException($"no listing {id}");

    public bool AreTied(LeadId one, LeadId other) => Group(one).Listings > 1 && Group(one).Id == Group(other).Id;

    /// <summary>All that grouping wrote, in a fixed order.</summary>
    public string Everything()
    {
        using var connection = Database.Open();
        return string.Join('\n', ((string[])
        [
            "SELECT listing_id || ' ' || operator_id FROM operator_member ORDER BY 1",
            "SELECT kind || ' ' || value || ' ' || seller || ' ' || listing_id FROM operator_mark ORDER BY 1",
            "SELECT digest || ' ' || other || ' ' || likeness FROM wording_pair ORDER BY 1",
            "SELECT digest || ' ' || band FROM wording JOIN wording_band ON wording_id = id ORDER BY 1",
            "SELECT digest || ' ' || other || ' ' || likeness FROM picture_pair ORDER BY 1",
            "SELECT digest || ' ' || key FROM picture JOIN picture_key ON picture_id = id ORDER BY 1",
            "SELECT id || ' ' || relist_of FROM listing WHERE relist_of IS NOT NULL ORDER BY 1",
        ]).SelectMany(sql => connection.Query<string>(sql)));
    }

    public void Dispose() => _folder.Dispose();
}
