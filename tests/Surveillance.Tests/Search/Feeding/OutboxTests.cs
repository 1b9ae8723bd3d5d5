using Surveillance.Api.Leads;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

public sealed class OutboxTests : IAsyncLifetime
{
    private readonly SearchBook _book = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Fact]
    public void Every_change_of_what_the_document_says_has_a_higher_number()
    {
        var id = _book.File(Some.Listing());
        var numbers = new List<long> { _book.Number(id) };

        _book.File(Some.Listing(), origin: "capture:2", at: Some.Noon.AddHours(2));
        numbers.Add(_book.Number(id));
        _book.File(Some.Listing(title: "低压电工证 包过"), origin: "capture:3", at: Some.Noon.AddHours(4));
        numbers.Add(_book.Number(id));
        _book.File(Some.Listing(title: "早先的标题"), origin: "capture:4", at: Some.Noon.AddDays(-3));
        numbers.Add(_book.Number(id));

        Assert.Equal([1, 2, 3, 4], numbers);
    }

    [Fact]
    public void What_changes_nothing_has_no_number()
    {
        var id = _book.File(Some.Listing());
        _book.File(Some.Listing());

        Assert.Equal(1, _book.Number(id));
        Assert.Equal(1, _book.Outbox.LastNumber());
    }

    [Fact]
    public async Task A_decision_and_its_undoing_are_changes()
    {
        var id = _book.File(Some.Listing(title: "低压电工证 包过"));
        var lead = LeadId.Parse(id);

        await _book.Leads.DecideAsync(new LeadRuling(lead, 0, new LeadDecision.Confirm(), "某人"), SearchBook.Token);
        Assert.Equal(2, _book.Number(id));
        await _book.Leads.DecideAsync(new LeadRuling(lead, 1, new LeadDecision.Undo(), "某人"), SearchBook.Token);
        Assert.Equal(3, _book.Number(id));
    }

    [Fact]
    public void A_change_that_is_rolled_back_leaves_no_note()
    {
        var id = _book.File(Some.Listing());
        Assert.Throws<InvalidOperationException>(() => _book.Database.Write<int>((connection, _) =>
        {
            Api.Search.Feeding.Outbox.Note(connection, id, Some.Noon);
            throw new InvalidOperationException("as a failing commit does");
        }));

        Assert.Equal((1L, 1L), (_book.Number(id), _book.Outbox.LastNumber()));
    }

    [Fact]
    public void Lag_counts_what_waits_and_since_when()
    {
        Assert.Equal((0L, 0L, null), (_book.Outbox.Lag().Waiting, _book.Outbox.Lag().Rejected, _book.Outbox.Lag().Since));
        _book.File(Some.Listing());
        _book.Time.Now = Some.Noon.AddMinutes(5);
        _book.File(Some.Listing(id: "2"));
        _book.File(Some.Listing(title: "改了标题"), origin: "capture:2", at: Some.Noon.AddHours(1));

        Assert.Equal((2L, Some.Noon), (_book.Outbox.Lag().Waiting, _book.Outbox.Lag().Since));
    }
}
