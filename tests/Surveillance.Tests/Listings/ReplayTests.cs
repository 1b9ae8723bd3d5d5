using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly Database _database;

    public ReplayTests() => _database = new Database(Path.Combine(_folder.Path, "records.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Todays_rules_are_applied_and_a_person_s_decision_stays()
    {
        var id = File(Some.Assessment("1", "insider"));
        var leads = new LeadStore(_database, _time);
        await leads.DecideAsync(new LeadRuling(LeadId.Parse(id), 0, new LeadDecision.Reject("不是"), "甲"), TestContext.Current.CancellationToken);

        var counts = new Replay(_database, Some.Classifier, new OperatorGrouping(_database, new MarkReader(Some.Classifier)), _time).Run(new DateOnly(2026, 11, 1), TestContext.Current.CancellationToken);

        Assert.Equal(1, counts.Assessed);
        using var connection = _database.Open();
        Assert.Equal("guarantee", connection.ExecuteScalar<string>("SELECT type FROM finding WHERE type IN ('insider', 'guarantee')"));
        Assert.Equal("rejected", connection.ExecuteScalar<string>("SELECT state FROM lead"));
    }

    [Fact]
    public void Listings_last_seen_before_the_day_are_left_alone()
    {
        File(Some.Assessment("1", "insider"));
        Assert.Equal(0, new Replay(_database, Some.Classifier, new OperatorGrouping(_database, new MarkReader(Some.Classifier)), _time).Run(new DateOnly(2026, 11, 23), TestContext.Current.CancellationToken).Assessed);
    }

    private string File(Classifier.Assessment outdated) => _database.Write((connection, transaction) => new ListingStore(Some.Classifier, _time).File(
        connection,
        transaction,
        new AssessedListing(Some.Listing(title: "低压电工证包过", text: "不过全额退款，报名咨询"), outdated),
        new Sighting("some-source", Some.Noon, "capture:1", CaptureId: null, RunId: null, IsExcerpt: false))).Id;
}
