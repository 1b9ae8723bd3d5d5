using System.Runtime.Intrinsics;

namespace Surveillance.Classifier.Model;

/// <summary>A trained model: a linear function of a listing's features for every violation type. Thread safe.</summary>
/// <remarks>Memory-mapped; the mapping stays for the life of the process. Weights are whole numbers, so sums do not depend on their order.</remarks>
public sealed unsafe class StatisticalModel
{
    private const uint KeyBits = 1 << 20;

    /// <summary>So many keys are looked at together.</summary>
    private const int ChunkKeys = 512;

    private readonly ModelFile.Opened _file;
    private readonly uint _mask;

    /// <summary>A bit for each key's low bits: most n-grams of a text are unknown, and this fits the cache where the table does not.</summary>
    private readonly ulong[] _mayKnow = new ulong[KeyBits / 64];

    private StatisticalModel(ModelFile.Opened file)
    {
        (_file, _mask) = (file, (uint)file.Slots - 1);
        foreach (var entry in new ReadOnlySpan<ulong>(file.Table, file.Slots))
        {
            if (entry != 0)
            {
                _mayKnow[(uint)entry % KeyBits / 64] |= 1UL << (int)(entry % 64);
            }
        }
    }

    /// <summary>The same bytes have the same version.</summary>
    public string Version => _file.Version;

    public ModelHead Head => _file.Head;

    /// <exception cref="ModelException">Missing, damaged, foreign, or made for other features.</exception>
    public static StatisticalModel Open(string path) => new(ModelFile.Open(path));

    /// <summary>Where a key stands in a table of so many places, first try.</summary>
    internal static uint Home(uint key, uint mask) => (key * 0x9E3779B1u >> 7) & mask;

    /// <summary>The row of a feature's weights, or -1.</summary>
    internal int RowOf(uint key) => MayKnow(key) == 0 ? -1 : Find(key);

    private int Find(uint key)
    {
        for (var place = Home(key, _mask); ; place = (place + 1) & _mask)
        {
            var entry = _file.Table[place];
            if ((uint)entry == key)
            {
                return (int)(entry >> 32);
            }

            if (entry == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>A weight as stored.</summary>
    internal int Weight(int row, int type) => _file.Weights[(row * ModelFile.RowWidth) + type];

    /// <summary>The margin of every type, and last that of being unlawful at all: above nought where the words alone make it likely.</summary>
    /// <param name="seen">At least as many marks as the model has rows; a feature counts once a listing.</param>
    internal void Margins(FeatureList features, RowMarks seen, Span<double> margins)
    {
        seen.Clear(_file.Head.Features.Kept);
        Span<int> grams = stackalloc int[ModelFile.RowWidth];
        Sum(features.GramKeys, seen, grams);
        Span<int> facts = stackalloc int[ModelFile.RowWidth];
        Sum(features.Facts, seen, facts);
        Span<int> symbols = stackalloc int[ModelFile.RowWidth];
        Sum(features.Symbols, seen, symbols);
        var gramValue = features.GramValue;
        for (var type = 0; type < margins.Length; type++)
        {
            var scale = type < Head.Types.Length ? new ModelScale(Head.Types[type].Bias, Head.Types[type].Step) : Head.Unlawful;
            margins[type] = (((grams[type] * gramValue) + (facts[type] * FeatureList.FactValue) + (symbols[type] * FeatureList.SymbolValue)) * scale.Step) + scale.Bias;
        }
    }

    /// <summary>Sums the weights of those features that are known and not seen before.</summary>
    private void Sum(ReadOnlySpan<uint> keys, RowMarks seen, Span<int> sums)
    {
        Span<uint> possible = stackalloc uint[ChunkKeys];
        var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (; !keys.IsEmpty; keys = keys[Math.Min(ChunkKeys, keys.Length)..])
        {
            foreach (var key in possible[..Possible(keys[..Math.Min(ChunkKeys, keys.Length)], possible)])
            {
                if (Find(key) is var row and >= 0 && seen.Add(row))
                {
                    var (lower, upper) = Vector256.Widen(Vector256.Load(_file.Weights + (row * ModelFile.RowWidth)));
                    low += lower;
                    high += upper;
                }
            }
        }

        low.CopyTo(sums);
        high.CopyTo(sums[8..]);
    }

    /// <summary>Copies the keys that may be known. No branch depends on a key, so that many are looked up at once.</summary>
    private int Possible(ReadOnlySpan<uint> keys, Span<uint> possible)
    {
        var count = 0;
        foreach (var key in keys)
        {
            possible[count] = key;
            count += MayKnow(key);
        }

        return count;
    }

    /// <summary>1 or 0.</summary>
    private int MayKnow(uint key) => (int)(_mayKnow[key % KeyBits / 64] >> (int)(key % 64)) & 1;
}

/// <summary>Which rows were met in one listing; cleared in no time. Not thread safe.</summary>
internal sealed class RowMarks
{
    private int[] _marks = [];
    private int _current;

    public void Clear(int rows)
    {
        if (_marks.Length < rows || _current == int.MaxValue)
        {
            _marks = new int[rows];
            _current = 0;
        }

        _current++;
    }

    /// <returns>Whether the row was not met before.</returns>
    public bool Add(int row)
    {
        if (_marks[row] == _current)
        {
            return false;
        }

        _marks[row] = _current;
        return true;
    }
}
