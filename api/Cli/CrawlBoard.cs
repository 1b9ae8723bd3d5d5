using System.Diagnostics;
using Spectre.Console;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Cli;

/// <summary>Crawls sources side by side with a progress bar each, and prints what came of it.</summary>
internal sealed class CrawlBoard(CommandStreams streams, Database database)
{
    private const int TableWidth = 140;

    private readonly IAnsiConsole _progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(streams.Error) });

    /// <param name="feeds">Runs the sources whose data lies in folders.</param>
    public async Task<CrawlReport> CrawlAsync(Crawl crawl, IFeedRun feeds, IReadOnlyList<SourceDefinition> sources, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var outcomes = new CrawlOutcome[sources.Count];
        await _progress.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bars = sources.Select(source => context.AddTask(Markup.Escape(source.Name), maxValue: source.MaxPages)).ToList();
            await Task.WhenAll(sources.Select(async (source, place) =>
            {
                var bar = bars[place];
                var report = new BarProgress(step =>
                {
                    bar.Value = Math.Min(step.Pages + step.Declined + step.Failed, bar.MaxValue);
                    bar.Description = Markup.Escape($"{source.Name}：{step.Pages} 页，{step.Listings} 条，涉嫌 {step.Flagged}");
                });
                outcomes[place] = source.Feed is null ? await crawl.RunAsync(source, report, cancellationToken) : await feeds.RunAsync(source, cancellationToken);
                bar.Value = bar.MaxValue;
            }));
        });
        return new CrawlReport(sources, outcomes, clock.Elapsed);
    }

    public async Task WriteAsync(CrawlReport report)
    {
        await using var output = streams.OpenWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = TableWidth;
        using var connection = database.Open();
        var together = RunSummaries.Together(connection, [.. report.Ended.Select(run => run.RunId)]);
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("监测源 source")
            .AddColumn(Figure("网页 pages")).AddColumn(Figure("信息 listings")).AddColumn(Figure("涉嫌 flagged")).AddColumn(Figure("受阻 blocked"))
            .AddColumn(Figure("未抓 declined")).AddColumn(Figure("失败 failed")).AddColumn("结果 outcome");
        for (var place = 0; place < report.Sources.Count; place++)
        {
            var source = report.Sources[place];
            table.AddRow([.. Cells(source, report.Outcomes[place]).Select(Markup.Escape)]);
        }

        console.Write(table);
        var types = new Table().Border(TableBorder.Rounded).AddColumn("涉嫌违法类型 flagged by type").AddColumn(Figure("信息 listings"));
        foreach (var (type, count) in together.FlaggedByType)
        {
            types.AddRow(Markup.Escape($"{type} {ViolationType.NameOf(type)}"), $"{count}");
        }

        console.Write(types);
        foreach (var run in report.Ended.Where(run => run.Probes > 0))
        {
            var missed = run.ProbesMissed.Count > 0 ? $"，漏检 missed {string.Join(' ', run.ProbesMissed)}" : "";
            console.WriteLine($"探针 probes {run.SourceId} {run.Probes - run.ProbesMissed.Count}/{run.Probes}{missed}");
        }

        console.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"网页 pages {report.Ended.Sum(run => run.Pages)} · 信息 listings {together.Listings} · 受阻 blocked {report.Ended.Sum(run => run.Blocked)} · 涉嫌 flagged {together.Flagged} · 图片 pictures {report.Ended.Sum(run => run.Pictures)} · {report.Elapsed.TotalSeconds:0.0} 秒 seconds"));
    }

    public static int ExitCodeOf(CrawlReport report, bool interrupted) =>
        interrupted ? ExitCode.Interrupted
        : report.Outcomes.All(outcome => outcome is CrawlOutcome.Ended { Summary: { State: RunState.Finished, Failed: 0 } }) ? ExitCode.Done
        : ExitCode.SomeFailed;

    private static TableColumn Figure(string title) => new TableColumn(title).RightAligned();

    private static string[] Cells(SourceDefinition source, CrawlOutcome outcome) => outcome switch
    {
        CrawlOutcome.Ended { Summary: var run } =>
        [
            source.Name, $"{run.Pages}", $"{run.Listings}", $"{run.Flagged}", $"{run.Blocked}", $"{run.Declined}", $"{run.Failed}",
            run.Reason ?? run.State switch { RunState.Finished => "完成", RunState.Interrupted => "已中断", _ => "失败" },
        ],
        CrawlOutcome.Paused paused => [source.Name, "", "", "", "", "", "", $"已暂停：{paused.Reason}"],
        CrawlOutcome.AlreadyRunning => [source.Name, "", "", "", "", "", "", "另一进程正在抓取"],
        _ => throw new UnreachableException(),
    };

    /// <summary>Reports on the thread that commits, in order; <see cref="Progress{T}"/> would not.</summary>
    private sealed class BarProgress(Action<CrawlProgress> report) : IProgress<CrawlProgress>
    {
        public void Report(CrawlProgress value) => report(value);
    }
}

/// <summary>What crawling several sources came to.</summary>
internal sealed record CrawlReport(IReadOnlyList<SourceDefinition> Sources, IReadOnlyList<CrawlOutcome> Outcomes, TimeSpan Elapsed)
{
    public IEnumerable<RunSummary> Ended => Outcomes.OfType<CrawlOutcome.Ended>().Select(ended => ended.Summary);
}
