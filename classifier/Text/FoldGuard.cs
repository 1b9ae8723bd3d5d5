using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text;

/// <summary>Weighs a possible fold against its surroundings, so that ordinary text is not rewritten. Thread safe.</summary>
internal sealed class FoldGuard
{
    /// <summary>So far to both sides words are looked at: the longest everyday words and phrases fit.</summary>
    private const int Window = 8;

    /// <summary>So far to both sides a doubtful fold needs a sign of its context.</summary>
    private const int Nearness = 16;

    /// <summary>As <see cref="Nearness"/>, of initials: who writes them once does so all over the text.</summary>
    private const int InitialsNearness = 64;

    /// <summary>Words of one character at least as frequent as this stand everywhere by themselves.</summary>
    private static readonly double FrequentWord = Math.Log(5_000);

    /// <summary>Two characters of the dictionary rarer than this stand together by chance more often than as a word (作操).</summary>
    private static readonly double RareWord = Math.Log(100);

    /// <summary>A character rarer than this is seldom written but in words of its own, which <see cref="CutsWord"/> knows.</summary>
    private static readonly double RareCharacter = Math.Log(800);

    /// <summary>As <see cref="RareCharacter"/>, of one that looks like the term's: there are few of them, and people picked them.</summary>
    private static readonly double RareLookalike = Math.Log(3_000);

    private readonly LexiconIndex _index;
    private readonly Segmenter _segmenter;
    private readonly TermMatcher _terms;
    private readonly TermMatcher _ordinary;
    private readonly TermMatcher _context;
    private readonly HashSet<(char From, char To)> _lookalikes;

    public FoldGuard(LexiconIndex index, Segmenter segmenter, Lexicon lexicon, IReadOnlyList<string> terms)
    {
        _index = index;
        _segmenter = segmenter;
        _terms = new TermMatcher(terms);
        _ordinary = new TermMatcher(lexicon.Ordinary);
        _context = new TermMatcher(lexicon.Context);
        _lookalikes = [.. lexicon.Lookalikes.Select(pair => (pair.Key[0], pair.Value[0]))];
    }

    /// <summary>Whether nothing in the surroundings speaks against the fold; a doubtful one needs <see cref="HasContext"/> besides.</summary>
    /// <remarks>Initials are whole runs of letters, or parts of one that was read whole: they cut no word and no term.</remarks>
    public bool Allows(FoldCandidate candidate, ReadOnlySpan<char> text) =>
        candidate.Entry.IsInitials
            ? !InitialRun.IsInCode(candidate, text, _index) && !IsOrdinary(candidate, text)
            : !TakesFrequentWord(candidate, text) && !IsOrdinary(candidate, text) && !CutsTerm(candidate, text) && !CutsWord(candidate, text);

    /// <summary>Whether a sign of certificates is near, another disguise is, or the text is nothing else.</summary>
    /// <param name="others">All candidates of the text in reading order.</param>
    public bool HasContext(FoldCandidate candidate, IReadOnlyList<FoldCandidate> others, ReadOnlySpan<char> text)
    {
        // Initials apart from each other (dgz bg) are several disguises in a row.
        var isRow = candidate.Entry.IsInitials && candidate.HasGaps;
        if (isRow || text.Trim().Length == candidate.End - candidate.Start || HasRareCharacter(candidate, text)
            || others.Any(other => other != candidate && other.Start - candidate.End < Nearness && candidate.Start - other.End < Nearness))
        {
            return true;
        }

        var nearness = candidate.Entry.IsInitials ? InitialsNearness : Nearness;
        var from = Math.Max(0, candidate.Start - nearness);
        var matches = new List<TermMatch>();
        _context.Find(text[from..Math.Min(text.Length, candidate.End + nearness)], matches);
        return matches.Exists(match => from + match.End <= candidate.Start || from + match.Start >= candidate.End);
    }

