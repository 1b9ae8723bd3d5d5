using Dapper;
using Surveillance.Api.Sources;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Scheduling;
using Surveillance.Tests.Leads;

namespace Surveillance.Tests.Pages;

public sealed class SourceBoardTests : IDisposable
{
    private readonly LeadBook _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public async Task Faulty_sources_come_first_then_the_enabled_ones()
    {
        var board = Board(Entry("b"), Entry("a"), Entry("off", enabled: false), Entry("broken", fault: "坏了"));

        var rows = await board.ListAsync(LeadBook.Token);

        Assert.Equal(["broken", "a", "b", "off"], rows.Select(row => row.Id));
        Assert.Equal([null, Next, Next, null], rows.Select(row => row.NextRun));
    }

    [Fact]
    public async Task The_last_run_is_counted_from_the_records()
    {
        AddRun("a", "finished", "done", "done", "done");
        AddRun("a", "failed", "done", "empty", "blocked", "declined", "failed", "queued");

        var run = (await Board(Entry("a")).ListAsync(LeadBook.Token)).Single().LastRun!;

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal((3, 1, 1, 1, 1, 1), (run.Pages, run.Empty, run.Blocked, run.Declined, run.Failed, run.Queued));
    }

    [Theory]
    [InlineData("running", 9, true)]
    [InlineData("running", 11, false)]
    [InlineData("finished", 0, false)]
    public async Task A_run_that_was_silent_for_ten_minutes_is_not_running(string state, int silentMinutes, bool expected)
    {
        AddRun("a", state);
        _book.Time.Advance(TimeSpan.FromMinutes(silentMinutes));

        Assert.Equal(expected, (await Board(Entry("a")).ListAsync(LeadBook.Token)).Single().Running);
    }

    [Theory]
    [InlineData("a", RunNowOutcome.Started)]
    [InlineData("off", RunNowOutcome.Disabled)]
    [InlineData("broken", RunNowOutcome.Unknown)]
    [InlineData("unknown", RunNowOutcome.Unknown)]
    public async Task Only_a_good_enabled_source_can_be_run_now(string id, RunNowOutcome expected)
    {
        List<string> started = [];
        var board = Board(started, Entry("a"), Entry("off", enabled: false), Entry("broken", fault: "坏了"));

        var outcome = await board.RunNowAsync(id, LeadBook.Token);

        Assert.Equal(expected, outcome);
        Assert.Equal(expected == RunNowOutcome.Started ? [id] : [], started);
    }

    [Fact]
    public void A_process_that_does_not_crawl_offers_no_run() =>
        Assert.False(new SourceBoard(_book.Database, SourceRoster.None with { Entries = () => [Entry("a")] }, new SourceStates(_book.Database, _book.Time), _book.Time).CanRun);

    [Fact]
    public async Task A_paused_source_comes_before_the_others_says_why_and_is_not_run_until_resumed()
    {
        List<string> started = [];
        var board = Board(started, Entry("a"), Entry("b"));
        board.Pause("b", "监测员");

        var row = (await board.ListAsync(LeadBook.Token))[0];
        Assert.Equal(("b", "监测员", "人工暂停"), (row.Id, row.Pause?.By, row.Pause?.Reason));
        Assert.Equal(RunNowOutcome.Paused, await board.RunNowAsync("b", LeadBook.Token));

        board.Resume("b");
        Assert.Equal(RunNowOutcome.Started, await board.RunNowAsync("b", LeadBook.Token));
        Assert.All(await board.ListAsync(LeadBook.Token), entry => Assert.Null(entry.Pause));
    }

    [Fact]
    public void The_history_has_the_latest_runs_first()
    {
        AddRun("a", "finished", "done");
        AddRun("a", "failed", "blocked");
        AddRun("b", "finished", "done");

        Assert.Equal([RunState.Failed, RunState.Finished], Board(Entry("a")).Runs("a").Select(run => run.State));
    }

    private static DateTimeOffset? Next { get; } = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    private static SourceEntry Entry(string id, bool enabled = true, string? fault = null) => new(id, $"名 {id}", "闲鱼", enabled, fault, "每天 06:00");

    private SourceBoard Board(params SourceEntry[] entries) => Board([], entries);

    private SourceBoard Board(List<string> started, params SourceEntry[] entries) => new(
        _book.Database,
        new SourceRoster(
            () => entries,
            _ => Next,
            (id, _) =>
            {
                started.Add(id);
                return Task.FromResult(RunNowOutcome.Started);
            }),
        new SourceStates(_book.Database, _book.Time),
        _book.Time);

    private void AddRun(string source, string state, params string[] pages) => _book.Database.Write((connection, transaction) =>
    {
        var now = StoredTime.Of(_book.Time.GetUtcNow());
        var run = connection.ExecuteScalar<long>(
            "INSERT INTO run (source_id, state, started_at, heartbeat_at, process) VALUES (@source, @state, @now, @now, 'test') RETURNING id", new { source, state, now }, transaction);
        connection.Execute(
            "INSERT INTO frontier (run_id, url, role, depth, state, due_at) VALUES (@run, @url, 'seed', 0, @page, @now)",
            pages.Select((page, number) => new { run, url = $"https://market.example/{number}", page, now }),
            transaction);
        return run;
    });
}
