using System.Globalization;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Rules.Loading;
using Surveillance.Classifier.Text;

namespace Surveillance.Benchmarks;

/// <summary>Measures the classifier on listings of one length, stage by stage, and prints a Markdown table.</summary>
/// <param name="corpora">Each is cut and joined to listings of its own.</param>
internal sealed class ClassifyBenchmark(IReadOnlyList<Corpus> corpora, string project)
{
    private const int ListingChars = 200;
    private const int TitleChars = 20;

    private static readonly DateOnly Day = new(2026, 11, 22);

    public void Run()
    {
        var data = Path.Combine(project, "data");
        var rules = new RuleFiles(data).Read();
        var (normalizer, byRules) = (TextClassifier.LoadNormalizer(data), TextClassifier.Load(data));
        var withModel = TextClassifier.Load(data, Path.Combine(data, "model", "model.bin"));
        Console.WriteLine("| corpus | what | µs a listing | listings/s | expected count | bytes allocated a listing |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var corpus in corpora)
        {
            var texts = corpus.OfLength(ListingChars).Lines;
            Row(corpus.Name, "normalise", texts, text => normalizer.Normalize(text).Folds.Length, "folds");
            NormalizedText[] normalized = [.. texts.Select(normalizer.Normalize)];
            Row(corpus.Name, "find contacts", normalized, text => ContactFinder.Find(text, "text").Count, "contacts");
            var matches = new List<TermMatch>();
            Row(corpus.Name, "match the rules' terms", normalized, text => Matches(rules.Vocabulary.Find, text, matches), "terms");
            Listing[] listings = [.. texts.Select(Listing)];
            Row(corpus.Name, "classify --rules-only", listings, listing => Findings(byRules, listing), "findings");
            Row(corpus.Name, "classify", listings, listing => Findings(withModel, listing), "findings");
            ReadAndWrite(corpus.Name, listings, withModel);
        }
    }

    private static void ReadAndWrite(string corpus, Listing[] listings, TextClassifier classifier)
    {
        byte[][] lines = [.. listings.Select(listing => JsonSerializer.SerializeToUtf8Bytes(listing, ContractJson.Options))];
        Row(corpus, "read JSON", lines, line => JsonSerializer.Deserialize<Listing>(line, ContractJson.Options)!.Text!.Length / (ListingChars - TitleChars), "listings");
        Assessment[] assessments = [.. listings.Select(listing => classifier.Classify(listing, Day))];
        using var stream = new MemoryStream();
        Row(corpus, "write JSON", assessments, assessment => Written(assessment, stream), "bytes");
    }

    private static int Written(Assessment assessment, MemoryStream stream)
    {
        stream.SetLength(0);
        JsonSerializer.Serialize(stream, assessment, ContractJson.Options);
        return (int)stream.Length;
    }

    private static int Matches(Action<ReadOnlySpan<char>, List<TermMatch>> find, NormalizedText text, List<TermMatch> matches)
    {
        matches.Clear();
        find(text.Text, matches);
        return matches.Count;
    }

    private static int Findings(TextClassifier classifier, Listing listing) => classifier.Classify(listing, Day).Findings.Length;

    private static Listing Listing(string text, int place) =>
        new() { Id = $"{place}", Platform = "闲鱼", Title = text[..TitleChars], Text = text[TitleChars..], Price = 380 };

    private static void Row<T>(string corpus, string what, T[] inputs, Func<T, int> work, string unit)
    {
        var count = 0L;
        void Work()
        {
            count = 0;
            foreach (var input in inputs)
            {
                count += work(input);
            }
        }

        var seconds = Measure.Seconds(Work) / inputs.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {corpus} | {what} | {seconds * 1e6:F1} | {1 / seconds:F0} | {count} {unit} | {Measure.Allocated(Work) / inputs.Length} |"));
    }
}
