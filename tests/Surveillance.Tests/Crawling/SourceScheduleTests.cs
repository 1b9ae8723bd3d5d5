using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Surveillance.Api.Storage;
using Surveillance.Crawler;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Scheduling;
using Surveillance.Crawler.Sources;
using Surveillance.Tests.Sources;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Crawling;

/// <summary>The whole registration in a real host, with the demo's sources on a loopback site.</summary>
public sealed class SourceScheduleTests : IDisposable
{
    private readonly SourceFiles _files = new();
    private readonly MemoryCrawlStore _store = new(TimeProvider.System);
    private Uri _base = new("http://127.0.0.1");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _files.Dispose();
    }

    [Fact]
    public async Task Fires_at_the_sources_times()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        Write(site, "shop", "* * * * * ?");
        using var host = await StartAsync();

        await UntilAsync(() => _store.Records.Count > 0);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(PageState.Done, _store.Records[0].State);
    }

    [Fact]
    public async Task Runs_a_source_now_but_not_twice_at_a_time_and_ends_it_when_the_host_stops()
    {
        var asked = new TaskCompletionSource();
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", async (CancellationToken aborted) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, aborted);
        }));
        Write(site, "shop", "0 0 0 1 1 ? 2099");
        using var host = await StartAsync();
        var schedule = host.Services.GetRequiredService<SourceSchedule>();
        var cancellationToken = TestContext.Current.CancellationToken;

        Assert.Equal(RunNowOutcome.Started, await schedule.RunNowAsync("shop", cancellationToken));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        Assert.Equal(RunNowOutcome.AlreadyRunning, await schedule.RunNowAsync("shop", cancellationToken));
        Assert.Equal(["shop"], schedule.Running.Keys);
        await host.StopAsync(cancellationToken);

        Assert.Empty(schedule.Running);
        Assert.Equal(RunState.Interrupted, _store.State);
    }

    [Fact]
    public async Task Runs_a_source_by_hand_whose_times_have_all_passed()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        Write(site, "shop", "0 0 0 1 1 ? 1999");
        using var host = await StartAsync();
        var schedule = host.Services.GetRequiredService<SourceSchedule>();

        Assert.Null(schedule.NextRun("shop"));
        Assert.Equal(RunNowOutcome.Started, await schedule.RunNowAsync("shop", TestContext.Current.CancellationToken));
        await UntilAsync(() => _store.State == RunState.Finished);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Catches_up_once_with_what_was_missed_while_no_process_ran()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        Write(site, "shop", "0 0 0 1 1 ? *");
        using (var before = await StartAsync())
        {
            await before.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, Schedule("UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - 2 * 366 * 864000000000"));
        using var host = await StartAsync();
        await UntilAsync(() => _store.State == RunState.Finished);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Single(site.Asked);
    }

    [Fact]
    public async Task Schedules_what_the_files_say_now()
    {
        await using var site = await LoopbackSite.StartAsync(app => app.MapGet("/", () => "ok"));
        Write(site, "shop", "0 0 0 1 1 ? 2099");
        Write(site, "gone", "0 0 0 1 1 ? 2099");
        using (var before = await StartAsync())
        {
            await before.StopAsync(TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Combine(_files.Shipped, "gone.yaml"));
        Write(site, "shop", "* * * * * ?");
        using var host = await StartAsync();
        await UntilAsync(() => _store.Records.Count > 0);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, Schedule("UPDATE QRTZ_JOB_DETAILS SET DESCRIPTION = ''"));
    }

    [Theory]
    [InlineData("nowhere", RunNowOutcome.Unknown)]
    [InlineData("idle", RunNowOutcome.Disabled)]
    public async Task Does_not_run_what_must_not_be_run(string id, RunNowOutcome outcome)
    {
        SourceFiles.Write(_files.Shipped, "idle.yaml", SourceFiles.Shop.Replace("id: shop", "id: idle", StringComparison.Ordinal));
        using var host = await StartAsync();
        var schedule = host.Services.GetRequiredService<SourceSchedule>();

        Assert.Equal(outcome, await schedule.RunNowAsync(id, TestContext.Current.CancellationToken));
        Assert.Null(schedule.NextRun(id));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("0 0 3 * * ?", "2026-11-25T03:00:00Z", "2026-11-25T19:00:00Z")]
    [InlineData("0 0 3 * * ?", "2026-11-25T19:00:00Z", "2026-11-26T19:00:00Z")]
    [InlineData("0 30 8 ? * MON", "2026-11-25T03:00:00Z", "2026-11-30T00:30:00Z")]
    public void Reads_times_in_china(string cron, string now, string next)
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop
            .Replace("enabled: false", "enabled: true\ndemo: true", StringComparison.Ordinal)
            .Replace("0 0 3 * * ?", cron, StringComparison.Ordinal));
        var catalogue = SourceCatalogue.Load(new SourceFolders { Shipped = _files.Shipped, DemoBase = new Uri("http://127.0.0.1") });

        Assert.Equal(DateTimeOffset.Parse(next, null), SourceSchedule.CronOf(catalogue.Sources[0]).GetNextValidTimeAfter(DateTimeOffset.Parse(now, null)));
    }

    private void Write(LoopbackSite site, string id, string cron)
    {
        _base = site.Base;
        SourceFiles.Write(_files.Shipped, $"{id}.yaml", $$"""
            id: {{id}}
            name: 演示
            kind: website
            enabled: true
            demo: true
            seeds: ["{base}/"]
            render: http
            schedule: "{{cron}}"
            rate: {per_second: 100, concurrency: 1}
            max_pages: 1
            max_depth: 0
            follow: {lists: false, details: false}
            allow_hosts: [127.0.0.1]
            """);
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ICrawlStore>(_store);
        builder.Services.AddSingleton(Some.Classifier);
        builder.Services.AddCrawler(new SourceFolders { Shipped = _files.Shipped, DemoBase = _base }, Path.Combine(_files.Overrides, "evidence"));
        builder.Services.AddCrawlSchedule(store => store.UseRecords(Path.Combine(_files.Overrides, "schedule.db")));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <returns>Rows changed.</returns>
    private int Schedule(string sql)
    {
        using var connection = new SqliteConnection(Database.ConnectionString(Path.Combine(_files.Overrides, "schedule.db")));
        return connection.Execute(sql);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
