using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Matching;

/// <summary>Says where in a text a term may begin, by its first units; sometimes where none does, never the other way. Thread safe.</summary>
internal sealed class PairFilter
{
    /// <summary>Bits a term: few enough to stay in the near caches, enough that hardly any other unit passes.</summary>
    private const int BitsPerTerm = 32;

    private const int LeastBits = 1 << 14;
    private const int MostBits = 1 << 22;

    private readonly ulong[] _pairs;
    private readonly int _shift;

    /// <summary>Whole terms of two units, and the first three units of longer ones.</summary>
    private readonly ulong[] _triples;

    /// <summary>By unit, whether it is a term by itself; null where none is, which is the fast case.</summary>
    private readonly bool[]? _singles;

    public PairFilter(IReadOnlyCollection<string> patterns)
    {
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((long)patterns.Count * BitsPerTerm, LeastBits, MostBits));
        _pairs = new ulong[count / 64];
        _triples = new ulong[count / 64];
        _shift = 32 - BitOperations.Log2((uint)count);
        foreach (var pattern in patterns)
        {
            if (pattern.Length == 1)
            {
                _singles ??= new bool[char.MaxValue + 1];
                _singles[pattern[0]] = true;
                continue;
            }

            var pair = Hash(pattern[0], pattern[1]);
            Set(_pairs, pair);
            Set(_triples, pattern.Length == 2 ? pair : Hash(pair, pattern[2]));
        }
    }

    /// <summary>The first place from <paramref name="start"/> on where a term may begin, or the text's length.</summary>
    public int Next(ReadOnlySpan<char> text, int start)
    {
        if (start >= text.Length)
        {
            return text.Length;
        }

        uint unit = text[start];
        for (var at = start + 1; at < text.Length; at++)
        {
            uint next = text[at];
            var pair = Hash(unit, next);
            if (Has(_pairs, pair) && (Has(_triples, pair) || at + 1 == text.Length || Has(_triples, Hash(pair, text[at + 1]))))
            {
                return at - 1;
            }

            if (_singles is not null && _singles[unit])
            {
                return at - 1;
            }

            unit = next;
        }

        // The last unit may be a term by itself; the automaton knows.
        return text.Length - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint first, uint second) => unchecked(((first << 16) ^ (first >> 16) ^ second) * 0x9E3779B1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Has(ulong[] bits, uint hash)
    {
        var bit = hash >> _shift;
        return (Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bits), bit >> 6) & (1UL << (int)(bit & 63))) != 0;
    }

    private void Set(ulong[] bits, uint hash)
    {
        var bit = hash >> _shift;
        bits[bit >> 6] |= 1UL << (int)(bit & 63);
    }
}
