using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Storage;

public sealed class CrawlStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly SourceStates _states;
    private readonly CrawlStore _store;

    public CrawlStoreTests()
    {
        var database = new Database(Path.Combine(_folder.Path, "records.db"));
        _states = new SourceStates(database, _time);
        _store = new CrawlStore(database, new ListingStore(Some.Classifier, _time), _states, _time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_run_of_a_source_is_refused_while_the_first_one_lives()
    {
        await BeginAsync();
        Assert.IsType<BeginRunOutcome.AlreadyRunning>(await _store.BeginRunAsync("demo", [], Token));
    }

    [Fact]
    public async Task A_run_without_a_sign_of_life_is_taken_up_with_its_leased_pages()
    {
        var run = await BeginAsync("https://a.example/1", "https://a.example/2");
        var done = Assert.Single(await LeaseAsync(run, 1, TimeSpan.FromHours(1)));
        await _store.CommitAsync(Record(done, PageState.Done), Token);
        await LeaseAsync(run, 1, TimeSpan.FromHours(1));
        _time.Now += TimeSpan.FromMinutes(11);

        var began = Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token));

        Assert.True(began.Resumed);
        Assert.Equal(run, began.RunId);
        Assert.Equal(1, began.PagesEnded);
        Assert.Single(await LeaseAsync(run, 10, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task An_interrupted_run_is_resumed_within_a_day_and_begun_anew_later()
    {
        var run = await BeginAsync("https://a.example/1");
        await _store.EndRunAsync(run, RunState.Interrupted, "cancelled", [], Token);
        Assert.True(Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token)).Resumed);
        await _store.EndRunAsync(run, RunState.Interrupted, "cancelled", [], Token);
        _time.Now += TimeSpan.FromDays(2);

        Assert.False(Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token)).Resumed);
    }

    [Fact]
    public async Task A_page_is_leased_once_until_its_lease_runs_out()
    {
        var run = await BeginAsync("https://a.example/1");
        Assert.Single(await LeaseAsync(run, 5, TimeSpan.FromMinutes(1)));
        Assert.Empty(await LeaseAsync(run, 5, TimeSpan.FromMinutes(1)));
        _time.Now += TimeSpan.FromMinutes(2);

        Assert.Equal(2, Assert.Single(await LeaseAsync(run, 5, TimeSpan.FromMinutes(1))).Attempts);
    }

    [Fact]
    public async Task A_page_queued_again_waits_for_its_time()
    {
        var run = await BeginAsync("https://a.example/1");
        var page = Assert.Single(await LeaseAsync(run, 1, TimeSpan.FromMinutes(1)));
        await _store.CommitAsync(Record(page, PageState.Queued, "429") with { RetryAfter = TimeSpan.FromSeconds(30) }, Token);

        var leased = await _store.LeaseAsync(run, new LeaseWish(1, 1, TimeSpan.FromMinutes(1), new HashSet<string>()), Token);
        Assert.Empty(leased.Pages);
        Assert.Equal(Some.Noon.AddSeconds(30), leased.NextDue);
    }

    [Fact]
    public async Task A_page_s_outcome_is_committed_once()
    {
        var run = await BeginAsync("https://a.example/1");
        var page = Assert.Single(await LeaseAsync(run, 1, TimeSpan.FromMinutes(1)));
        await _store.CommitAsync(Record(page, PageState.Done), Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.CommitAsync(Record(page, PageState.Done), Token));
        var summary = await _store.EndRunAsync(run, RunState.Finished, null, [], Token);
        Assert.Equal((1, 1, 1), (summary.Pages, summary.Listings, summary.FlaggedByType["guarantee"]));
    }

    [Fact]
    public async Task A_page_found_twice_is_queued_once()
    {
        var run = await BeginAsync("https://a.example/1");
        var page = Assert.Single(await LeaseAsync(run, 1, TimeSpan.FromMinutes(1)));
        await _store.CommitAsync(
            Record(page, PageState.Done) with { Discovered = [Some.Entry("https://a.example/2"), Some.Entry("https://a.example/2"), Some.Entry("https://a.example/1")] },
            Token);

        Assert.Equal("https://a.example/2", Assert.Single(await LeaseAsync(run, 9, TimeSpan.FromMinutes(1))).Url);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_with_its_name()
    {
        var path = _folder.File("broken.db", new string('x', 5000));
        Assert.Contains("broken.db", Assert.Throws<StoreException>(() => new Database(path)).Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<FrontierPage>> LeaseAsync(long run, int count, TimeSpan lease) =>
        (await _store.LeaseAsync(run, new LeaseWish(count, count, lease, new HashSet<string>()), Token)).Pages;

    private async Task<long> BeginAsync(params string[] seeds) =>
        Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [.. seeds.Select(Some.Entry)], Token)).RunId;

    private static PageRecord Record(FrontierPage page, PageState state, string? reason = null) => new(
        page,
        state,
        reason,
        null,
        Some.Capture(page.Url),
        new PageContent(page.Url, "utf-8", PageKind.Detail, PageOutcome.Ok, null, null, []),
        [new AssessedListing(Some.Listing(), Some.Assessment("100000000001", "guarantee"))],
        []);
}
