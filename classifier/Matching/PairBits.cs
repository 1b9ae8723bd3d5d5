using System.Numerics;
using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Matching;

/// <summary>A table of bits that tells of most pairs of units that they begin nothing, without a look at the trie. Thread safe.</summary>
internal readonly unsafe struct PairBits
{
    private readonly ulong* _bits;
    private readonly int _shift;

    /// <param name="bits">Stays where it is for as long as the table is used.</param>
    /// <param name="length">In 64-bit words; a power of two.</param>
    public PairBits(ulong* bits, int length)
    {
        _bits = bits;
        _shift = 32 - BitOperations.Log2((uint)length * 64);
    }

    /// <param name="count">How many bits; a power of two, from 64 on.</param>
    public static ulong[] Build(int count, IEnumerable<(char First, char Second)> pairs)
    {
        var bits = new ulong[count / 64];
        var shift = 32 - BitOperations.Log2((uint)count);
        foreach (var (first, second) in pairs)
        {
            var bit = Hash(first, second) >> shift;
            bits[bit >> 6] |= 1UL << (int)(bit & 63);
        }

        return bits;
    }

    /// <summary>False where no pair that the table was built from is this one; true for all of them and for few others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(char first, char second)
    {
        var bit = Hash(first, second) >> _shift;
        return (_bits[bit >> 6] & (1UL << (int)(bit & 63))) != 0;
    }

    private static uint Hash(char first, char second) => unchecked((((uint)first << 16) | second) * 0x9E3779B1);
}
