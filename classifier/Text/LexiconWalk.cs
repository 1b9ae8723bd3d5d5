using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>One cell of a disguised term: which units of the text stand for one character.</summary>
/// <param name="Unit">The character they show; NUL where they only spell its sound.</param>
/// <param name="Kind">Null where the unit stands as itself.</param>
internal readonly record struct Cell(int Start, int End, char Unit, FoldKind? Kind);

/// <summary>Reads every term that a passage may stand for, beginning at one place. Lives on one thread.</summary>
/// <remarks>
/// The depth is bounded by the longest term and the branches by the trie, so the work at one place has a bound that does not depend on
/// the text's length. <see cref="Steps"/> counts it.
/// </remarks>
internal ref struct LexiconWalk
{
    public const int MaxCells = 24;

    /// <summary>So many units between two characters still count as inserted.</summary>
    public const int MaxSeparators = 4;

    private readonly LexiconIndex _index;
    private readonly Readings _readings;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<Cell> _cells;
    private readonly Span<Cell> _bestCells;
    private FoldReading? _best;

    /// <param name="cells">Room for twice <see cref="MaxCells"/>.</param>
    public LexiconWalk(LexiconIndex index, Readings readings, ReadOnlySpan<char> text, Span<Cell> cells)
    {
        (_index, _readings) = (index, readings);
        _text = text;
        _cells = cells[..MaxCells];
        _bestCells = cells[MaxCells..];
    }

    /// <summary>How many nodes were tried since the beginning.</summary>
    public long Steps { get; private set; }

    /// <summary>The best reading of a passage that begins at a place; null where it is no term, or one that stands there undisguised.</summary>
    public FoldCandidate? Read(int start)
    {
        _best = null;
        Walk(LevelTrie.Root, start, 0);
        return _best is { Kind: { } kind } best ? new FoldCandidate(best, kind, _bestCells[..best.Entry.Spelling.Length].ToArray()) : null;
    }

    private void Walk(int node, int at, int depth)
    {
        foreach (var entry in _index.EntriesAt(node))
        {
            if (FoldReading.From(entry, _cells[..depth], _readings, _text) is { } reading && reading.IsBetterThan(_best))
            {
                _best = reading;
                _cells[..depth].CopyTo(_bestCells);
            }
        }

        if (depth >= MaxCells || at >= _text.Length)
        {
            return;
        }

        Follow(node, at, depth);
        var after = depth == 0 ? at : SkipSeparators(at);
        if (after > at && after < _text.Length)
        {
            Follow(node, after, depth);
        }
    }

    private void Follow(int node, int at, int depth)
    {
        var unit = _text[at];
        var role = _index.RoleOf(unit);
        var cell = new Cell(at, at + 1, unit, null);
        if ((role & UnitRole.Spelled) != 0)
        {
            Step(_index.Child(node, unit), cell, depth);
        }

        if (_index.SyllableOf(unit) is var syllable and >= 0)
        {
            Step(_index.ChildBySyllable(node, syllable), cell, depth);
        }
        else if ((role & UnitRole.Sounded) != 0)
        {
            FollowSounds(node, cell, depth);
        }

        if ((role & UnitRole.Replaced) != 0)
        {
            foreach (var replacement in _index.ReplacementsAt(unit))
            {
                if (_text[at..].StartsWith(replacement.From, StringComparison.Ordinal))
                {
                    FollowReplacement(node, at, depth, replacement, 0);
                }
            }
        }

        if ((role & UnitRole.Letter) != 0)
        {
            FollowLetters(node, at, depth);
        }
    }

    private void FollowSounds(int node, in Cell cell, int depth)
    {
        var known = _readings[cell.Unit];
        for (var reading = 0; reading < known.Length; reading++)
        {
            var syllable = Readings.SyllableOf(known[reading]);
            var seen = false;
            for (var earlier = 0; earlier < reading; earlier++)
            {
                seen |= Readings.SyllableOf(known[earlier]) == syllable;
            }

            if (!seen)
            {
                Step(_index.ChildBySyllable(node, syllable), cell, depth);
            }
        }
    }

    /// <summary>One sign may stand for several characters (💯 for 100): the first takes its place, the others have none of their own.</summary>
    private void FollowReplacement(int node, int at, int depth, Replacement replacement, int done)
    {
        var end = at + replacement.From.Length;
        if (done == replacement.To.Length)
        {
            Walk(node, end, depth);
            return;
        }

        var unit = replacement.To[done];
        _cells[depth] = new Cell(done == 0 ? at : end, end, unit, replacement.Kind);
        Span<int> children = stackalloc int[8];
        var count = 0;
        children[count++] = _index.Child(node, unit);
        foreach (var reading in _readings[unit])
        {
            var child = _index.ChildBySyllable(node, Readings.SyllableOf(reading));
            if (count < children.Length && !children[..count].Contains(child))
            {
                children[count++] = child;
            }
        }

        foreach (var child in children[..count])
        {
            Steps++;
            if (child >= 0 && depth + 1 < MaxCells)
            {
                _cells[depth] = new Cell(done == 0 ? at : end, end, unit, replacement.Kind);
                FollowReplacement(child, at, depth + 1, replacement, done + 1);
            }
        }
    }

    private void FollowLetters(int node, int at, int depth)
    {
        var longest = Math.Min(_readings.LongestName, _text.Length - at);
        if (longest < 2 || !char.IsAsciiLetterLower(_text[at]) || !char.IsAsciiLetterLower(_text[at + 1]) || !_readings.Begins(_text[at], _text[at + 1]))
        {
            return;
        }

        for (var length = 2; length <= longest && char.IsAsciiLetter(_text[at + length - 1]); length++)
        {
            var syllable = _readings.Syllable(_text.Slice(at, length));
            if (syllable >= 0)
            {
                Step(_index.ChildBySyllable(node, syllable), new Cell(at, at + length, '\0', FoldKind.Pinyin), depth);
            }
        }
    }

    private void Step(int child, in Cell cell, int depth)
    {
        Steps++;
        if (child >= 0)
        {
            _cells[depth] = cell;
            Walk(child, cell.End, depth + 1);
        }
    }

    /// <summary>Past separators, of which a Latin letter may be one if it stands alone.</summary>
    private readonly int SkipSeparators(int at)
    {
        var end = Math.Min(_text.Length, at + MaxSeparators);
        while (at < end && ((_index.RoleOf(_text[at]) & UnitRole.Separator) != 0 || IsLoneLetter(at)))
        {
            at++;
        }

        return at;
    }

    private readonly bool IsLoneLetter(int at) =>
        char.IsAsciiLetter(_text[at]) && at > 0 && !char.IsAsciiLetterOrDigit(_text[at - 1]) && (at + 1 == _text.Length || !char.IsAsciiLetterOrDigit(_text[at + 1]));
}
