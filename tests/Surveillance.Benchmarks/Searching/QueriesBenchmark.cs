using System.Diagnostics;
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
        Console.WriteLine("| engine | written, documents/s | on disk, MB | ≤ 10,000 matches: p50, p95 ms | broader: p50, p95 ms | worst ms | read all, documents/s | memory before, at most, MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
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
        var written = await WriteAsync(engine.Index);
        var bytes = await engine.BytesAsync();
        var run = new Run(engine.Index.Name, _queries.Count);
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var query = 0; query < _queries.Count; query++)
            {
                await AskAsync(engine.Index, run, query, isMeasured: round > 0);
            }
        }

        var before = PeakMemory.Reset();
        var began = Stopwatch.GetTimestamp();
        await foreach (var _ in engine.Index.ReadAsync(new SearchQuery { LeadsOnly = false }, CancellationToken.None))
        {
            run.ReadDocuments++;
        }

        var read = run.ReadDocuments / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (few, many) = (run.Times(matches => matches <= FewMatches), run.Times(matches => matches > FewMatches));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {run.Engine} | {written:N0} | {bytes >> 20:N0} | {Percentile(few, 50):0.0}, {Percentile(few, 95):0.0} | {Percentile(many, 50):0.0}, {Percentile(many, 95):0.0} | {Math.Max(Percentile(few, 100), Percentile(many, 100)):0} | {read:N0} | {before >> 20}, {PeakMemory.Bytes >> 20} |"));
        return run;
    }

    private async Task<double> WriteAsync(IListingIndex index)
    {
        var writing = TimeSpan.Zero;
        foreach (var some in listings.Make(options.Listings, DocumentsAtOnce))
        {
            var began = Stopwatch.GetTimestamp();
            var outcomes = await index.WriteAsync(null, some, CancellationToken.None);
            writing += Stopwatch.GetElapsedTime(began);
            if (outcomes.FirstOrDefault(outcome => outcome is not WriteOutcome.Written) is { } other)
            {
                throw new InvalidOperationException($"{index.Name} did not write a document: {other}");
            }
        }

        await index.RefreshAsync(null, CancellationToken.None);
        return options.Listings / writing.TotalSeconds;
    }

    private async Task AskAsync(IListingIndex index, Run run, int query, bool isMeasured)
    {
        var asked = parser.Parse(_queries[query].Text, leadsOnly: !_queries[query].All);
        var began = Stopwatch.GetTimestamp();
        var page = await index.SearchAsync(new SearchRequest(asked, PageSize), CancellationToken.None);
        if (isMeasured)
        {
            run.Milliseconds[query].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        run.Found[query] = (page.Total, string.Join(' ', page.Hits.Select(hit => hit.Id)));
    }

    private void PrintQueries(List<Run> runs)
    {
        Console.WriteLine($"\n| query | matches | {string.Join(" | ", runs.Select(run => $"{run.Engine}, median ms"))} |\n| --- | --- |{string.Concat(runs.Select(_ => " --- |"))}");
        for (var query = 0; query < _queries.Count; query++)
        {
            var medians = runs.Select(run => Percentile([.. run.Milliseconds[query].Order()], 50).ToString("0.0", CultureInfo.InvariantCulture));
            Console.WriteLine($"| `{_queries[query].Name}` | {runs[0].Found[query].Total:N0} | {string.Join(" | ", medians)} |");
        }
    }

    /// <param name="sorted">Rising.</param>
    private static double Percentile(List<double> sorted, int percent) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Max((int)Math.Ceiling(sorted.Count * percent / 100.0), 1) - 1];

    private sealed record Run(string Engine, int Queries)
    {
        public List<double>[] Milliseconds { get; } = [.. Enumerable.Range(0, Queries).Select(_ => new List<double>())];

        public (long Total, string Ids)[] Found { get; } = new (long, string)[Queries];

        public long ReadDocuments { get; set; }

        /// <summary>Of the queries with so many matches, rising.</summary>
        public List<double> Times(Func<long, bool> matches) => [.. Milliseconds.Where((_, query) => matches(Found[query].Total)).SelectMany(times => times).Order()];
    }
}
