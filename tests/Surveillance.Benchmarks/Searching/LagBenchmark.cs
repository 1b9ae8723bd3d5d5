using System.Diagnostics;
using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Classifier;

namespace Surveillance.Benchmarks.Searching;

/// <summary>How far the index is behind while a crawl files fifty pages a second, each with 36 listings that are new.</summary>
internal sealed class LagBenchmark(string project, BenchOptions options, GeneratedListings listings, TextClassifier classifier)
{
    private const int PagesASecond = 50;
    private const int ListingsAPage = 36;
    private const int CommitsASecond = 10;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <returns>The exit code: 1 where the index was ever further behind than it may be.</returns>
    public async Task<int> RunAsync()
    {
        Console.WriteLine($"{PagesASecond} pages/s of {ListingsAPage} new listings asked for, {options.Seconds} s; heap of a server {options.Heap}");
        Console.WriteLine("| engine | filed, listings/s | behind: median, most s | waiting at most | to catch up afterwards, s | processor µs a listing: filing alone, with the feed (and an embedded index), at the server |\n| --- | --- | --- | --- | --- | --- |");
        var isInTime = true;
        foreach (var kind in options.Engines)
        {
            await using var engine = await BenchEngine.StartAsync(project, kind, options.Heap);
            isInTime &= await RunAsync(engine);
        }

        return isInTime ? 0 : 1;
    }

    private async Task<bool> RunAsync(BenchEngine engine)
    {
        using var alone = new BenchRecords(classifier);
        var filing = await FileAsync(alone, TimeSpan.FromSeconds(options.Seconds / 3.0), _ => { });

        using var records = new BenchRecords(classifier);
        using var feed = records.Feed(engine.Index);
        using var stop = new CancellationTokenSource();
        var running = feed.RunAsync(error => Console.Error.WriteLine(error), stop.Token);
        var lags = new List<(double Seconds, long Waiting)>();
        var atServer = engine.Used;
        var together = await FileAsync(records, TimeSpan.FromSeconds(options.Seconds), records => lags.Add(LagOf(records)));

        var began = Stopwatch.GetTimestamp();
        await feed.CatchUpAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        var after = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        await CheckAsync(engine.Index, together.Listings);
        var server = (engine.Used - atServer).TotalMicroseconds / together.Listings;

        var seconds = lags.Select(lag => lag.Seconds).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {engine.Index.Name} | {together.Listings / together.Seconds:N0} | {seconds[seconds.Count / 2]:0.0}, {seconds[^1]:0.0} | {lags.Max(lag => lag.Waiting):N0} | {after:0.0} | {filing.Processor:0}, {together.Processor:0}, {server:0} |"));
        return seconds[^1] < Most.TotalSeconds;
    }

    private static (double Seconds, long Waiting) LagOf(BenchRecords records)
    {
        var lag = records.Outbox.Lag();
        return (lag.Since is { } since ? (TimeProvider.System.GetUtcNow() - since).TotalSeconds : 0, lag.Waiting);
    }

    /// <param name="look">Called after each second's filing.</param>
    private async Task<Filed> FileAsync(BenchRecords records, TimeSpan duration, Action<BenchRecords> look)
    {
        var used = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var commits = 0;
        foreach (var some in listings.Make(int.MaxValue, PagesASecond * ListingsAPage / CommitsASecond))
        {
            records.File(some);
            if (++commits % CommitsASecond == 0)
            {
                look(records);
            }

            if (Stopwatch.GetElapsedTime(began) >= duration)
            {
                break;
            }

            if (TimeSpan.FromSeconds((double)commits / CommitsASecond) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var filed = commits * PagesASecond * ListingsAPage / CommitsASecond;
        return new Filed(filed, seconds, (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / filed);
    }

    private static async Task CheckAsync(IListingIndex index, int expected)
    {
        await index.RefreshAsync(null, CancellationToken.None);
        if (await index.OpenAsync(CancellationToken.None) is var status && status.Documents != expected)
        {
            throw new InvalidOperationException($"expected {expected} documents in {index.Name}, found {status.Documents}");
        }
    }

    /// <param name="Processor">Microseconds a listing, all threads of this process.</param>
    private sealed record Filed(int Listings, double Seconds, double Processor);
}
