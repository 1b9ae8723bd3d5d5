using System.Numerics;

namespace Surveillance.Api.Search.Embedded;

/// <summary>A set of listings by their numbers in an index file, of either sign: a bit each. Not thread safe.</summary>
/// <param name="highest">The highest number, whatever its sign.</param>
internal sealed class NumberSet(long highest)
{
    private readonly ulong[] _bits = new ulong[(PlaceOf(-highest) / 64) + 1];

    public int Count { get; private set; }

    public bool Has(long number) => PlaceOf(number) is var place && place / 64 < _bits.Length && (_bits[place / 64] & (1UL << (int)(place % 64))) != 0;

    public void Add(long number)
    {
        var place = PlaceOf(number);
        var bit = 1UL << (int)(place % 64);
        if ((_bits[place / 64] & bit) == 0)
        {
            _bits[place / 64] |= bit;
            Count++;
        }
    }

    /// <summary>Leaves what the other has too, or what it has not.</summary>
    public void Keep(NumberSet other, bool isExcluded)
    {
        Count = 0;
        for (var word = 0; word < _bits.Length; word++)
        {
            _bits[word] &= isExcluded ? ~other._bits[word] : other._bits[word];
            Count += BitOperations.PopCount(_bits[word]);
        }
    }

    /// <summary>By their absolute values.</summary>
    public IEnumerable<long> Numbers()
    {
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                var place = (word * 64L) + BitOperations.TrailingZeroCount(bits);
                yield return place % 2 == 0 ? place / 2 : -(place / 2);
            }
        }
    }

    private static long PlaceOf(long number) => number >= 0 ? 2 * number : (-2 * number) + 1;
}
