using System.Runtime.InteropServices;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>Cuts Chinese text into words by jieba's algorithm: the same words as jieba 0.42.1 with the same dictionary.</summary>
/// <remarks>
/// Thread safe. User dictionaries belong to the instance and may be set while other threads cut: a cut uses the words of the moment it began.
/// Answers for any text; the work is linear in its length.
/// </remarks>
public sealed class Segmenter
{
    private readonly TextResources _resources;
    private readonly HiddenMarkov _hidden;
    private readonly WordCache _cache = new();
    private readonly Lock _changing = new();
    private readonly OrderedDictionary<string, IReadOnlyList<UserWord>> _dictionaries = [];
    private volatile WordGraph _words;

    public Segmenter(TextResources resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        _resources = resources;
        _hidden = new HiddenMarkov(resources);
        _words = new WordGraph(resources, UserWords.None);
    }

    /// <summary>Adds a user dictionary, or replaces the one of that name.</summary>
    /// <param name="name">Named in messages.</param>
    /// <param name="lines">Word, frequency and tag, the latter two optional, parted by spaces; a frequency of 0 takes the word out.</param>
    /// <exception cref="InvalidDataException">A line is not so; the message gives its number, and the words in force stay.</exception>
    public void SetDictionary(string name, IEnumerable<string> lines)
    {
        var words = UserWord.Parse(name, lines);
        lock (_changing)
        {
            _dictionaries[name] = words;
            Rebuild_NeedsLock();
        }
    }

    /// <summary>Takes a user dictionary away.</summary>
    /// <returns>False where there was none of that name.</returns>
    public bool RemoveDictionary(string name)
    {
        lock (_changing)
        {
            var removed = _dictionaries.Remove(name);
            Rebuild_NeedsLock();
            return removed;
        }
    }

    /// <param name="hmm">Joins characters that no word explains by the hidden Markov model; no part in <see cref="SegmentMode.Full"/>.</param>
    /// <returns>In reading order. Full mode has jieba's empty words between neighbouring white space.</returns>
    public IReadOnlyList<string> Cut(string text, SegmentMode mode = SegmentMode.Accurate, bool hmm = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (mode == SegmentMode.Full)
        {
            return FullCut.Cut(_words, text);
        }

        var spans = new List<WordSpan>((text.Length / 2) + 1);
        Cut(text, mode, hmm, spans);
        var words = new string[spans.Count];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = _cache.Get(text.AsSpan(spans[word].Start, spans[word].Length));
        }

        return words;
    }

    /// <summary>Appends the places of the words; allocates nothing else.</summary>
    /// <param name="mode">Not <see cref="SegmentMode.Full"/>, whose words need not be passages of the text.</param>
    public void Cut(ReadOnlySpan<char> text, SegmentMode mode, bool hmm, List<WordSpan> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfEqual((int)mode, (int)SegmentMode.Full, nameof(mode));
        var graph = _words;
        var from = words.Count;
        using var cut = new AccurateCut(graph, _hidden, hmm, words);
        cut.Add(text);
        if (mode == SegmentMode.Search)
        {
            AddInner(graph, text, words, from);
        }
    }

    /// <summary>Accurate words with their part of speech, from the dictionaries.</summary>
    public IReadOnlyList<TaggedWord> Tag(string text, bool hmm = true)
    {
        var graph = _words;
        var names = _resources.Names(TextSection.TagNames);
        return [.. Cut(text, SegmentMode.Accurate, hmm).Select(word => new TaggedWord(word, TagOf(graph, names, word)))];
    }

    /// <summary>Natural logarithm of a word's frequency; negative infinity for what is no word.</summary>
    internal double LogFrequency(ReadOnlySpan<char> word) => _words.LogFrequency(word);

    private string TagOf(WordGraph graph, string[] names, string word)
    {
        if (graph.Users.Tags.TryGetValue(word, out var own))
        {
            return own;
        }

        var place = graph.Place(word);
        var tag = place < 0 ? 0 : _resources.Table<byte>(TextSection.WordTags)[place];
        return tag > 0 ? names[tag - 1]
            : word.All(unit => char.IsAsciiDigit(unit) || unit == '.') && word.Any(char.IsAsciiDigit) ? "m"
            : word.All(char.IsAsciiLetterOrDigit) ? "eng"
            : "x";
    }

    private static void AddInner(WordGraph graph, ReadOnlySpan<char> text, List<WordSpan> words, int from)
    {
        var accurate = CollectionsMarshal.AsSpan(words)[from..].ToArray();
        words.RemoveRange(from, accurate.Length);
        foreach (var word in accurate)
        {
            for (var length = 2; length <= 3 && length < word.Length; length++)
            {
                for (var start = word.Start; start + length <= word.End; start++)
                {
                    if (graph.LogFrequency(text.Slice(start, length)) != WordGraph.NoWord)
                    {
                        words.Add(new WordSpan(start, length));
                    }
                }
            }

            words.Add(word);
        }
    }

    private void Rebuild_NeedsLock() =>
        _words = new WordGraph(_resources, UserWordsBuilder.Build(_resources, _hidden, _dictionaries.Values.SelectMany(words => words)));
}
