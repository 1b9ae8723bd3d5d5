using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Cli;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>Start, lease and commit with a million addresses queued for one source.</summary>
internal static class FrontierBenchmark
{
    private const int Queued = 1_000_000;
    private const int Hosts = 200;
    private const int Rounds = 200;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("surveil-frontier");
        try
        {
            var database = new Database(Path.Combine(folder.FullName, "records.db"));
            var classifier = TextClassifier.Load(ProgramFiles.DataFolder);
            CrawlStore Store() => new(database, new ListingStore(classifier, TimeProvider.System), new SourceStates(database, TimeProvider.System), TimeProvider.System);
            Console.WriteLine("| what | figure | expected count |\n| --- | --- | --- |");
            var seeds = Enumerable.Range(0, Queued).Select(n => new FrontierEntry($"https://shop{n % Hosts}.example/item/{n}", PageRole.Detail, 1)).ToList();
            var first = await TimeAsync("queue a million addresses", "1000000 queued", () => Store().BeginRunAsync("million", seeds, CancellationToken.None));
            var run = ((BeginRunOutcome.Began)first).RunId;
            await TimeAsync("end the run, and take it up again", "1000000 queued", async () =>
            {
                await Store().EndRunAsync(run, RunState.Interrupted, "x", [], CancellationToken.None);
                return await Store().BeginRunAsync("million", [], CancellationToken.None);
            });
            await LeaseAsync(Store(), run);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task LeaseAsync(CrawlStore store, long run)
    {
        var leasing = new List<double>();
        var committing = new List<double>();
        var pages = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var leased = await store.LeaseAsync(run, new LeaseWish(64, 16, TimeSpan.FromHours(1), new HashSet<string>()), CancellationToken.None);
            leasing.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            pages += leased.Pages.Count;
            began = Stopwatch.GetTimestamp();
            await store.CommitAsync(new PageRecord(leased.Pages[0], PageState.Failed, "x", null, null, null, [], []), CancellationToken.None);
            committing.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Row("lease 64 pages of 4 hosts, median and worst", Spread(leasing), $"{pages} leased");
        Row("commit a page's outcome, median and worst", Spread(committing), $"{Rounds} committed");
    }

    private static async Task<T> TimeAsync<T>(string what, string count, Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        Row(what, string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"), count);
        return result;
    }

    private static string Spread(List<double> milliseconds)
    {
        milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds[milliseconds.Count / 2]:0.0} ms, {milliseconds[^1]:0.0} ms");
    }

    private static void Row(string what, string figure, string count) => Console.WriteLine($"| {what} | {figure} | {count} |");
}
