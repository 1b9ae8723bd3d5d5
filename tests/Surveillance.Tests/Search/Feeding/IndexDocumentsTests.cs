using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

public sealed class IndexDocumentsTests : IAsyncLifetime
{
    private readonly SearchBook _book = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Fact]
    public async Task A_document_says_what_the_records_say()
    {
        var page = Capture("https://market.example/item/1", status: 200, Some.Noon);
        var listing = Some.Listing(title: "低压电工证 报过", text: "加微信 abc12345") with { Location = "深圳", Contacts = [new StatedContact("phone", "13800000000")] };
        var id = _book.File(listing, captureId: page);
        await _book.Leads.DecideAsync(new LeadRuling(LeadId.Parse(id), 0, new LeadDecision.Confirm(), "某人"), SearchBook.Token);

        var document = Assert.Single(_book.Documents.Read([id]));

        Assert.Equal((id, 2L, "闲鱼", "100000000001", "listing", "source"), (document.Id, document.Version, document.Platform, document.ItemId, document.Kind, document.Source));
        Assert.Equal(("某培训店", "深圳", "广东", 380d, "CNY"), (document.Seller, document.Location, document.Region, document.Price, document.Currency));
        Assert.Equal((Decision.Flag, "confirmed", true), (document.Decision, document.State, document.IsLead));
        Assert.Equal((new string('0', 64), Some.Noon), (document.Capture, document.CapturedAt));
        Assert.Equal((Some.Noon, Some.Noon), (document.FirstSeen, document.LastSeen));
        Assert.Contains("低压电工证", document.Items);
        Assert.Contains(document.Contacts, contact => contact is { Kind: "phone", Value: "13800000000" });
        Assert.Contains(document.Findings, finding => finding is { Type: "guarantee", Text: "报过", Canonical: "包过", Law: "中华人民共和国广告法", Article: "24" });
        Assert.Contains(document.Grams, gram => gram.Contains("包 过", StringComparison.Ordinal));
        Assert.Contains("包过", document.Words!.Split(' '));
    }

    [Fact]
    public void A_listing_that_came_from_a_file_has_no_capture()
    {
        var id = _book.File(Some.Listing(), origin: "import:source", captureId: Capture("feed.csv", status: 0, Some.Noon));

        Assert.Null(Assert.Single(_book.Documents.Read([id])).Capture);
    }

    [Fact]
    public void The_last_capture_counts()
    {
        var id = _book.File(Some.Listing(), captureId: Capture("https://market.example/1", 200, Some.Noon));
        _book.File(Some.Listing(), origin: "capture:2", at: Some.Noon.AddDays(1), captureId: Capture("https://market.example/2", 200, Some.Noon.AddDays(1)));
        _book.File(Some.Listing(), origin: "import:source", at: Some.Noon.AddDays(2));

        var document = Assert.Single(_book.Documents.Read([id]));
        Assert.Equal(Some.Noon.AddDays(1), document.CapturedAt);
        Assert.Equal(Some.Noon.AddDays(2), document.LastSeen);
    }

    [Fact]
    public void What_is_unknown_is_null()
    {
        var id = _book.File(new Listing { Id = "1", Text = "旧书" });

        var document = Assert.Single(_book.Documents.Read([id]));
        Assert.Equal((null, null, null, null, null, null), (document.Title, document.Platform, document.Region, document.Price, document.State, document.Url));
        Assert.False(document.IsLead);
    }

    [Fact]
    public void Parts_are_bounded_and_hold_every_listing_once()
    {
        var ids = _book.Fill(30);

        var parts = _book.Documents.ReadAll(above: 0, mostUnits: 1500).ToList();

        Assert.True(parts.Count > 3, $"{parts.Count} parts");
        Assert.Equal(ids.Order(StringComparer.Ordinal), parts.SelectMany(part => part).Select(document => document.Id));
        Assert.Equal(ids[29], Assert.Single(_book.Documents.ReadAll(above: 29, mostUnits: 1500).SelectMany(part => part)).Id);
    }

    [Fact]
    public void The_scan_for_leads_leaves_out_what_the_index_would()
    {
        _book.Fill(10);

        var leads = _book.Documents.Snapshot(leadsOnly: true, SearchBook.Token).ToList();
        var all = _book.Documents.Snapshot(leadsOnly: false, SearchBook.Token).ToList();

        Assert.Equal((5, 10), (leads.Count, all.Count));
        Assert.All(leads, document => Assert.True(document.IsLead));
    }

    private long Capture(string url, int status, DateTimeOffset at) => _book.Database.Write((connection, transaction) => connection.ExecuteScalar<long>(
        """
        INSERT INTO capture (digest, url, final_url, status, headers, length_bytes, captured_at, fetcher, source_id)
        VALUES (@digest, @url, @url, @status, '', 1, @at, 'http', 'source') RETURNING id
        """,
        new { digest = new string('0', 64), url, status, at = StoredTime.Of(at) },
        transaction));
}
