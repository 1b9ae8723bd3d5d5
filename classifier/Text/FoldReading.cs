using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text;

/// <summary>How far a passage is from a term that it can be read as; most passages are none, or stand there undisguised.</summary>
/// <param name="Entry">The term.</param>
/// <param name="Kind">The last kind of fold that was needed; null where the term stands there undisguised.</param>
/// <param name="Sounds">So many characters were read by sound (homophones).</param>
/// <param name="Spelled">So many were spelled in letters.</param>
/// <param name="Agreeing">So many homophones have the tone too.</param>
/// <param name="Shapes">So many are other Chinese characters that only look alike.</param>
internal readonly record struct FoldReading(LexiconEntry Entry, FoldKind? Kind, int Sounds, int Spelled, int Agreeing, int Shapes)
{
    private int Length => Entry.Spelling.Length;

    private int Exact => Length - Sounds - Spelled;

    /// <returns>Null where the passage can't be read so, or is too far from the entry.</returns>
    public static FoldReading? From(LexiconEntry entry, ReadOnlySpan<Cell> cells, Readings readings, ReadOnlySpan<char> text)
    {
        if (cells.Length != entry.Spelling.Length)
        {
            return null;
        }

        if (entry.AliasKind is null && IsUndisguised(entry.Spelling, cells))
        {
            return IsWholeWord(cells[0].Start, cells[^1].End, text) ? new FoldReading(entry, null, 0, 0, 0, 0) : null;
        }

        FoldKind? kind = entry.AliasKind;
        int sounds = 0, spelled = 0, agreeing = 0, shapes = 0;
        for (var at = 0; at < cells.Length; at++)
        {
            if (entry.AliasKind == FoldKind.Reversed && (cells[at].Kind is not null || (at > 0 && cells[at].Start > cells[at - 1].End)))
            {
                return null;
            }

            var own = KindOf(cells[at], entry.Spelling[at], entry.AliasKind is not null);
            if (own is null && cells[at].Unit != entry.Spelling[at])
            {
                return null;
            }

            sounds += own == FoldKind.Homophone ? 1 : 0;
            spelled += own == FoldKind.Pinyin ? 1 : 0;
            agreeing += own == FoldKind.Homophone && readings.Agree(cells[at].Unit, entry.Spelling[at]) ? 1 : 0;
            shapes += own == FoldKind.Lookalike && TextBlocks.IsHan(text[cells[at].Start]) ? 1 : 0;
            kind = Later(kind, own);
            kind = at > 0 && cells[at].Start > cells[at - 1].End ? Later(kind, FoldKind.Separator) : kind;
        }

        var reading = new FoldReading(entry, kind, sounds, spelled, agreeing, shapes);
        return reading.IsCloseEnough() && IsWholeWord(cells[0].Start, cells[^1].End, text) ? reading : null;
    }

    /// <summary>Whether a term stands there as it is, by far the most usual case.</summary>
    private static bool IsUndisguised(string spelling, ReadOnlySpan<Cell> cells)
    {
        for (var at = 0; at < cells.Length; at++)
        {
            ref readonly var cell = ref cells[at];
            if (cell.Unit != spelling[at] || cell.Kind is not null || (at > 0 && cell.Start > cells[at - 1].End))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The longer term, then the one nearer to what stands there, then the earlier in the lexicon.</summary>
    public bool IsBetterThan(FoldReading? other)
    {
        if (other is not { } than)
        {
            return true;
        }

        return Entry.Term.Length != than.Entry.Term.Length ? Entry.Term.Length > than.Entry.Term.Length
            : Exact != than.Exact ? Exact > than.Exact
            : Agreeing != than.Agreeing ? Agreeing > than.Agreeing
            : Entry.Rank < than.Entry.Rank;
    }

    /// <summary>Null for the character itself; also, then with another unit, for what cannot stand for it.</summary>
    private static FoldKind? KindOf(Cell cell, char unit, bool literally) =>
        cell.Unit == unit || cell.Kind == FoldKind.Pinyin ? cell.Kind
        : cell.Kind is null && !literally ? FoldKind.Homophone
        : null;

    private static FoldKind? Later(FoldKind? one, FoldKind? other) => one is null || other > one ? other ?? one : one;

    /// <summary>Two characters say little: then only a core term is read by sound, and one character must stand as it is.</summary>
    private bool IsCloseEnough() => Entry.AliasKind is not null || Length switch
    {
        1 => false,
        2 => Sounds + Spelled == 0 || (Entry.Core && (Sounds == 0 || Exact == 1)),
        3 => Sounds <= (Entry.Core ? 2 : 1) && Sounds < 2 + Exact,
        _ => Sounds <= (Length + 1) / 2,
    };

    /// <summary>Letters count only as a whole run: <c>bg</c> in <c>bgm</c> is nothing.</summary>
    private static bool IsWholeWord(int start, int end, ReadOnlySpan<char> text) =>
        !(start > 0 && char.IsAsciiLetter(text[start]) && char.IsAsciiLetterOrDigit(text[start - 1]))
        && !(end < text.Length && char.IsAsciiLetter(text[end - 1]) && char.IsAsciiLetterOrDigit(text[end]));
}
