using System.Diagnostics;
using System.Globalization;
using Surveillance.Api.Cli;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Classifier;

namespace Surveillance.Benchmarks.Searching;

/// <summary>The benchmarks of searching, by name.</summary>
internal static class SearchBenchmark
{
    /// <returns>The exit code; null where the arguments are not understood.</returns>
    public static async Task<int?> RunAsync(string project, string[] arguments)
    {
        if (arguments is not [var what, .. var rest] || BenchOptions.Read(rest) is not { } options)
        {
            return null;
        }

        var classifier = TextClassifier.Load(ProgramFiles.DataFolder);
        var words = CommonWords.Read(Path.Combine(project, "data/node_modules/nodejieba/submodules/cppjieba/dict/jieba.dict.utf8"));
        var listings = new GeneratedListings(new DocumentText(classifier), words);
        var parser = new QueryParser(classifier.Normalizer, Synonyms.Load(Path.Combine(ProgramFiles.DataFolder, "search", "synonyms.yaml"), classifier.Normalizer));
        Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        switch (what)
        {
            case "make":
                return Make(listings, options.Listings);
            case "queries":
                return await new QueriesBenchmark(project, options, listings, parser).RunAsync();
            case "bulk":
                await new BulkBenchmark(project, options, listings, classifier).RunAsync();
                return 0;
            case "lag":
                return await new LagBenchmark(project, options, listings, classifier).RunAsync();
            default:
                return null;
        }
    }

    private static int Make(GeneratedListings listings, int count)
    {
        var began = Stopwatch.GetTimestamp();
        var lengths = listings.Make(count, 4_000).SelectMany(some => some).Select(document => document.Title!.Length + document.Text!.Length).Order().ToList();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{count} listings made, {count / seconds:N0}/s; characters {lengths[0]} to {lengths[^1]}, median {lengths[count / 2]}, mean {lengths.Average():0}"));
        foreach (var some in listings.Make(6, 6).SelectMany(some => some))
        {
            Console.WriteLine($"{some.Decision} {some.State} {some.Title} | {some.Text}");
        }

        return 0;
    }
}
