using Surveillance.Api.Search;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

public sealed class IndexFeedTests : IAsyncLifetime
{
    private readonly SearchBook _book = new();

    private TroubledIndex Index => _book.Index;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Fact]
    public async Task What_waits_is_sent_once_with_its_number()
    {
        var ids = _book.Fill(25);

        Assert.True(await _book.CatchUpAsync());
        Assert.True(await _book.CatchUpAsync());

        Assert.Equal(25, Index.Writes);
        Assert.Equal(ids.Order(StringComparer.Ordinal), Index.Documents.Select(document => document.Id));
        Assert.All(Index.Documents, document => Assert.Equal(_book.Number(document.Id), document.Version));
        Assert.Equal(0, _book.Outbox.Lag().Waiting);
    }

    [Fact]
    public async Task A_refused_document_is_kept_with_its_reason_and_the_rest_go_on()
    {
        var ids = _book.Fill(10);
        Index.Instead = document => document.Id == ids[3] ? new WriteOutcome.Rejected("document too large") : null;

        Assert.True(await _book.CatchUpAsync());

        Assert.Equal(9, Index.Documents.Count);
        Assert.Equal((ids[3], "document too large"), _book.Outbox.Rejected(10).Select(rejected => (rejected.Id, rejected.Reason)).Single());
        Assert.Equal((0L, 1L), (_book.Outbox.Lag().Waiting, _book.Outbox.Lag().Rejected));

        Index.Instead = _ => null;
        Assert.Equal(1, _book.Outbox.Retry());
        Assert.True(await _book.CatchUpAsync());
        Assert.Equal((10, 0L), (Index.Documents.Count, _book.Outbox.Lag().Rejected));
    }

    [Fact]
    public async Task A_refused_listing_that_changes_is_sent_again()
    {
        var id = _book.File(Some.Listing());
        Index.Instead = _ => new WriteOutcome.Rejected("no");
        await _book.CatchUpAsync();
        Index.Instead = _ => null;

        _book.File(Some.Listing(title: "低压电工证 改"), origin: "capture:2", at: Some.Noon.AddDays(1));
        Assert.True(await _book.CatchUpAsync());

        Assert.Equal(_book.Number(id), Index.Documents.Single().Version);
        Assert.Empty(_book.Outbox.Rejected(10));
    }

    [Fact]
    public async Task A_listing_that_changes_while_it_is_sent_goes_on_waiting_until_that_is_sent_too()
    {
        var id = _book.File(Some.Listing());
        var changes = 0;
        Index.Writing = _ => _ = changes++ == 0 ? _book.File(Some.Listing(title: "低压电工证 改"), origin: "capture:2", at: Some.Noon.AddDays(1)) : null;

        Assert.True(await _book.CatchUpAsync());
        Assert.Equal("低压电工证 改", Index.Documents.Single().Title);
        Assert.Equal((2L, 2L), (_book.Number(id), _book.Sent(id)));
    }

    [Fact]
    public async Task Postponed_documents_are_sent_again()
    {
        _book.Fill(6);
        var busy = 3;
        Index.Instead = _ => busy-- > 0 ? new WriteOutcome.Postponed("429") : null;

        Assert.True(await _book.CatchUpAsync());
        Assert.Equal(6, Index.Documents.Count);
    }

    [Fact]
    public async Task An_engine_that_is_away_loses_nothing_and_is_asked_again_later()
    {
        _book.Fill(5);
        Index.Trouble = new SearchUnavailableException("the search server http://127.0.0.1:9 can't be reached") { RetryAfter = TimeSpan.FromMinutes(2) };

        Assert.False(await _book.CatchUpAsync());
        Assert.Equal((5L, "the search server http://127.0.0.1:9 can't be reached"), (_book.Outbox.Lag().Waiting, _book.Gate.Now.Problem));
        Assert.Equal(TimeSpan.FromMinutes(2), _book.Gate.Pause);

        Index.Trouble = null;
        Assert.False(await _book.CatchUpAsync());
        _book.Time.Now += TimeSpan.FromMinutes(3);
        Assert.True(await _book.CatchUpAsync());
        Assert.Equal((5, null, true), (Index.Documents.Count, _book.Gate.Now.Problem, _book.Gate.Now.IsInUse));
    }

    [Fact]
    public async Task An_index_that_was_emptied_is_filled_again()
    {
        _book.Fill(5);
        await _book.CatchUpAsync();
        await Index.DeleteAsync(null, [.. Index.Documents.Select(document => document.Id)], SearchBook.Token);
        await using var next = _book.AnotherProgram();

        Assert.True(await next.CatchUpAsync());

        Assert.Equal((5, 10), (Index.Documents.Count, Index.Writes));
    }

    [Fact]
    public async Task An_index_of_an_older_schema_is_neither_written_nor_read()
    {
        _book.Fill(2);
        Index.SchemaVersion = IndexSchema.Version - 1;

        Assert.False(await _book.CatchUpAsync());
        Assert.Equal((0, true), (Index.Writes, _book.Gate.Now.IsOutdated));
    }

    [Fact]
    public async Task An_index_of_a_newer_program_is_unusable()
    {
        Index.SchemaVersion = IndexSchema.Version + 1;

        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => _book.Gate.OpenAsync(SearchBook.Token));
        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_two_programs_sends_at_a_time()
    {
        _book.Fill(20);
        await using var other = _book.AnotherProgram();
        var (inside, most) = (0, 0);
        Index.Writing = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Yield();
            Interlocked.Decrement(ref inside);
        };

        Assert.All(await Task.WhenAll(_book.CatchUpAsync(), other.CatchUpAsync()), Assert.True);

        Assert.Equal((1, 20), (most, Index.Writes));
    }

    [Fact]
    public async Task What_was_sent_under_a_lease_that_was_lost_does_not_count()
    {
        var id = _book.File(Some.Listing());
        var held = _book.Leases.Feed();
        var isLost = false;
        Index.Writing = _ =>
        {
            // As if this program had hung for minutes before its write came through.
            _book.Time.Now += isLost ? TimeSpan.Zero : TimeSpan.FromMinutes(10);
            isLost = isLost || held.TryTake() is null;
        };

        var caughtUp = _book.CatchUpAsync();
        await Task.WhenAny(caughtUp, Task.Run(async () =>
        {
            while (!isLost)
            {
                await Task.Yield();
            }
        }, SearchBook.Token));
        Assert.Equal(0, _book.Sent(id));

        held.Release();
        Assert.True(await caughtUp);
        Assert.Equal((1L, 2), (_book.Sent(id), Index.Writes));
    }
}
