using System.Numerics;
using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Matching;

/// <summary>A trie over UTF-16 units as one open-addressed table of 64-bit slots, in memory or mapped. Reading is thread safe.</summary>
/// <remarks>
/// A node is known by its slot; a slot holds its parent, its unit and a value, so that one step reads one cache line. Against a double array,
/// which needs room for each node's widest gap between children, it stays small also where a text has twelve thousand different units.
/// The pointer's memory belongs to <see cref="Text.TextResources"/> or to the array that <see cref="Build"/> pinned.
/// </remarks>
internal readonly unsafe struct UnitTrie
{
    public const int Root = 0;
    public const int None = -1;

    /// <summary>The largest value and the largest number of nodes.</summary>
    public const int Limit = (1 << 24) - 1;

    private const int KeyBits = 40;
    private const ulong KeyMask = (1UL << KeyBits) - 1;

    private readonly ulong* _slots;
    private readonly int _shift;
    private readonly int _mask;

    /// <param name="slots">Stays where it is for as long as the trie is used.</param>
    /// <param name="count">A power of two.</param>
    public UnitTrie(ulong* slots, int count)
    {
        _slots = slots;
        _mask = count - 1;
        _shift = 64 - BitOperations.Log2((uint)count);
    }

    /// <summary>Nodes are below this.</summary>
    public int End => _mask + 2;

    /// <param name="keys">Distinct, none empty, in any order.</param>
    /// <param name="values">By key: from 1 to <see cref="Limit"/>.</param>
    /// <returns>The slots, on the pinned heap.</returns>
    public static ulong[] Build(IReadOnlyList<string> keys, ReadOnlySpan<int> values)
    {
        var slots = GC.AllocateArray<ulong>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 2 * CountNodes(keys))), pinned: true);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots.Length, Limit);
        var trie = Over(slots);
        for (var key = 0; key < keys.Count; key++)
        {
            var node = Root;
            foreach (var unit in keys[key])
            {
                node = trie.Add(node, unit);
            }

            slots[node - 1] |= (ulong)values[key] << KeyBits;
        }

        return slots;
    }

    /// <param name="slots">From <see cref="Build"/>; the caller keeps a reference to it.</param>
    public static UnitTrie Over(ulong[] slots) => new((ulong*)Unsafe.AsPointer(ref slots[0]), slots.Length);

    /// <summary>The child of a node by a unit, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Child(int node, char unit)
    {
        var key = Key(node, unit);
        for (var slot = Slot(key); ; slot = (slot + 1) & _mask)
        {
            var found = _slots[slot];
            if ((found & KeyMask) == key)
            {
                return slot + 1;
            }

            if (found == 0)
            {
                return None;
            }
        }
    }

    /// <summary>The value of the key that ends at a node; 0 where none does.</summary>
    public int ValueAt(int node) => node == Root ? 0 : (int)(_slots[node - 1] >> KeyBits);

    /// <summary>The node reached by a whole key or prefix, or <see cref="None"/>.</summary>
    public int Find(ReadOnlySpan<char> key)
    {
        var node = Root;
        foreach (var unit in key)
        {
            node = Child(node, unit);
            if (node == None)
            {
                break;
            }
        }

        return node;
    }

    private static ulong Key(int node, char unit) => ((ulong)(node + 1) << 16) | unit;

    private static int CountNodes(IReadOnlyList<string> keys)
    {
        string[] sorted = [.. keys];
        Array.Sort(sorted, StringComparer.Ordinal);
        var count = 0;
        for (var key = 0; key < sorted.Length; key++)
        {
            count += sorted[key].Length - (key == 0 ? 0 : sorted[key].AsSpan().CommonPrefixLength(sorted[key - 1]));
        }

        return count;
    }

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> _shift);

    private int Add(int node, char unit)
    {
        var key = Key(node, unit);
        var slot = Slot(key);
        while (_slots[slot] != 0 && (_slots[slot] & KeyMask) != key)
        {
            slot = (slot + 1) & _mask;
        }

        _slots[slot] |= key;
        return slot + 1;
    }
}
