namespace Surveillance.Classifier.Text;

/// <summary>Reads a run of letters as the initials of several terms, one behind the other (dgzfs for 电工证复审).</summary>
internal static class InitialRun
{
    /// <summary>Shorter runs are read as one term or none: two and two letters spell something else too often.</summary>
    private const int Shortest = 5;

    private const int Longest = 24;

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

        var pieces = new List<FoldCandidate>();
        Split(index, text, start, end, pieces);
        return pieces;
    }

    /// <summary>Takes the longest term that leaves a readable rest.</summary>
    private static bool Split(LexiconIndex index, ReadOnlySpan<char> text, int start, int end, List<FoldCandidate> pieces)
    {
        if (start == end)
        {
            return pieces.Exists(piece => piece.Cells.Length > 2);
        }

        Span<int> nodes = stackalloc int[LexiconWalk.MaxCells];
        var depth = 0;
        for (var node = index.Child(Matching.LevelTrie.Root, text[start]); node >= 0; node = start + depth < end ? index.Child(node, text[start + depth]) : -1)
        {
            nodes[depth++] = node;
        }

        for (; depth >= 2; depth--)
        {
            foreach (var entry in index.EntriesAt(nodes[depth - 1]))
            {
                if (entry.IsInitials)
                {
                    pieces.Add(Piece(entry, text.Slice(start, depth), start));
                    if (Split(index, text, start + depth, end, pieces))
                    {
                        return true;
                    }

                    pieces.RemoveAt(pieces.Count - 1);
                    break;
                }
            }
        }

        return false;
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
