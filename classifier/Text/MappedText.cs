namespace Surveillance.Classifier.Text;

/// <summary>A text being rewritten, with where each unit comes from in the original. Not thread safe.</summary>
/// <remarks>While every unit stands for the one at its own place, as in most texts, no places are kept.</remarks>
internal sealed class MappedText
{
    /// <summary>Null while the units are the original's.</summary>
    private char[]? _units;

    /// <summary>Null while every unit comes from the one at its own place.</summary>
    private int[]? _starts;
    private int[]? _ends;

    /// <summary>A text that nothing was done to yet.</summary>
    public MappedText(string original) => (Original, Length) = (original, original.Length);

    /// <summary>A text to be written anew, from nothing.</summary>
    public MappedText(string original, int room)
    {
        Original = original;
        _units = new char[room];
        _starts = new int[room];
        _ends = new int[room];
    }

    public string Original { get; }

    public int Length { get; private set; }

    public ReadOnlySpan<char> Units => _units is null ? Original : _units.AsSpan(0, Length);

    /// <summary>Where the source of a unit begins in the original.</summary>
    public int StartOf(int unit) => _starts is null ? unit : _starts[unit];

    /// <summary>Where the source of a unit ends in the original.</summary>
    public int EndOf(int unit) => _ends is null ? unit + 1 : _ends[unit];

    /// <summary>The units to overwrite one for one; the text must be as long as the original.</summary>
    public Span<char> Overwrite() => _units ??= Original.ToCharArray();

    /// <summary>Drops all from a place on, to be added again with places of their own.</summary>
    public void CutAt(int place)
    {
        var room = Original.Length + 16;
        var units = new char[room];
        Units[..place].CopyTo(units);
        (_units, _starts, _ends) = (units, new int[room], new int[room]);
        for (var unit = 0; unit < place; unit++)
        {
            (_starts[unit], _ends[unit]) = (unit, unit + 1);
        }

        Length = place;
    }

    /// <summary>For a text made by <see cref="CutAt"/> or from nothing.</summary>
    public void Add(char unit, int start, int end)
    {
        if (Length == _units!.Length)
        {
            var room = (2 * Length) + 16;
            Array.Resize(ref _units, room);
            Array.Resize(ref _starts, room);
            Array.Resize(ref _ends, room);
        }

        (_units[Length], _starts![Length], _ends![Length]) = (unit, start, end);
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
        var units = other.Units;
        for (var unit = from; unit < to; unit++)
        {
            Add(units[unit], other.StartOf(unit), other.EndOf(unit));
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

        var start = _starts![Length - 1];
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
        int[] map = _starts is null ? [.. Enumerable.Range(0, Length + 1)] : [.. _starts.AsSpan(0, Length), Original.Length];
        return new NormalizedText(Original, _units is null ? Original : new string(Units), map, [.. folds]) { Ends = _ends?[..Length] };
    }
}
