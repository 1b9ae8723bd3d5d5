using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Matching;

/// <summary>A trie over UTF-16 units whose nodes are numbered level by level, so that a node's children lie together. Thread safe.</summary>
/// <remarks>
/// About ten bytes a node: the tries of ten thousand terms stay in the near caches, where a <see cref="UnitTrie"/>, made for the hundred
/// thousands of words of a mapped dictionary, would have each step look at another line of memory.
/// </remarks>
internal sealed class LevelTrie
{
    public const int Root = 0;
    public const int None = -1;

    /// <summary>Of so many children each is looked at in turn.</summary>
    private const int MostScanned = 24;

    /// <summary>By unit: the node it leads to from the root, or 0.</summary>
    private readonly int[] _roots = new int[char.MaxValue + 1];

    /// <summary>By node: its first child; they end where the next node's begin.</summary>
    private readonly int[] _children;

    /// <summary>By node: the unit that leads to it; ascending among the children of one node.</summary>
    private readonly char[] _units;

    /// <summary>By node: one more than the place of the key that ends there; 0 for none.</summary>
    private readonly int[] _values;

    /// <param name="keys">Distinct, none empty, in any order.</param>
    public LevelTrie(IReadOnlyList<string> keys)
    {
        string[] sorted = [.. keys];
        int[] places = [.. Enumerable.Range(0, keys.Count)];
        Array.Sort(sorted, places, StringComparer.Ordinal);
        var (children, units, values) = (new List<int>(), new List<char> { '\0' }, new List<int> { 0 });
        var level = new List<(int From, int To)> { (0, sorted.Length) };
        for (var depth = 0; level.Count > 0; depth++)
        {
            var next = new List<(int From, int To)>();
            foreach (var (from, to) in level)
            {
                children.Add(units.Count);
                AddChildren(from, to, next);
            }

            level = next;

            void AddChildren(int from, int to, List<(int From, int To)> deeper)
            {
                // A key that ends here sorts before those that go on.
                for (int key = from + (from < to && sorted[from].Length == depth ? 1 : 0), end; key < to; key = end)
                {
                    var unit = sorted[key][depth];
                    for (end = key + 1; end < to && sorted[end][depth] == unit;)
                    {
                        end++;
                    }

                    units.Add(unit);
                    values.Add(sorted[key].Length == depth + 1 ? places[key] + 1 : 0);
                    deeper.Add((key, end));
                }
            }
        }

        children.Add(units.Count);
        (_children, _units, _values) = ([.. children], [.. units], [.. values]);
        for (var node = _children[Root]; node < _children[Root + 1]; node++)
        {
            _roots[_units[node]] = node;
        }
    }

    /// <summary>How many nodes there are, the root among them.</summary>
    public int Count => _units.Length;

    /// <summary>The child of a node by a unit, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Child(int node, char unit)
    {
        if (node == Root)
        {
            return _roots[unit] is var first and > 0 ? first : None;
        }

        var (from, end) = (_children[node], _children[node + 1]);
        if (end - from > MostScanned)
        {
            return Array.BinarySearch(_units, from, end - from, unit) is var place and >= 0 ? place : None;
        }

        for (var child = from; child < end; child++)
        {
            if (_units[child] >= unit)
            {
                return _units[child] == unit ? child : None;
            }
        }

        return None;
    }

    /// <summary>One more than the place of the key that ends at a node; 0 where none does.</summary>
    public int ValueAt(int node) => _values[node];
}
