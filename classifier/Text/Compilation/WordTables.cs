using System.Globalization;
using System.Text;
using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles jieba's dictionary (word, frequency, tag) into the prefix dictionary.</summary>
internal static class WordTables
{
    public const string Name = "nodejieba/submodules/cppjieba/dict/jieba.dict.utf8";

    /// <summary>Two million bits for two hundred thousand pairs: they fit the second cache, and one other pair in ten passes.</summary>
    private const int PairBitsOfWords = 1 << 21;

    /// <returns>Frequency by word.</returns>
    public static Dictionary<string, long> Read(string nodeModules, byte[][] sections)
    {
        var frequencies = new Dictionary<string, long>();
        var tags = new Dictionary<string, string>();
        foreach (var (number, line) in TextCompiler.Lines(nodeModules, Name))
        {
            if (line.Split(' ') is not [{ Length: > 0 } word, var count, { Length: > 0 } tag]
                || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var frequency)
                || !frequencies.TryAdd(word, frequency))
            {
                throw new InvalidDataException($"expected a new word, its frequency and its tag in {Name}, line {number}: {line}");
            }

            tags[word] = tag;
        }

        Lay(frequencies, tags, sections);
        return frequencies;
    }

    private static void Lay(Dictionary<string, long> frequencies, Dictionary<string, string> tags, byte[][] sections)
    {
        string[] words = [.. frequencies.Keys];
        string[] names = [.. tags.Values.Distinct().Order(StringComparer.Ordinal)];

        // Many words share a frequency: a node names its weight by number, and the frequent ones stay in the cache.
        long[] distinct = [.. frequencies.Values.Where(frequency => frequency > 0).GroupBy(frequency => frequency).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        var numbers = distinct.Index().ToDictionary(frequency => frequency.Item, frequency => frequency.Index + 1);
        var slots = UnitTrie.Build(words, [.. words.Select(word => numbers.GetValueOrDefault(frequencies[word]))]);
        var trie = UnitTrie.Over(slots);
        var nodeTags = new byte[trie.End];
        foreach (var word in words)
        {
            nodeTags[trie.Find(word)] = checked((byte)(1 + Array.IndexOf(names, tags[word])));
        }

        sections[(int)TextSection.WordRoots] = TextCompiler.Bytes<int>([.. Enumerable.Range(0, char.MaxValue + 1).Select(unit => Math.Max(0, trie.Child(UnitTrie.Root, (char)unit)))]);
        sections[(int)TextSection.WordPairs] = TextCompiler.Bytes<ulong>(PairBits.Build(PairBitsOfWords, words.Where(word => word.Length > 1).Select(word => (word[0], word[1]))));
        sections[(int)TextSection.WordSlots] = TextCompiler.Bytes<ulong>(slots);
        sections[(int)TextSection.WordWeights] = TextCompiler.Bytes<double>([WordGraph.NoWord, .. distinct.Select(frequency => Math.Log(frequency))]);
        sections[(int)TextSection.WordTags] = nodeTags;
        sections[(int)TextSection.TagNames] = Encoding.UTF8.GetBytes(string.Join('\n', names));
        sections[(int)TextSection.WordTotal] = TextCompiler.Bytes<long>([frequencies.Values.Sum()]);
    }
}
