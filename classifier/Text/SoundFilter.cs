using System.Runtime.CompilerServices;

namespace Surveillance.Classifier.Text;

/// <summary>Tells of the first syllables of a passage whether a term may begin with them, so that the trie is left alone. Thread safe once filled.</summary>
/// <param name="syllables">How many there are.</param>
internal sealed class SoundFilter(int syllables)
{
    /// <summary>Few terms share a bit, and the table stays in the near caches.</summary>
    private const int TripleBits = 17;

    private readonly bool[] _starts = new bool[syllables];

    /// <summary>A bit for each pair of syllables, set where a term begins with them.</summary>
    private readonly ulong[] _pairs = new ulong[((syllables * syllables) / 64) + 1];

    /// <summary>As <see cref="_pairs"/>, of terms that two sounds alone can yield.</summary>
    private readonly ulong[] _wholePairs = new ulong[((syllables * syllables) / 64) + 1];

    /// <summary>A bit for the hash of each three syllables with which a term begins.</summary>
    private readonly ulong[] _triples = new ulong[(1 << TripleBits) / 64];

    /// <param name="cells">What each of a term's first cells may sound like; three at most.</param>
    /// <param name="isWhole">The term has two cells and may be read by its sound all the same.</param>
    public void Add(ReadOnlySpan<int[]> cells, bool isWhole)
    {
        foreach (var first in cells[0])
        {
            _starts[first] = true;
            foreach (var second in cells.Length > 1 ? cells[1] : [])
            {
                Set(_pairs, PairBit(first, second));
                if (isWhole)
                {
                    Set(_wholePairs, PairBit(first, second));
                }

                foreach (var third in cells.Length > 2 ? cells[2] : [])
                {
                    Set(_triples, TripleBit(first, second, third));
                }
            }
        }
    }

    public bool Starts(int first) => _starts[first];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasPair(int first, int second) => Has(_pairs, PairBit(first, second));

    /// <summary>For a passage that reads as three syllables and cannot be read otherwise. Says yes too often, never too seldom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasTriple(int first, int second, int third) => Has(_wholePairs, PairBit(first, second)) || Has(_triples, TripleBit(first, second, third));

    private static bool Has(ulong[] bits, uint bit) => (bits[bit >> 6] & (1UL << (int)(bit & 63))) != 0;

    private static void Set(ulong[] bits, uint bit) => bits[bit >> 6] |= 1UL << (int)(bit & 63);

    private uint PairBit(int first, int second) => (uint)((first * syllables) + second);

    private uint TripleBit(int first, int second, int third) => unchecked(((PairBit(first, second) * (uint)syllables) + (uint)third) * 0x9E3779B1) >> (32 - TripleBits);
}
