using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Benchmarks;

/// <summary>Measures the text engine, beside its peers where they are installed, and prints a Markdown table.</summary>
internal sealed class TextBenchmark(Corpus corpus, string project)
{
    private const int ListingChars = 200;
    private const string Dictionary = "data/node_modules/nodejieba/submodules/cppjieba/dict/jieba.dict.utf8";

    private readonly TextResources _resources = TextResources.Open();

    public void Run(bool withPeers)
    {
        Console.WriteLine($"corpus {corpus.Name}: {corpus.Lines.Length} texts, {corpus.Chars} characters, {corpus.Bytes} bytes\n");
        Console.WriteLine("| what | figure | expected count | allocated a character |\n| --- | --- | --- | --- |");
        Open();
        Segment();
        if (withPeers)
        {
            Peers();
        }

        Match();
        Normalize();
        Pipeline();
    }

    private static void Row(string what, string figure, string count, string allocated = "") => Console.WriteLine($"| {what} | {figure} | {count} | {allocated} |");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Open()
    {
        var before = Process.GetCurrentProcess().PrivateMemorySize64;
        var start = Stopwatch.GetTimestamp();
        _ = new Segmenter(TextResources.Open()).Cut("低压电工证");
        var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Row("open dictionary, first cut", Text($"{taken:F1} ms"), "", Text($"{(Process.GetCurrentProcess().PrivateMemorySize64 - before) / 1e6:F1} MB private"));
    }

    private void Segment()
    {
        var segmenter = new Segmenter(_resources);
        var spans = new List<WordSpan>(1 << 20);
        foreach (var hmm in (bool[])[true, false])
        {
            void Spans()
            {
                spans.Clear();
                Array.ForEach(corpus.Lines, line => segmenter.Cut(line, SegmentMode.Accurate, hmm, spans));
            }

            SegmentRow(hmm ? "segment, places" : "segment without HMM, places", Spans, () => spans.Count);
        }

        var words = 0;
        SegmentRow("segment, strings", () => words = corpus.Lines.Sum(line => segmenter.Cut(line).Count), () => words);
        SegmentRow("segment for search, strings", () => words = corpus.Lines.Sum(line => segmenter.Cut(line, SegmentMode.Search).Count), () => words);
    }

    private void SegmentRow(string what, Action work, Func<int> tokens)
    {
        var seconds = Measure.Seconds(work);
        Row(what, Text($"{corpus.Bytes / seconds / 1e6:F1} MB/s"), Text($"{tokens()} tokens"), Text($"{(double)Measure.Allocated(work) / corpus.Chars:F2} B"));
    }

    private void Peers()
    {
        var input = Path.GetTempFileName();
        File.WriteAllText(input, string.Join('\n', corpus.Lines));
        var (peers, dictionary) = (Path.Combine(project, "tests/Surveillance.Benchmarks/peers"), Path.Combine(project, Dictionary));
        Peer("node", [Path.Combine(peers, "segment.mjs"), "@node-rs/jieba", input, dictionary, "20"]);
        Peer("node", [Path.Combine(peers, "segment.mjs"), "jieba-wasm", input, dictionary, "8"]);
        Peer("/usr/bin/python3", [Path.Combine(peers, "segment.py"), input, dictionary, "2"]);
        File.Delete(input);
    }

    private void Peer(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine($"{string.Join(' ', arguments)}: exit {process.ExitCode}; are the peers installed (peers/install; apt-get install python3-jieba)?");
            return;
        }

        var result = JsonDocument.Parse(output).RootElement;
        Row($"segment, {result.GetProperty("peer")}", Text($"{corpus.Bytes / result.GetProperty("seconds").GetDouble() / 1e6:F1} MB/s"), $"{result.GetProperty("tokens")} tokens");
        Row($"open dictionary, {result.GetProperty("peer")}", Text($"{result.GetProperty("load_ms").GetDouble():F0} ms"), "");
    }

    private void Match()
    {
        var text = string.Join('\n', corpus.Lines);
        string[] words = [.. File.ReadLines(Path.Combine(project, Dictionary)).Select(line => line.Split(' ')[0]).Where(word => word.Length >= 3)];
        new Random(7).Shuffle(words);
        foreach (var count in (int[])[1_000, 10_000, 100_000])
        {
            string[] terms = [.. words.Where(word => !text.Contains(word, StringComparison.Ordinal)).Take(count)];
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            var matcher = new TermMatcher(terms);
            Row(Text($"build matcher, {terms.Length} terms"), Text($"{(Environment.CpuUsage.TotalTime - start).TotalMilliseconds:F0} ms"), "", Text($"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6:F0} MB in all"));
            MatchRow(Text($"match {terms.Length} terms, no hits"), matcher, text);
            if (count <= 10_000)
            {
                var values = SearchValues.Create(terms, StringComparison.Ordinal);
                var found = 0;
                var seconds = Measure.Seconds(() => found = text.AsSpan().IndexOfAny(values));
                Row(Text($"the same with SearchValues<string>"), Text($"{text.Length / seconds / 1e6:F0} million characters/s"), Text($"{(found < 0 ? 0 : 1)} hits"));
            }
        }

        MatchRow("match the lexicon", new TermMatcher([.. Lexicon.Load(Path.Combine(project, "data/lexicon")).Terms]), text);
    }

    private static void MatchRow(string what, TermMatcher matcher, string text)
    {
        var matches = new List<TermMatch>();
        var seconds = Measure.Seconds(() =>
        {
            matches.Clear();
            matcher.Find(text, matches);
        });
        Row(what, Text($"{text.Length / seconds / 1e6:F0} million characters/s"), Text($"{matches.Count} hits"));
    }

    private void Normalize()
    {
        var lexicon = Lexicon.Load(Path.Combine(project, "data/lexicon"));
        foreach (var (what, normalizer) in (IEnumerable<(string, Normalizer)>)[("normalise", new(_resources, lexicon, [])), ("normalise, global folds only", new(_resources, Lexicon.Empty, []))])
        {
            var folds = 0;
            void Work() => folds = corpus.Lines.Sum(line => normalizer.Normalize(line).Folds.Length);
            var seconds = Measure.Seconds(Work);
            Row(what, Text($"{corpus.Chars / seconds / 1e6:F1} million characters/s"), Text($"{folds} folds"), Text($"{(double)Measure.Allocated(Work) / corpus.Chars:F2} B"));
        }
    }

    private void Pipeline()
    {
        var lexicon = Lexicon.Load(Path.Combine(project, "data/lexicon"));
        var (normalizer, segmenter, matcher) = (new Normalizer(_resources, lexicon, []), new Segmenter(_resources), new TermMatcher([.. lexicon.Core, .. lexicon.Terms], lexicon.Ordinary));
        var listings = corpus.OfLength(ListingChars).Lines;
        var (words, matches) = (new List<WordSpan>(), new List<TermMatch>());
        var found = 0L;
        var seconds = Measure.Seconds(() =>
        {
            found = 0;
            foreach (var listing in listings)
            {
                words.Clear();
                matches.Clear();
                var normalized = normalizer.Normalize(listing);
                segmenter.Cut(normalized.Text, SegmentMode.Accurate, hmm: true, words);
                matcher.Find(normalized.Text, matches);
                found += words.Count + matches.Count;
            }
        });
        Row(Text($"normalise + segment + match, {ListingChars} characters each"), Text($"{listings.Length / seconds:F0} listings/s"), Text($"{found} words and matches"));
    }
}
