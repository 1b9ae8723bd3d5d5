using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Classifier;

namespace Surveillance.Benchmarks.Searching;

/// <summary>Writing to a server by ours beside the same lines posted by curl, each on a fresh index with the same mapping and settings.</summary>
internal sealed class BulkBenchmark(string project, BenchOptions options, GeneratedListings listings, TextClassifier classifier)
{
    private static readonly int[] BatchBytes = [1 << 20, 2 << 20, 5 << 20];
    private static readonly int[] AtOnce = [2, 4];

    private const int WarmingRounds = 3;

    private readonly IReadOnlyList<IndexDocument> _documents = [.. listings.Make(options.Listings, 4_000).SelectMany(some => some)];

    public async Task RunAsync()
    {
        using var records = new BenchRecords(classifier);
        foreach (var some in _documents.Chunk(4_000))
        {
            records.File(some);
        }

        Console.WriteLine($"{options.Listings:N0} listings, heap of the server {options.Heap}; medians of {options.Rounds} rounds in turn, the server warmed up");
        Console.WriteLine("| server | how | documents/s | to curl's best | processor time of the server, ours, µs a document |\n| --- | --- | --- | --- | --- |");
        foreach (var kind in options.Engines.Where(kind => kind != BenchEngine.Embedded))
        {
            await using var engine = await BenchEngine.StartAsync(project, kind, options.Heap);
            await CompareAsync(engine, records);
        }
    }

    private async Task CompareAsync(BenchEngine engine, BenchRecords records)
    {
        var ways = new List<Way>
        {
            new("ours, WriteAsync", () => TimeAsync(engine, index => engine.Index.WriteAsync(index, _documents, CancellationToken.None))),
            new("ours, feed from the record store", () => FeedAsync(engine, records)),
        };
        var bodies = BatchBytes.Select(bytes => new CurlBulk(_documents, bytes)).ToList();
        foreach (var (body, bytes) in bodies.Zip(BatchBytes))
        {
            ways.AddRange(AtOnce.Select(atOnce => new Way(
                $"curl, {bytes >> 20} MB a request, {atOnce} at once", () => TimeAsync(engine, index => body.PostAsync(engine.Server!.Address, index, atOnce)))));
        }

        // The server's compiler takes its time; and in turn to and fro, so that nobody is always the warmer one.
        for (var warming = 0; warming < WarmingRounds; warming++)
        {
            await ways[^1].RunAsync();
            await ways[0].RunAsync();
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var way in round % 2 == 0 ? ways : Enumerable.Reverse(ways))
            {
                way.Taken.Add(await way.RunAsync());
            }
        }

        bodies.ForEach(body => body.Dispose());
        Print(engine.Index.Name, ways);
    }

    private void Print(string server, List<Way> ways)
    {
        var best = ways.Where(way => way.Name.StartsWith("curl", StringComparison.Ordinal)).Min(way => way.Median.Seconds);
        foreach (var way in ways)
        {
            var (seconds, atServer, here) = way.Median;
            var a = 1e6 / options.Listings;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {server} | {way.Name} | {options.Listings / seconds:N0} | {best / seconds:0.00} | {atServer * a:0}, {here * a:0} |"));
        }
    }

    private Task<Spent> FeedAsync(BenchEngine engine, BenchRecords records) => TimeAsync(engine, async index =>
    {
        await engine.Index.SwitchAsync(index, CancellationToken.None);
        records.Outbox.SendAllAgain();
        using var feed = records.Feed(engine.Index);
        if (!await feed.CatchUpAsync(TimeSpan.FromSeconds(30), CancellationToken.None))
        {
            throw new InvalidOperationException("the feed stopped before all was sent");
        }
    });

    /// <summary>Of writing all documents into a fresh index, which is gone afterwards unless it is the one that is read.</summary>
    private async Task<Spent> TimeAsync(BenchEngine engine, Func<string, Task> write)
    {
        await engine.Index.DropOldAsync(CancellationToken.None);
        var index = await engine.Index.CreateNextAsync(CancellationToken.None);
        var spent = await Spent.OnAsync(engine, () => write(index));
        var count = await engine.Server!.CountAsync(index);
        return count == options.Listings ? spent : throw new InvalidOperationException($"expected {options.Listings} documents in {index}, found {count}");
    }

    private sealed record Way(string Name, Func<Task<Spent>> RunAsync)
    {
        public List<Spent> Taken { get; } = [];

        public Spent Median => Taken.OrderBy(spent => spent.Seconds).ElementAt(Taken.Count / 2);
    }
}
