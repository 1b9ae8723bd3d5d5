using System.Numerics;
using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Matching;

/// <summary>Says where in a text a term may begin, by its first two units; sometimes where none does, never the other way. Thread safe.</summary>
internal sealed class PairFilter
{
    /// <summary>Bits a pair: few enough to stay in the nearest caches, enough that hardly any other pair passes.</summary>
    private const int BitsPerPair = 64;

    private const int LeastBits = 1 << 14;
    private const int MostBits = 1 << 22;

    private readonly ulong[] _bits;
    private readonly int _shift;

    /// <summary>By unit, whether it is a term by itself; null where none is, which is the fast case.</summary>
    private readonly bool[]? _singles;

    public PairFilter(IReadOnlyCollection<string> patterns)
    {
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((long)patterns.Count * BitsPerPair, LeastBits, MostBits));
        _bits = new ulong[count / 64];
        _shift = 32 - BitOperations.Log2((uint)count);
        foreach (var pattern in patterns)
        {
            if (pattern.Length > 1)
            {
                Set(pattern[0], pattern[1]);
                continue;
            }

            _singles ??= new bool[char.MaxValue + 1];
            _singles[pattern[0]] = true;
        }
    }

    /// <summary>The first place from <paramref name="start"/> on where a term may begin, or the text's length.</summary>
    public int Next(ReadOnlySpan<char> text, int start)
    {
        if (start >= text.Length)
        {
            return text.Length;
        }

        // A loop of its own for this: the next unit is this one's successor, read once.
        uint unit = text[start];
        for (var at = start + 1; at < text.Length; at++)
        {
            uint next = text[at];
            if (Has(unit, next) || (_singles is not null && _singles[unit]))
            {
                return at - 1;
            }

            unit = next;
        }

        // The last unit may be a term of one unit; the automaton knows.
        return text.Length - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Has(uint unit, uint next)
    {
        var bit = Bit(unit, next);
        return (_bits[bit >> 6] & (1UL << (int)(bit & 63))) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Bit(uint unit, uint next) => unchecked(((unit << 16) | next) * 0x9E3779B1) >> _shift;

    private void Set(uint unit, uint next)
    {
        var bit = Bit(unit, next);
        _bits[bit >> 6] |= 1UL << (int)(bit & 63);
    }
}
