using System.Collections.Immutable;

namespace Surveillance.Classifier.Segmentation;

/// <summary>The words of all user dictionaries at one moment.</summary>
/// <param name="Trie">Frozen.</param>
/// <param name="Total">What they add to the sum of all frequencies.</param>
/// <param name="Tags">Only of words that were given one.</param>
/// <param name="Split">Words taken out (frequency 0): the hidden Markov model must not put them together again.</param>
internal sealed record UserWords(WordTrie Trie, long Total, ImmutableDictionary<string, string> Tags, ImmutableHashSet<string> Split)
{
    public static UserWords None { get; } = new(new WordTrie(), 0, ImmutableDictionary<string, string>.Empty, []);

    public bool Any => this != None;

    /// <summary>As <see cref="WordTrie"/> tells it.</summary>
    public double Find(ReadOnlySpan<char> word)
    {
        var node = Place(word);
        return node == WordTrie.None ? WordTrie.Unset : Trie[node];
    }

    public bool HasPrefix(ReadOnlySpan<char> word) => Place(word) != WordTrie.None;

    private int Place(ReadOnlySpan<char> word)
    {
        var node = WordTrie.Root;
        foreach (var unit in word)
        {
            node = Trie.Child(node, unit);
            if (node == WordTrie.None)
            {
                break;
            }
        }

        return node;
    }
}