    /// <summary>Whether a character that only sounds or looks like the term's is one that hardly anybody has another use for.</summary>
    private bool HasRareCharacter(FoldCandidate candidate, ReadOnlySpan<char> text)
    {
        for (var at = 0; at < candidate.Cells.Length && candidate.Entry.AliasKind is null; at++)
        {
            var (cell, unit) = (candidate.Cells[at], candidate.Entry.Spelling[at]);

            // The second character of a sign that stands for two has no place of its own.
            if (cell.Start < cell.End && text[cell.Start] != unit && TextBlocks.IsHan(text[cell.Start])
                && _segmenter.LogFrequency(text[cell.Start..cell.End]) < (_lookalikes.Contains((text[cell.Start], unit)) ? RareLookalike : RareCharacter))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOrdinary(FoldCandidate candidate, ReadOnlySpan<char> text)
    {
        var from = Math.Max(0, candidate.Start - Window);
        var matches = new List<TermMatch>();
        _ordinary.Find(text[from..Math.Min(text.Length, candidate.End + Window)], matches);
        return matches.Exists(match => Changes(candidate, from + match.Start, from + match.End));
    }

    /// <summary>
    /// Whether a changed character belongs to a word of the dictionary that reaches beyond the passage (过 in 全包 过年), or in a short
    /// passage to any word at all (包裹).
    /// </summary>
    private bool CutsWord(FoldCandidate candidate, ReadOnlySpan<char> text)
    {
        var from = Math.Max(0, candidate.Start - Window);
        var to = Math.Min(text.Length, candidate.End + Window);
        Span<char> joined = stackalloc char[to - from];
        Span<int> places = stackalloc int[to - from];
        var count = 0;
        for (var at = from; at < to; at++)
        {
            if ((_index.RoleOf(text[at]) & UnitRole.Separator) == 0)
            {
                (joined[count], places[count]) = (text[at], at);
                count++;
            }
        }

        var words = new List<WordSpan>();
        _segmenter.Cut(joined[..count], SegmentMode.Accurate, hmm: false, words);
        var isShort = candidate.Cells.Length <= 3 && candidate.Kind >= FoldKind.Homophone;
        var rarest = candidate.Kind == FoldKind.Reversed ? RareWord : double.NegativeInfinity;
        foreach (var word in words)
        {
            var (start, end) = (places[word.Start], places[word.End - 1] + 1);
            if (word.Length > 1 && TextBlocks.IsHan(joined[word.Start]) && Changes(candidate, start, end)
                && (start < candidate.Start || end > candidate.End || Sounds(candidate, start, end) == word.Length
                    || (isShort && _segmenter.LogFrequency(joined.Slice(word.Start, word.Length)) >= rarest)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a term of three characters that is not core would take a frequent word of one character for its sound (什么事 for 什么是).</summary>
    private bool TakesFrequentWord(FoldCandidate candidate, ReadOnlySpan<char> text)
    {
        if (candidate.Entry.Core || candidate.Cells.Length != 3)
        {
            return false;
        }

        foreach (var cell in candidate.Cells)
        {
            if (Sounds(candidate, cell.Start, cell.End) == 1 && _segmenter.LogFrequency(text[cell.Start..cell.End]) >= FrequentWord)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many characters of a passage the fold reads by their sound.</summary>
    private static int Sounds(FoldCandidate candidate, int start, int end)
    {
        var sounds = 0;
        for (var at = 0; at < candidate.Cells.Length; at++)
        {
            var cell = candidate.Cells[at];
            sounds += cell.Kind is null && cell.Unit != candidate.Entry.Spelling[at] && cell.Start >= start && cell.End <= end ? 1 : 0;
        }

        return sounds;
    }

    /// <summary>Whether a changed character belongs to another term that stands there undisguised (证 in 电工证办一个).</summary>
    private bool CutsTerm(FoldCandidate candidate, ReadOnlySpan<char> text)
    {
        // Three characters in reverse are no chance, whatever stands beside them (低压证工电).
        if (candidate.Kind == FoldKind.Reversed && candidate.Cells.Length > 2)
        {
            return false;
        }

        var from = Math.Max(0, candidate.Start - LexiconWalk.MaxCells);
        var matches = new List<TermMatch>();
        _terms.Find(text[from..Math.Min(text.Length, candidate.End + LexiconWalk.MaxCells)], matches);
        foreach (var match in matches)
        {
            var (start, end) = (from + match.Start, from + match.End);
            if (Changes(candidate, start, end)
                && (candidate.Kind == FoldKind.Reversed || Sounds(candidate, start, end) > 0 || start < candidate.Start || end > candidate.End))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a passage holds a character that the fold changes or moves to its neighbour.</summary>
    private static bool Changes(FoldCandidate candidate, int start, int end)
    {
        for (var at = 0; at < candidate.Cells.Length; at++)
        {
            var cell = candidate.Cells[at];
            var changed = candidate.Entry.AliasKind is not null || cell.Kind is not null || cell.Unit != candidate.Entry.Spelling[at]
                || (at > 0 && cell.Start > candidate.Cells[at - 1].End)
                || (at + 1 < candidate.Cells.Length && candidate.Cells[at + 1].Start > cell.End);
            if (changed && cell.Start < end && cell.End > start)
            {
                return true;
            }
        }

        return false;
    }
}
