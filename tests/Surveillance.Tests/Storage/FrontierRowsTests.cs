using System.Collections;
using Dapper;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Storage;

/// <summary>In which order pages come, and what one run leaves to the next.</summary>
public sealed class FrontierRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly Database _database;
    private readonly SourceStates _states;
    private readonly CrawlStore _store;

    public FrontierRowsTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _states = new SourceStates(_database, _time);
        _store = new CrawlStore(_database, new ListingStore(Some.Classifier, _time), _states, _time);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_host_gets_its_share_of_a_lease()
    {
        var run = await BeginAsync([.. Enumerable.Range(0, 50).Select(n => $"https://big.example/{n}"), "https://small.example/1", "https://busy.example/1"]);

        var pages = await LeaseAsync(run, 10, 3, "busy.example");

        Assert.Equal(
            ["https://big.example/0", "https://big.example/1", "https://big.example/2", "https://small.example/1"],
            pages.Select(page => page.Url));
        Assert.Equal(5, (await LeaseAsync(run, 5, 64)).Count);
    }

    [Fact]
    public async Task Seeds_that_were_not_all_queued_are_queued_when_the_run_is_taken_up()
    {
        const int Seeds = 12_000;
        using var cancelling = new CancellationTokenSource();
        var seeds = Enumerable.Range(0, Seeds).Select(n => new FrontierEntry($"https://a.example/{n}", PageRole.Seed, 0)).ToList();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.BeginRunAsync("demo", new SeedsWith(seeds, 7_000, cancelling.Cancel), cancelling.Token));
        Assert.InRange(Queued(), 5_000, 11_000);
        var began = Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", seeds, Token));

        Assert.True(began.Resumed);
        Assert.Equal(Seeds, Queued());
    }

    [Fact]
    public async Task Older_runs_keep_their_counts_and_captures_and_let_go_of_their_pages()
    {
        var runs = new List<RunSummary>();
        for (var run = 0; run <= FrontierPruning.RunsKept; run++)
        {
            var id = await BeginAsync("https://a.example/1", "https://a.example/2");
            foreach (var page in await LeaseAsync(id, 9))
            {
                await _store.CommitAsync(Record(page), Token);
            }

            runs.Add(await _store.EndRunAsync(id, RunState.Finished, null, [], Token));
        }

        var kept = _states.Runs("demo", 99);
        Assert.Equal(runs.Select(run => (run.RunId, run.Pages)).Reverse(), kept.Select(run => (run.RunId, run.Pages)));
        using var connection = _database.Open();
        Assert.Equal(runs[1..].Select(run => run.RunId), connection.Query<long>("SELECT DISTINCT run_id FROM frontier ORDER BY run_id"));
        Assert.Equal(runs.Count * 2, connection.ExecuteScalar<int>("SELECT count(*) FROM capture"));
    }

    [Fact]
    public async Task A_page_that_yielded_findings_in_an_earlier_run_comes_first()
    {
        var earlier = await BeginAsync("https://a.example/1", "https://a.example/2", "https://a.example/3");
        foreach (var page in await LeaseAsync(earlier, 9))
        {
            await _store.CommitAsync(Record(page) with { Listings = page.Url.EndsWith('3') ? [Guilty("100000000001", "甲店")] : [] }, Token);
        }

        await _store.EndRunAsync(earlier, RunState.Finished, null, [], Token);
        var run = await BeginAsync("https://a.example/1", "https://a.example/2", "https://a.example/3");

        Assert.Equal("https://a.example/3", (await LeaseAsync(run, 1))[0].Url);
    }

    [Fact]
    public async Task Items_and_sellers_that_yielded_findings_come_before_others_unless_an_officer_rejected_them()
    {
        var run = await BeginAsync("https://market.example/search");
        var list = Assert.Single(await LeaseAsync(run, 1));
        AssessedListing[] listings = [Innocent("100000000004", "乙店"), Innocent("100000000003", "甲店"), Guilty("100000000002", "丙店"), Guilty("100000000001", "甲店")];
        FrontierEntry[] found = [.. listings.Select(one => new FrontierEntry(one.Listing.Url!, PageRole.Detail, 1))];
        await _store.CommitAsync(Record(list) with { Listings = listings, Discovered = found }, Token);

        Assert.Equal("2134", string.Concat((await LeaseAsync(run, 9)).Select(page => page.Url[^1..])));
        await _store.EndRunAsync(run, RunState.Finished, null, [], Token);
        var types = System.Text.Json.JsonSerializer.Serialize(ViolationType.OfText);
        _database.Write((connection, transaction) => connection.Execute("UPDATE lead SET state = 'rejected', seen_types = @types", new { types }, transaction));
        _time.Now += TimeSpan.FromDays(2);
        var next = await BeginAsync("https://market.example/search2");
        var second = Assert.Single(await LeaseAsync(next, 1));
        await _store.CommitAsync(Record(second) with { Listings = listings, Discovered = found }, Token);

        Assert.Equal("4321", string.Concat((await LeaseAsync(next, 9)).Select(page => page.Url[^1..])));
    }

    [Theory]
    [InlineData("ETag: \"v1\"\nLast-Modified: Sun, 22 Nov 2026 04:00:00 GMT\n", 200, "http", PageState.Done, "\"v1\"")]
    [InlineData("Content-Type: text/html\n", 200, "http", PageState.Done, null)]
    [InlineData("ETag: \"v1\"\n", 200, "browser", PageState.Done, null)]
    [InlineData("ETag: \"v1\"\n", 203, "http", PageState.Done, null)]
    [InlineData("ETag: \"v1\"\n", 200, "http", PageState.Blocked, null)]
    [InlineData("ETag: \"v1\"\n", 200, "http", PageState.Gone, null)]
    public async Task A_page_can_be_asked_for_a_change_where_its_last_capture_allows_it(string headers, int status, string fetcher, PageState state, string? etag)
    {
        var first = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));
        var capture = Some.Capture(first.Url) with { Headers = headers, Status = status, Fetcher = fetcher };
        await _store.CommitAsync(Record(first) with { Capture = capture, State = state }, Token);
        await _store.EndRunAsync(first.RunId, RunState.Finished, null, [], Token);

        var second = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));

        Assert.Equal(etag, second.Known?.Validators.ETag);
        Assert.Equal(etag is null ? null : capture.Digest, second.Known?.Capture.Digest);
    }

    [Fact]
    public async Task An_unchanged_page_is_a_sighting_without_a_capture_as_often_as_it_is_seen()
    {
        var first = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));
        await _store.CommitAsync(Record(first) with { Capture = Some.Capture(first.Url) with { Headers = "ETag: \"v1\"\n" }, Listings = [Guilty("100000000001", "甲店")] }, Token);
        await _store.EndRunAsync(first.RunId, RunState.Finished, null, [], Token);
        for (var again = 0; again < 2; again++)
        {
            _time.Now += TimeSpan.FromHours(1);
            var page = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));
            await _store.CommitAsync(Record(page) with { UnchangedSince = page.Known!.Id, Listings = [Guilty("100000000001", "甲店")] }, Token);

            var summary = await _store.EndRunAsync(page.RunId, RunState.Finished, null, [], Token);

            Assert.Equal((1, 1, 1, 1), (summary.Pages, summary.Unchanged, summary.Listings, summary.Flagged));
        }

        Assert.Equal((1, 3, 1), Counts());
    }

    [Fact]
    public async Task What_was_not_asked_counts_nowhere()
    {
        var run = await BeginAsync("https://a.example/1");
        for (var time = 0; time < 3; time++)
        {
            var page = Assert.Single(await LeaseAsync(run, 1));
            Assert.Equal(1, page.Attempts);
            await _store.CommitAsync(Record(page) with { State = PageState.Queued, Reason = "暂停", Asked = false, Capture = null }, Token);
        }

        await _store.EndRunAsync(run, RunState.Interrupted, "已中断", [], Token);
        Assert.Equal(0, Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token)).AskedToday);
    }

    [Fact]
    public async Task Requests_and_blocks_are_remembered_from_run_to_run_and_by_the_day()
    {
        var run = await BeginAsync("https://a.example/1", "https://a.example/2", "https://a.example/3");
        PageState[] states = [PageState.Done, PageState.Blocked, PageState.Failed];
        foreach (var (place, page) in (await LeaseAsync(run, 3)).Index())
        {
            await _store.CommitAsync(Record(page) with { State = states[place], Reason = "x" }, Token);
        }

        await _store.EndRunAsync(run, RunState.Finished, null, [], Token);

        var next = Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token));
        Assert.Equal((3, "ob"), (next.AskedToday, next.RecentEnds));
        await _store.EndRunAsync(next.RunId, RunState.Finished, null, [], Token);

        // 16:00 in UTC is midnight in China.
        _time.Now = new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(0, Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token)).AskedToday);
    }

    [Fact]
    public async Task No_run_of_a_paused_source_begins_until_it_is_resumed_and_one_under_way_is_told()
    {
        var run = await BeginAsync("https://a.example/1");
        Assert.Null(await _store.HeartbeatAsync(run, Token));
        await _store.PauseAsync("demo", "程序", "被拦截", Token);
        await _store.PauseAsync("demo", "某人", "又一个原因", Token);
        Assert.Equal("已暂停：被拦截", await _store.HeartbeatAsync(run, Token));
        await _store.EndRunAsync(run, RunState.Interrupted, "已暂停", [], Token);

        Assert.Equal(new BeginRunOutcome.Paused(Some.Noon, "程序", "被拦截"), await _store.BeginRunAsync("demo", [], Token));
        Assert.Equal(["demo"], _states.Paused().Keys);
        Assert.True(_states.Resume("demo"));
        Assert.False(_states.Resume("demo"));
        Assert.True(Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [], Token)).Resumed);
    }

    [Fact]
    public async Task A_run_measures_which_known_test_leads_it_found()
    {
        var page = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));
        await _store.CommitAsync(Record(page) with { Listings = [Guilty("100000000001", "甲店"), Innocent("100000000002", "乙店")] }, Token);

        var summary = await _store.EndRunAsync(
            page.RunId,
            RunState.Finished,
            null,
            [
                new SourceProbe("100000000001", ["guarantee"]),
                new SourceProbe("https://market.example/item/100000000001", ["guarantee"]),
                new SourceProbe("100000000001", ["guarantee", "insider"]),
                new SourceProbe("100000000002", ["guarantee"]),
                new SourceProbe("100000000003", ["guarantee"]),
            ],
            Token);

        Assert.Equal((5, "100000000001 100000000002 100000000003"), (summary.Probes, string.Join(' ', summary.ProbesMissed)));
        Assert.Equal(summary.ProbesMissed, _states.Runs("demo", 1)[0].ProbesMissed);
    }

    [Fact]
    public async Task A_capture_keeps_its_redirects_and_the_data_beside_it()
    {
        var page = Assert.Single(await LeaseAsync(await BeginAsync("https://a.example/1"), 1));
        var part = new CapturePart("https://a.example/api", 200, "application/json", Digest.Of("[]"u8), 2);

        await _store.CommitAsync(Record(page) with { Capture = Some.Capture(page.Url) with { Redirects = ["https://a.example/1", "https://a.example/2"], Parts = [part] } }, Token);

        using var connection = _database.Open();
        Assert.Equal("""["https://a.example/1","https://a.example/2"]""", connection.QuerySingle<string>("SELECT redirects FROM capture"));
        Assert.Equal((part.Digest.Value, part.Url, 2L), connection.QuerySingle<(string, string, long)>("SELECT digest, url, length_bytes FROM capture_part"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AssessedListing Guilty(string id, string seller) => new(Some.Listing(id) with { Seller = seller }, Some.Assessment(id, "guarantee"));

    private static AssessedListing Innocent(string id, string seller) => new(Some.Listing(id, "旧台灯", "搬家转让") with { Seller = seller }, Some.Assessment(id));

    private static PageRecord Record(FrontierPage page) => new(
        page,
        PageState.Done,
        null,
        null,
        page.Known is null ? Some.Capture(page.Url) : null,
        new PageContent(page.Url, "utf-8", PageKind.Detail, PageOutcome.Ok, null, null, []),
        [],
        []);

    private async Task<long> BeginAsync(params string[] seeds) =>
        Assert.IsType<BeginRunOutcome.Began>(await _store.BeginRunAsync("demo", [.. seeds.Select(Some.Entry)], Token)).RunId;

    private async Task<IReadOnlyList<FrontierPage>> LeaseAsync(long run, int count, int? perHost = null, params string[] except) =>
        (await _store.LeaseAsync(run, new LeaseWish(count, perHost ?? count, TimeSpan.FromMinutes(1), except.ToHashSet()), Token)).Pages;

    private int Queued()
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<int>("SELECT count(*) FROM frontier WHERE state = 'queued'");
    }

    /// <summary>Does something when the reader comes to a place.</summary>
    private sealed class SeedsWith(IReadOnlyList<FrontierEntry> seeds, int place, Action act) : IReadOnlyList<FrontierEntry>
    {
        public int Count => seeds.Count;

        public FrontierEntry this[int index] => seeds[index];

        public IEnumerator<FrontierEntry> GetEnumerator()
        {
            for (var next = 0; next < seeds.Count; next++)
            {
                if (next == place)
                {
                    act();
                }

                yield return seeds[next];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private (long Captures, long Sightings, long Versions) Counts()
    {
        using var connection = _database.Open();
        return connection.QuerySingle<(long, long, long)>("SELECT (SELECT count(*) FROM capture), (SELECT count(*) FROM sighting), (SELECT count(*) FROM listing_version)");
    }
}
