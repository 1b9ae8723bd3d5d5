using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text;

/// <summary>A passage that can be read as a term, before it is weighed against its surroundings.</summary>
/// <param name="Entry">The term.</param>
/// <param name="Cells">One for each character of the entry's spelling.</param>
/// <param name="Kind">The last kind of fold that was needed; null where the term stands there undisguised.</param>
/// <param name="Sounds">So many characters were read by sound (homophones).</param>
/// <param name="Spelled">So many were spelled in letters.</param>
/// <param name="Agreeing">So many homophones have the tone too.</param>
/// <param name="Shapes">So many are other Chinese characters that only look alike.</param>
internal sealed record FoldCandidate(LexiconEntry Entry, Cell[] Cells, FoldKind? Kind, int Sounds, int Spelled, int Agreeing, int Shapes)
{
    public int Start => Cells[0].Start;

    public int End => Cells[^1].End;

    private int Exact => Cells.Length - Sounds - Spelled;

    /// <summary>Two characters that only sound or look like a term say too little by themselves.</summary>
    public bool IsDoubtful => Entry.Near || (Cells.Length == 2 && Sounds + Shapes > 0);

    /// <returns>Null where the passage can't be read so, or is too far from the entry.</returns>
    public static FoldCandidate? From(LexiconEntry entry, ReadOnlySpan<Cell> cells, Readings readings, ReadOnlySpan<char> text)
    {
        if (cells.Length != entry.Spelling.Length)
        {
            return null;
        }

        FoldKind? kind = entry.AliasKind;
        int sounds = 0, spelled = 0, agreeing = 0, shapes = 0;
        for (var at = 0; at < cells.Length; at++)
        {
            if (entry.AliasKind == FoldKind.Reversed && cells[at].Kind is not null)
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

        var candidate = new FoldCandidate(entry, cells.ToArray(), kind, sounds, spelled, agreeing, shapes);
        return candidate.IsCloseEnough() && candidate.IsWholeWord(text) ? candidate : null;
    }

    /// <summary>The longer term, then the one nearer to what stands there, then the earlier in the lexicon.</summary>
    public bool IsBetterThan(FoldCandidate? other)
    {
        if (other is null)
        {
            return true;
        }

        var order = (Entry.Term.Length, Exact, Agreeing, -Entry.Rank).CompareTo((other.Entry.Term.Length, other.Exact, other.Agreeing, -other.Entry.Rank));
        return order > 0;
    }

    /// <summary>Null for the character itself; also, then with another unit, for what cannot stand for it.</summary>
    private static FoldKind? KindOf(Cell cell, char unit, bool literally) =>
        cell.Unit == unit || cell.Kind == FoldKind.Pinyin ? cell.Kind
        : cell.Kind is null && !literally ? FoldKind.Homophone
        : null;

    private static FoldKind? Later(FoldKind? one, FoldKind? other) => one is null || other > one ? other ?? one : one;

    /// <summary>Two characters say little: then only a core term is read by sound, and one character must stand as it is.</summary>
    private bool IsCloseEnough() => Entry.AliasKind is not null || Cells.Length switch
    {
        1 => false,
        2 => Sounds + Spelled == 0 || (Entry.Core && (Sounds == 0 || Exact == 1)),
        3 => Sounds <= (Entry.Core ? 2 : 1) && Sounds < 2 + Exact,
        _ => Sounds <= (Cells.Length + 1) / 2,
    };

    /// <summary>Letters count only as a whole run: <c>bg</c> in <c>bgm</c> is nothing.</summary>
    private bool IsWholeWord(ReadOnlySpan<char> text)
    {
        return !(Start > 0 && char.IsAsciiLetter(text[Start]) && char.IsAsciiLetterOrDigit(text[Start - 1]))
            && !(End < text.Length && char.IsAsciiLetter(text[End - 1]) && char.IsAsciiLetterOrDigit(text[End]));
    }
}
