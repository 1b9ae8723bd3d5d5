using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Surveillance.Classifier.Segmentation;
using Surveillance.Tests.Text;

namespace Surveillance.Tests.Segmentation;

/// <summary>Our words against those of Debian's python3-jieba (0.42.1) with the same dictionary, token for token.</summary>
public sealed class JiebaParityTests(ITestOutputHelper output)
{
    private const string Python = "/usr/bin/python3";
    private const string Jieba = "data/node_modules/nodejieba/submodules/cppjieba";
    private const int LeastBytes = 2_000_000;

    private static readonly (SegmentMode Mode, bool Hmm)[] Modes =
    [
        (SegmentMode.Accurate, true), (SegmentMode.Accurate, false), (SegmentMode.Search, true), (SegmentMode.Search, false), (SegmentMode.Full, true), (SegmentMode.Full, false),
    ];

    [Fact]
    public void Cuts_as_jieba_does_in_all_modes()
    {
        var corpus = Corpus();
        Assert.InRange(Encoding.UTF8.GetByteCount(corpus), LeastBytes, 10 * LeastBytes);
        Compare(corpus, "-", new Segmenter(Dictionaries.Resources), Modes);
    }

    [Fact]
    public void Cuts_as_jieba_does_with_a_user_dictionary()
    {
        string[] lines = ["低压电工证 10 nz", "特种作业", "包过 3", "清华大学 0", "东西南北中发白 n", "电工证报名 200 v", "上海 0", "abcAB 30"];
        var segmenter = new Segmenter(Dictionaries.Resources);
        segmenter.SetDictionary("own", lines);
        var text = string.Join('\n', Enumerable.Range(0, 400).Select(seed => Sentence(new Random(seed), [.. lines.Select(line => line.Split(' ')[0]), "北京", "的", "考", "我们", "大学", "xabcABy"])));
        Compare(text, string.Join('\n', lines), segmenter, Modes[..1]);
    }

    private void Compare(string corpus, string dictionary, Segmenter segmenter, (SegmentMode Mode, bool Hmm)[] modes)
    {
        var folder = Directory.CreateTempSubdirectory("surveil-parity-").FullName;
        try
        {
            var words = RunJieba(folder, corpus, dictionary);
            var tokens = new long[modes.Length];
            foreach (var (number, line) in corpus.Split('\n').Index())
            {
                var theirs = JsonSerializer.Deserialize<string[][]>(words[number])!;
                foreach (var (mode, (kind, hmm)) in modes.Index())
                {
                    Assert.Equal(theirs[mode], segmenter.Cut(line, kind, hmm));
                    tokens[mode] += theirs[mode].Length;
                }
            }

            output.WriteLine($"{Encoding.UTF8.GetByteCount(corpus)} bytes, {words.Length} lines; tokens: {string.Join(", ", modes.Zip(tokens, (mode, count) => $"{mode.Mode} {(mode.Hmm ? "HMM" : "no HMM")} {count}"))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] RunJieba(string folder, string corpus, string dictionary)
    {
        var (input, result, user) = (Path.Combine(folder, "corpus"), Path.Combine(folder, "words"), Path.Combine(folder, "user"));
        File.WriteAllText(input, corpus);
        File.WriteAllText(user, dictionary);
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not there");
        using var jieba = Process.Start(new ProcessStartInfo(Python,
            [Dictionaries.InProject("tests/Surveillance.Tests/Segmentation/jieba_words.py"), Dictionaries.InProject($"{Jieba}/dict/jieba.dict.utf8"), dictionary == "-" ? "-" : user, input, result])
        { RedirectStandardError = true })!;
        var errors = jieba.StandardError.ReadToEnd();
        jieba.WaitForExit();
        Assert.SkipWhen(errors.Contains("No module named 'jieba'", StringComparison.Ordinal), "python3-jieba is not installed (apt-get install python3-jieba)");
        Assert.True(jieba.ExitCode == 0, errors);
        return File.ReadAllLines(result);
    }

    /// <summary>A novel from the npm package, sentences of dictionary words, odd lines; and real messages and statutes where they are there.</summary>
    private static string Corpus()
    {
        var corpus = new StringBuilder(File.ReadAllText(Dictionaries.InProject($"{Jieba}/test/testdata/weicheng.utf8")));
        string[] words = [.. File.ReadLines(Dictionaries.InProject($"{Jieba}/dict/jieba.dict.utf8")).Select(line => line.Split(' ')[0])];
        string[] units = ["a", "Z", "9", "0", ".", "+", "#", "&", "_", "%", "-", "/", "，", "！", " ", "\t", "\r", "\u200b", "\u001c", "\u0085", "\u3000", "😀", "👍🏽", "𠮷", "é", "한", "あ", "〇", "Ⅳ", "①", "\0", "的", "证"];
        string[] ideographs = [.. Enumerable.Range(0x4E00, 0x5200).Select(unit => ((char)unit).ToString())];
        for (var line = 0; line < 4_000; line++)
        {
            var random = new Random(line);
            corpus.Append('\n').Append(Sentence(random, words)).Append('\n').Append(Sentence(random, units)).Append('\n').Append(Sentence(random, ideographs));
            corpus.Append('\n').Append(Sentence(random, [.. units, .. words.AsSpan(random.Next(words.Length - 40), 40)])).Append('\n');
        }

        foreach (var file in (string[])["texts/ordinary.jsonl", "texts/positives.jsonl", "laws/广告法(2021-04-29).md", "laws/刑法.md"])
        {
            if (Dictionaries.Shared(file) is { } path)
            {
                corpus.Append('\n').AppendJoin('\n', File.ReadLines(path).Take(6_000));
            }
        }

        return corpus.ToString();
    }

    private static string Sentence(Random random, string[] pieces) => string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
}
