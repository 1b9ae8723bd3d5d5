namespace Surveillance.Classifier.Text;

/// <summary>The folds that happen only where they yield a lexicon term. Thread safe.</summary>
internal sealed class LexiconFolding(LexiconIndex index, Readings readings, FoldGuard guard)
{
    /// <param name="text">After the global folds.</param>
    /// <param name="steps">How many nodes of the lexicon were tried.</param>
    public NormalizedText Fold(MappedText text, out long steps)
    {
        var candidates = Candidates(text.Units, out steps);
        if (candidates is null)
        {
            return text.ToNormalized([]);
        }

        var rewritten = new MappedText(text.Original, text.Length + 16);
        var folds = new List<Fold>();
        var done = 0;
        foreach (var candidate in candidates)
        {
            if (!candidate.IsDoubtful || guard.HasContext(candidate, candidates, text.Units))
            {
                rewritten.Add(text, done, candidate.Start);
                folds.Add(Rewrite(text, candidate, rewritten));
                done = candidate.End;
            }
        }

        rewritten.Add(text, done, text.Length);
        return rewritten.ToNormalized(folds);
    }

    /// <summary>Passages that may be folded, in reading order, apart from each other; null for none.</summary>
    private List<FoldCandidate>? Candidates(ReadOnlySpan<char> units, out long steps)
    {
        Span<Cell> cells = stackalloc Cell[2 * LexiconWalk.MaxCells];
        var walk = new LexiconWalk(index, readings, units, cells);
        List<FoldCandidate>? candidates = null;
        for (var at = 0; at < units.Length; at++)
        {
            if (!index.MayBegin(units, at) || IsInsideWord(units, at))
            {
                continue;
            }

            if (walk.Read(at) is { } candidate)
            {
                Add(candidate, units, ref candidates, ref at);
            }
            else if (char.IsAsciiLetter(units[at]))
            {
                foreach (var piece in InitialRun.Read(index, units, at))
                {
                    Add(piece, units, ref candidates, ref at);
                }
            }
        }

        steps = walk.Steps;
        return candidates;
    }

    /// <summary>Keeps a candidate unless its surroundings speak against it; then reading goes on behind it.</summary>
    private void Add(FoldCandidate candidate, ReadOnlySpan<char> units, ref List<FoldCandidate>? candidates, ref int at)
    {
        if (guard.Allows(candidate, units))
        {
            (candidates ??= []).Add(candidate);
            at = candidate.End - 1;
        }
    }

    /// <summary>Letters are read from the beginning of their run only, so that Latin text costs one try a word.</summary>
    private static bool IsInsideWord(ReadOnlySpan<char> units, int at) => at > 0 && char.IsAsciiLetter(units[at]) && char.IsAsciiLetter(units[at - 1]);

    private static Fold Rewrite(MappedText text, FoldCandidate candidate, MappedText rewritten)
    {
        var start = text.StartOf(candidate.Start);
        var end = text.EndOf(candidate.End - 1);
        var term = candidate.Entry.Term;
        for (var at = 0; at < term.Length; at++)
        {
            // An alias's cells are not the term's: its characters come from the whole passage, and so does an empty cell's.
            var cell = candidate.Entry.AliasKind is null ? candidate.Cells[at] : new Cell(candidate.Start, candidate.End, '\0', null);
            var first = cell.Start < cell.End ? cell.Start : cell.Start - 1;
            rewritten.Add(term[at], text.StartOf(first), text.EndOf(cell.End - 1));
        }

        return new Fold(candidate.Kind, start, end, text.Original[start..end], term);
    }
}
