using System.Numerics;

namespace Surveillance.Api.Search.Embedded;

/// <summary>A set of listings by their numbers in an index file, whatever their sign: a bit each. Not thread safe.</summary>
internal sealed class NumberSet(long highest)
{
    private readonly ulong[] _bits = new ulong[(highest / 64) + 1];

    public int Count { get; private set; }

    public bool Has(long number) => Math.Abs(number) is var place && place / 64 < _bits.Length && (_bits[place / 64] & (1UL << (int)(place % 64))) != 0;

    public void Add(long number)
    {
        var place = Math.Abs(number);
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

    /// <summary>Without their signs, rising.</summary>
    public IEnumerable<long> Numbers()
    {
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                yield return (word * 64L) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }
}
