using Surveillance.Api.Search;
using Surveillance.Api.Search.Reindexing;
using Surveillance.Tests.Search.Feeding;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Reindexing;

public sealed class ReindexTests : IAsyncLifetime
{
    private readonly SearchBook _book = new();
    private IReadOnlyList<string> _ids = [];

    private TroubledIndex Index => _book.Index;

    public async ValueTask InitializeAsync()
    {
        _ids = _book.Fill(40);
        await _book.CatchUpAsync();
    }

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Fact]
    public async Task The_next_index_is_built_beside_and_switched_to_and_the_old_one_stays()
    {
        var outcome = Assert.IsType<ReindexOutcome.Switched>(await RunAsync());

        Assert.Equal(("surveil-listings-000002", 40L, 0), (outcome.Status.Index, outcome.Status.Documents, outcome.Rejected));
        Assert.Equal(["surveil-listings-000001"], outcome.Status.Others);
        Assert.Equal(new ComparedCounts(40, 40, 0, 0, 0, 0, 0), await CheckAsync());
        Assert.Equal(["surveil-listings-000001"], await _book.Reindex.DropOldAsync(SearchBook.Token) ?? []);
    }

    [Fact]
    public async Task What_changes_while_it_is_built_is_in_the_new_index()
    {
        var part = 0;
        Index.Writing = name =>
        {
            if (name is not null && part++ == 0)
            {
                _book.File(Some.Listing(id: "1", title: "改了"), origin: "capture:2", at: Some.Noon.AddDays(1));
                _book.File(Some.Listing(id: "41", title: "新来的"));
            }
        };

        Assert.IsType<ReindexOutcome.Switched>(await RunAsync());

        Assert.Equal(new ComparedCounts(41, 41, 0, 0, 0, 0, 0), await CheckAsync());
        Assert.Equal(["改了", "新来的"], Index.Documents.Select(document => document.Title!).Where(title => !title.Contains('第', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Feeding_goes_on_while_it_is_built_and_nothing_is_lost_in_the_switch()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(SearchBook.Token);
        await using var crawler = _book.AnotherProgram();
        var feeding = crawler.Feed.RunAsync(error => throw error, stopping.Token);
        var crawling = Task.Run(
            () =>
            {
                for (var round = 1; round <= 60; round++)
                {
                    crawler.File(Some.Listing(id: $"{round % 40}", title: $"第{round}次改"), origin: $"capture:{round + 10}", at: Some.Noon.AddHours(round));
                }
            },
            SearchBook.Token);

        Assert.IsType<ReindexOutcome.Switched>(await RunAsync());
        await crawling;
        Assert.True(await _book.CatchUpAsync());
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => feeding);

        Assert.Equal(new ComparedCounts(41, 41, 0, 0, 0, 0, 0), await CheckAsync());
    }

    [Fact]
    public async Task A_second_program_is_told_who_builds()
    {
        await using var other = _book.AnotherProgram();
        ReindexOutcome? second = null;
        Index.Writing = _ => second ??= other.Reindex.RunAsync(_ => { }, SearchBook.Token).GetAwaiter().GetResult();

        Assert.IsType<ReindexOutcome.Switched>(await RunAsync());

        Assert.Contains($"process {Environment.ProcessId}", Assert.IsType<ReindexOutcome.Busy>(second).Holder, StringComparison.Ordinal);
        Assert.Equal(2, Index.Indexes.Count);
    }

    [Fact]
    public async Task An_index_that_a_crash_left_half_built_is_removed()
    {
        var left = await Index.CreateNextAsync(SearchBook.Token);
        var said = new List<string>();

        Assert.IsType<ReindexOutcome.Switched>(await _book.Reindex.RunAsync(said.Add, SearchBook.Token));

        Assert.Contains($"removed {left}, which was left half built", said);
        Assert.Equal(2, Index.Indexes.Count);
    }

    [Fact]
    public async Task One_that_fails_half_way_leaves_the_index_that_is_read()
    {
        Index.Writing = name => Index.Trouble = name is null ? null : new SearchUnavailableException("gone");
        await Assert.ThrowsAsync<SearchUnavailableException>(RunAsync);

        Index.Writing = _ => { };
        Index.Trouble = null;
        Assert.Equal("surveil-listings-000001", (await Index.OpenAsync(SearchBook.Token)).Index);
        Assert.Equal(new ComparedCounts(40, 40, 0, 0, 0, 0, 0), await CheckAsync());
        Assert.IsType<ReindexOutcome.Switched>(await RunAsync());
    }

    [Fact]
    public async Task What_the_new_index_refuses_is_listed_and_what_it_takes_is_no_longer()
    {
        Index.Instead = document => document.Id == _ids[7] ? new WriteOutcome.Rejected("mapping") : null;
        Assert.Equal(1, Assert.IsType<ReindexOutcome.Switched>(await RunAsync()).Rejected);
        Assert.Equal(new ComparedCounts(40, 39, 0, 0, 0, 0, 1), await CheckAsync());

        Index.Instead = _ => null;
        Assert.Equal(0, Assert.IsType<ReindexOutcome.Switched>(await RunAsync()).Rejected);
        Assert.Equal(new ComparedCounts(40, 40, 0, 0, 0, 0, 0), await CheckAsync());
    }

    [Fact]
    public async Task A_comparison_tells_missing_stale_and_extra_apart()
    {
        var documents = Index.Documents;
        await Index.DeleteAsync(null, [_ids[0], _ids[1]], SearchBook.Token);
        await Index.DeleteAsync(null, [_ids[2]], SearchBook.Token);
        var stale = documents.Single(document => document.Id == _ids[2]);
        await Index.WriteAsync(null, [stale with { Version = 0 }, stale with { Id = "ffffffffffffffffffff" }], SearchBook.Token);
        _book.File(Some.Listing(id: "99"));

        var counts = await CheckAsync();

        Assert.Equal(new ComparedCounts(41, 39, 2, 1, 1, 1, 0), counts);
        Assert.False(counts.IsTrue);
    }

    [Fact]
    public async Task An_outdated_index_is_read_again_once_it_is_built_anew()
    {
        Index.SchemaVersion = 0;
        Assert.False(await _book.Gate.OpenAsync(SearchBook.Token));
        Index.SchemaVersion = IndexSchema.Version;

        Assert.IsType<ReindexOutcome.Switched>(await RunAsync());

        Assert.True(await _book.Gate.OpenAsync(SearchBook.Token));
    }

    private Task<ReindexOutcome> RunAsync() => _book.Reindex.RunAsync(_ => { }, SearchBook.Token);

    private Task<ComparedCounts> CheckAsync() => _book.Reindex.CheckAsync(SearchBook.Token);
}
