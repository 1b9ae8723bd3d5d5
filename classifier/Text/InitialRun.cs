using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>Runs of letters as initials: of several terms, one behind the other (dgzfs for 电工证复审), or of none, as in codes.</summary>
internal static class InitialRun
{
    /// <summary>Shorter runs are read as one term or none: two and two letters spell something else too often.</summary>
    private const int Shortest = 5;

    /// <summary>Longer runs are left alone, so that the ways to part one stay few.</summary>
    private const int Longest = 16;

    /// <summary>Marks of file names, addresses, model numbers and quantities.</summary>
    private const string CodeMarks = "_.*@-=&%";

    /// <returns>The terms in reading order; none where the run that begins there can't be read so.</returns>
    public static IReadOnlyList<FoldCandidate> Read(LexiconIndex index, ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]) && end - start <= Longest)
        {
            end++;
        }

        if (end - start is < Shortest or > Longest || (end < text.Length && char.IsAsciiDigit(text[end])) || (start > 0 && char.IsAsciiDigit(text[start - 1])))
        {
            return [];
        }

        return Split(index, text, start, end, hasLong: false) ?? [];
    }

    /// <summary>Whether initials are parted from each other, or are a unit, a model or a piece of an address (10 kg, 1.6L SL, XL-21, dgz-cx.com).</summary>
    public static bool IsInCode(FoldCandidate candidate, ReadOnlySpan<char> text, LexiconIndex index)
    {
        var (start, end, letters) = (candidate.Start, candidate.End, candidate.Cells.Length);
        var after = text[end..];
        return (letters < 4 && candidate.HasGaps)
            || (start > 0 && CodeMarks.Contains(text[start - 1], StringComparison.Ordinal))
            || (after.Length > 1 && CodeMarks.Contains(after[0], StringComparison.Ordinal) && (char.IsAsciiLetterOrDigit(after[1]) || after[1] == after[0]))
            || (letters == 2 && start > 0 && text[start - 1] == ' ' && IsNameOrNumber(text[..start].TrimEnd(' '), index));
    }

    /// <summary>Whether a text ends with a number, or with letters that are no initials.</summary>
    private static bool IsNameOrNumber(ReadOnlySpan<char> text, LexiconIndex index)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        return start < text.Length && !index.IsInitials(text[start..]);
    }

    /// <summary>Takes the longest term that leaves a readable rest.</summary>
    /// <param name="hasLong">A term of more than two letters was taken before; there must be one.</param>
    /// <returns>Null where that can't be done.</returns>
    private static List<FoldCandidate>? Split(LexiconIndex index, ReadOnlySpan<char> text, int start, int end, bool hasLong)
    {
        if (start == end)
        {
            return hasLong ? [] : null;
        }

        Span<int> nodes = stackalloc int[Longest];
        var depth = 0;
        for (var node = index.Child(LevelTrie.Root, text[start]); node >= 0; node = start + depth < end ? index.Child(node, text[start + depth]) : -1)
        {
            nodes[depth++] = node;
        }

        for (; depth >= 2; depth--)
        {
            if (index.InitialsAt(nodes[depth - 1]) is { } entry && Split(index, text, start + depth, end, hasLong || depth > 2) is { } rest)
            {
                rest.Insert(0, Piece(entry, text.Slice(start, depth), start));
                return rest;
            }
        }

        return null;
    }

    private static FoldCandidate Piece(LexiconEntry entry, ReadOnlySpan<char> letters, int start)
    {
        var cells = new Cell[letters.Length];
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = new Cell(start + at, start + at + 1, letters[at], null);
        }

        return new FoldCandidate(new FoldReading(entry, entry.AliasKind, 0, 0, 0, 0), FoldKind.Pinyin, cells);
    }
}
