namespace Surveillance.Classifier.Text;

/// <summary>A text being rewritten, with where each unit comes from in the original. Not thread safe.</summary>
internal sealed class MappedText
{
    private char[] _units;
    private int[] _starts;
    private int[] _ends;

    /// <summary>A text that nothing was done to.</summary>
    public MappedText(string original)
    {
        (Original, Length) = (original, original.Length);
        (_units, _starts, _ends) = ([], [], []);
        IsOriginal = true;
    }

    /// <param name="same">So many units at the beginning are taken over as they are.</param>
    public MappedText(string original, int same)
    {
        Original = original;
        _units = new char[original.Length + 16];
        _starts = new int[_units.Length];
        _ends = new int[_units.Length];
        for (var at = 0; at < same; at++)
        {
            Add(original[at], at, at + 1);
        }
    }

    public string Original { get; }

    public int Length { get; private set; }

    /// <summary>Nothing was rewritten: the units are the original's.</summary>
    public bool IsOriginal { get; }

    public ReadOnlySpan<char> Units => IsOriginal ? Original : _units.AsSpan(0, Length);

    /// <summary>Where the source of a unit begins in the original.</summary>
    public int StartOf(int unit) => IsOriginal ? unit : unit == Length ? Original.Length : _starts[unit];

    /// <summary>Where the source of a unit ends in the original.</summary>
    public int EndOf(int unit) => IsOriginal ? unit + 1 : _ends[unit];

    public void Add(char unit, int start, int end)
    {
        if (Length == _units.Length)
        {
            var room = (2 * Length) + 16;
            Array.Resize(ref _units, room);
            Array.Resize(ref _starts, room);
            Array.Resize(ref _ends, room);
        }

        (_units[Length], _starts[Length], _ends[Length]) = (unit, start, end);
        Length++;
    }

    public void Add(ReadOnlySpan<char> units, int start, int end)
    {
        foreach (var unit in units)
        {
            Add(unit, start, end);
        }
    }

    /// <summary>Copies units of another text over the same original.</summary>
    public void Add(MappedText other, int from, int to)
    {
        for (var unit = from; unit < to; unit++)
        {
            Add(other.Units[unit], other.StartOf(unit), other.EndOf(unit));
        }
    }

    /// <summary>Drops the last unit and those that share its source.</summary>
    /// <returns>Where that source begins; <paramref name="none"/> where there is no unit.</returns>
    public int TakeBack(int none)
    {
        if (Length == 0)
        {
            return none;
        }

        var start = _starts[Length - 1];
        while (Length > 0 && _starts[Length - 1] == start)
        {
            Length--;
        }

        // A pair of surrogates that was copied unit by unit goes as one.
        if (Length > 0 && char.IsLowSurrogate(Original[start]) && char.IsHighSurrogate(Original[start - 1]) && _starts[Length - 1] == start - 1)
        {
            Length--;
            start--;
        }

        return start;
    }

    public NormalizedText ToNormalized(IReadOnlyList<Fold> folds)
    {
        var map = new int[Length + 1];
        if (IsOriginal)
        {
            for (var unit = 0; unit < map.Length; unit++)
            {
                map[unit] = unit;
            }

            return new NormalizedText(Original, Original, map, []);
        }

        _starts.AsSpan(0, Length).CopyTo(map);
        map[Length] = Original.Length;
        return new NormalizedText(Original, new string(Units), map, [.. folds]) { Ends = _ends[..Length] };
    }
}
