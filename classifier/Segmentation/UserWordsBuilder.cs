using System.Collections.Immutable;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>Adds users' words one by one, as jieba's <c>add_word</c> does: each changes what the next one's frequency is reckoned from.</summary>
internal static class UserWordsBuilder
{
    public static UserWords Build(TextResources resources, HiddenMarkov hidden, IEnumerable<UserWord> words)
    {
        var trie = new WordTrie();
        var tags = ImmutableDictionary.CreateBuilder<string, string>();
        var split = ImmutableHashSet.CreateBuilder<string>();
        var total = 0L;
        foreach (var word in words)
        {
            var graph = new WordGraph(resources, new UserWords(trie, total, ImmutableDictionary<string, string>.Empty, []));
            var frequency = word.Frequency ?? Enough(resources, graph, hidden, total, word.Word);
            trie.Add(word.Word, frequency);
            total += frequency;
            if (word.Tag is not null)
            {
                tags[word.Word] = word.Tag;
            }

            if (frequency == 0)
            {
                split.Add(word.Word);
            }
        }

        return total == 0 && split.Count == 0 ? UserWords.None : new UserWords(trie, total, tags.ToImmutable(), split.ToImmutable());
    }

    /// <summary>The least frequency at which the word is more probable than what it is cut into now.</summary>
    private static long Enough(TextResources resources, WordGraph graph, HiddenMarkov hidden, long added, string word)
    {
        var total = (double)(resources.Table<long>(TextSection.WordTotal)[0] + added);
        var spans = new List<WordSpan>();
        using (var cut = new AccurateCut(graph, hidden, hmm: false, spans))
        {
            cut.Add(word);
        }

        var probability = 1.0;
        foreach (var span in spans)
        {
            probability *= Frequency(graph, word.AsSpan(span.Start, span.Length)) / total;
        }

        return Math.Max((long)(probability * total) + 1, Frequency(graph, word));
    }

    /// <summary>Jieba's <c>FREQ.get(word, 1)</c>: a prefix that is no word counts 0, an unknown one 1.</summary>
    private static long Frequency(WordGraph graph, ReadOnlySpan<char> word)
    {
        var log = graph.LogFrequency(word);
        return log != WordGraph.NoWord ? (long)Math.Round(Math.Exp(log)) : graph.IsPrefix(word) ? 0 : 1;
    }
}
