using System.Globalization;
using Surveillance.Api.Search;

namespace Surveillance.Benchmarks.Searching;

/// <summary>The same generated listings in one engine after another: how long sixty queries take, and reading everything.</summary>
internal sealed class QueriesBenchmark(string project, BenchOptions options, GeneratedListings listings, QueryParser parser)
{
    private const int PageSize = 20;
    private const int FewMatches = 10_000;
    private const int DocumentsAtOnce = 4_000;

    private readonly IReadOnlyList<BenchQuery> _queries = BenchQuery.Sixty(listings);

    /// <returns>The exit code: 1 where engines differ in what they find.</returns>
    public async Task<int> RunAsync()
    {
        var runs = new List<Run>();
        Console.WriteLine($"{options.Listings:N0} listings, heap of a server {options.Heap}, {_queries.Count} queries, pages of {PageSize}, {options.Rounds} rounds after one to warm up");
        Console.WriteLine("| engine | written, documents/s, processor µs each | on disk, MB | ≤ 10,000 matches: p50, p95, processor ms | broader: p50, p95, processor ms | worst ms | read all, documents/s, processor µs each | memory before, at most, MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var kind in options.Engines)
        {
            await using var engine = await BenchEngine.StartAsync(project, kind, options.Heap);
            runs.Add(await RunAsync(engine));
        }

        PrintQueries(runs);
        var differing = _queries.Where((_, query) => runs.DistinctBy(run => run.Found[query]).Count() > 1).ToList();
        differing.ForEach(query => Console.Error.WriteLine($"the engines differ in what they find for {query.Name}"));
        return differing.Count == 0 && runs.All(run => run.ReadDocuments == options.Listings) ? 0 : 1;
    }

    private async Task<Run> RunAsync(BenchEngine engine)
    {
        var written = await WriteAsync(engine);
        var bytes = await engine.BytesAsync();
        var run = new Run(engine.Index.Name, _queries.Count);
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var query = 0; query < _queries.Count; query++)
            {
                await AskAsync(engine, run, query, isMeasured: round > 0);
            }
        }

        var before = PeakMemory.Reset();
        var read = await Spent.OnAsync(engine, async () =>
        {
            await foreach (var _ in engine.Index.ReadAsync(new SearchQuery { LeadsOnly = false }, CancellationToken.None))
            {
                run.ReadDocuments++;
            }
        });
        var (few, many) = (run.Times(matches => matches <= FewMatches), run.Times(matches => matches > FewMatches));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {run.Engine} | {Rate(written, options.Listings)} | {bytes >> 20:N0} | {Spread(few)} | {Spread(many)} | {few.Concat(many).Max(spent => spent.Seconds) * 1000:0} | {Rate(read, run.ReadDocuments)} | {before >> 20}, {PeakMemory.Bytes >> 20} |"));
        return run;
    }

    private async Task<Spent> WriteAsync(BenchEngine engine)
    {
        var spent = default(Spent);
        foreach (var some in listings.Make(options.Listings, DocumentsAtOnce))
        {
            spent += await Spent.OnAsync(engine, async () =>
            {
                var outcomes = await engine.Index.WriteAsync(null, some, CancellationToken.None);
                if (outcomes.FirstOrDefault(outcome => outcome is not WriteOutcome.Written) is { } other)
                {
                    throw new InvalidOperationException($"{engine.Index.Name} did not write a document: {other}");
                }
            });
        }

        await engine.Index.RefreshAsync(null, CancellationToken.None);
        return spent;
    }

    private async Task AskAsync(BenchEngine engine, Run run, int query, bool isMeasured)
    {
        var asked = parser.Parse(_queries[query].Text, leadsOnly: !_queries[query].All);
        var spent = await Spent.OnAsync(engine, async () =>
        {
            var page = await engine.Index.SearchAsync(new SearchRequest(asked, PageSize), CancellationToken.None);
            run.Found[query] = (page.Total, string.Join(' ', page.Hits.Select(hit => hit.Id)));
        });
        if (isMeasured)
        {
            run.Spent[query].Add(spent);
        }
    }

    private void PrintQueries(List<Run> runs)
    {
        Console.WriteLine($"\n| query | matches | {string.Join(" | ", runs.Select(run => $"{run.Engine}, median ms"))} |\n| --- | --- |{string.Concat(runs.Select(_ => " --- |"))}");
        for (var query = 0; query < _queries.Count; query++)
        {
            var medians = runs.Select(run => Milliseconds(run.Spent[query], 50));
            Console.WriteLine($"| `{_queries[query].Name}` | {runs[0].Found[query].Total:N0} | {string.Join(" | ", medians)} |");
        }
    }

    private static string Rate(Spent spent, long documents) =>
        string.Create(CultureInfo.InvariantCulture, $"{documents / spent.Seconds:N0}, {spent.Processor * 1e6 / documents:0}");

    private static string Spread(List<Spent> spent) =>
        spent.Count == 0 ? "" : $"{Milliseconds(spent, 50)}, {Milliseconds(spent, 95)}, {(spent.Average(one => one.Processor) * 1000).ToString("0.0", CultureInfo.InvariantCulture)}";

    private static string Milliseconds(List<Spent> spent, int percent) =>
        (spent.Select(one => one.Seconds).Order().ElementAt(Math.Max((int)Math.Ceiling(spent.Count * percent / 100.0), 1) - 1) * 1000).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record Run(string Engine, int Queries)
    {
        public List<Spent>[] Spent { get; } = [.. Enumerable.Range(0, Queries).Select(_ => new List<Spent>())];

        public (long Total, string Ids)[] Found { get; } = new (long, string)[Queries];

        public long ReadDocuments { get; set; }

        /// <summary>Of the queries with so many matches.</summary>
        public List<Spent> Times(Func<long, bool> matches) => [.. Spent.Where((_, query) => matches(Found[query].Total)).SelectMany(spent => spent)];
    }
}
