using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Matching;

/// <summary>The states of an Aho–Corasick automaton; a state is a node of a <see cref="LevelTrie"/>. Thread safe.</summary>
internal sealed class Automaton
{
    private readonly LevelTrie _trie;

    /// <summary>By state: the state of the longest proper suffix that begins a pattern.</summary>
    private readonly int[] _fallbacks;

    /// <summary>By state: the state of the longest pattern that is a proper suffix, or the root.</summary>
    private readonly int[] _shorter;

    /// <param name="patterns">Distinct, none empty.</param>
    public Automaton(string[] patterns)
    {
        _trie = new LevelTrie(patterns);
        _fallbacks = new int[_trie.Count];
        _shorter = new int[_trie.Count];
        Link(patterns);
    }

    /// <summary>The pattern that ends in a state which <see cref="Longest"/> or <see cref="NextShorter"/> gave.</summary>
    public int PatternAt(int state) => _trie.ValueAt(state) - 1;

    /// <summary>The state of the longest pattern that ends here; the root for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Longest(int state) => _trie.ValueAt(state) != 0 ? state : _shorter[state];

    public int NextShorter(int state) => _shorter[state];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int state, char unit, ref long steps)
    {
        while (true)
        {
            steps++;
            var child = _trie.Child(state, unit);
            if (child != LevelTrie.None)
            {
                return child;
            }

            if (state == LevelTrie.Root)
            {
                return LevelTrie.Root;
            }

            state = _fallbacks[state];
        }
    }

    /// <summary>Level by level, because a state's links lead to shorter states.</summary>
    private void Link(string[] patterns)
    {
        var states = new int[patterns.Length];
        var linked = new bool[_trie.Count];
        int[] going = [.. Enumerable.Range(0, patterns.Length)];
        var steps = 0L;
        for (var depth = 0; going.Length > 0; depth++)
        {
            foreach (var pattern in going)
            {
                var (parent, unit) = (states[pattern], patterns[pattern][depth]);
                var state = _trie.Child(parent, unit);
                states[pattern] = state;
                if (linked[state])
                {
                    continue;
                }

                linked[state] = true;
                _fallbacks[state] = parent == LevelTrie.Root ? LevelTrie.Root : Next(_fallbacks[parent], unit, ref steps);
                _shorter[state] = Longest(_fallbacks[state]);
            }

            going = [.. going.Where(pattern => patterns[pattern].Length > depth + 1)];
        }
    }
}
