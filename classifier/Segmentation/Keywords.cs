using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>A word and how much it says about a text.</summary>
/// <param name="Weight">Only comparable within one text and method.</param>
public sealed record Keyword(string Word, double Weight);

/// <summary>Finds a text's keywords as jieba does: by TF-IDF or by TextRank. Thread safe.</summary>
/// <remarks>Words of less than two characters and English stop words are no keywords. Of equal weights the word that comes first stands first.</remarks>
public sealed class Keywords
{
    /// <summary>Parts of speech that jieba's TextRank keeps: places, nouns, verbal nouns, verbs.</summary>
    private static readonly HashSet<string> RankedTags = ["ns", "n", "vn", "v"];

    private static readonly HashSet<string> StopWords =
    [
        "the", "of", "is", "and", "to", "in", "that", "we", "for", "an", "are", "by", "be", "as", "on", "with", "can", "if", "from", "which", "you", "it",
        "this", "then", "at", "have", "all", "not", "one", "has", "or",
    ];

    private readonly Segmenter _segmenter;
    private readonly DocumentFrequencies _frequencies;

    public Keywords(TextResources resources, Segmenter segmenter)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(segmenter);
        _segmenter = segmenter;
        _frequencies = new DocumentFrequencies(resources);
    }

    /// <summary>By how often a word stands in the text and how seldom elsewhere.</summary>
    /// <param name="count">At most so many, heaviest first; all where null.</param>
    public IReadOnlyList<Keyword> ByFrequency(string text, int? count = 20)
    {
        var counts = new OrderedDictionary<string, int>();
        foreach (var word in _segmenter.Cut(text))
        {
            if (word.Trim().Length >= 2 && !StopWords.Contains(word.ToLowerInvariant()))
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        var total = (double)counts.Values.Sum();
        return Heaviest(counts.Select(entry => new Keyword(entry.Key, entry.Value * (_frequencies[entry.Key] / total))), count);
    }

    /// <summary>By which words stand near which, over nouns and verbs.</summary>
    /// <param name="count">At most so many, heaviest first; all where null.</param>
    public IReadOnlyList<Keyword> ByRank(string text, int? count = 20)
    {
        var words = _segmenter.Tag(text);
        var graph = new WordRank();
        for (var at = 0; at < words.Count; at++)
        {
            for (var other = at + 1; IsRanked(words[at]) && other < Math.Min(words.Count, at + WordRank.Span); other++)
            {
                if (IsRanked(words[other]))
                {
                    graph.Add(words[at].Word, words[other].Word);
                }
            }
        }

        return Heaviest(graph.Rank(), count);
    }

    private static bool IsRanked(TaggedWord word) =>
        RankedTags.Contains(word.Tag) && word.Word.Trim().Length >= 2 && !StopWords.Contains(word.Word.ToLowerInvariant());

    private static List<Keyword> Heaviest(IEnumerable<Keyword> keywords, int? count) =>
        [.. keywords.OrderByDescending(keyword => keyword.Weight).Take(count ?? int.MaxValue)];
}
