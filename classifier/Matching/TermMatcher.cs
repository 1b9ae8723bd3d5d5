using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Matching;

/// <summary>Finds all terms of a fixed list in a text, overlapping ones too, in one pass. Thread safe.</summary>
/// <remarks>
/// An Aho–Corasick automaton over UTF-16 units: the work is linear in the text's length and the number of matches. Where nothing is begun, a
/// table of the terms' first two units skips ahead, which is most of an ordinary text. Building takes time and memory in proportion to
/// the terms' units, about 130 bytes each.
/// </remarks>
public sealed class TermMatcher
{
    /// <summary>So many moves a match on average, and sorting by insertion does not pay.</summary>
    private const int MostMoves = 8;

    private readonly Automaton _automaton;
    private readonly PairFilter _filter;

    /// <summary>By pattern: the terms that read so; none for a phrase that is only allowed.</summary>
    private readonly int[][] _terms;

    /// <summary>By pattern: whether no term counts inside it.</summary>
    private readonly bool[] _isAllowed;

    private readonly bool _anyAllowed;

    /// <summary>By pattern: its length, and its term where it is that of one term and no more.</summary>
    private readonly (int Length, int Term)[] _outputs;

    /// <param name="terms">Normalised, none empty; a match names its term by its place here.</param>
    /// <param name="allowed">Phrases inside which no term counts, e.g. 严禁包过; a term that is itself such a phrase is never found.</param>
    /// <exception cref="ArgumentException">A term or phrase is empty.</exception>
    public TermMatcher(IReadOnlyList<string> terms, IReadOnlyList<string>? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        allowed ??= [];
        if (terms.Concat(allowed).Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("expected terms of at least one character", nameof(terms));
        }

        string[] patterns = [.. terms.Concat(allowed).Distinct()];
        var places = terms.Index().GroupBy(term => term.Item, term => term.Index).ToDictionary(group => group.Key, group => group.ToArray());
        HashSet<string> phrases = [.. allowed];
        _terms = [.. patterns.Select(pattern => places.GetValueOrDefault(pattern, []))];
        _isAllowed = [.. patterns.Select(phrases.Contains)];
        _anyAllowed = phrases.Count > 0;
        _outputs = [.. patterns.Select((pattern, place) => (pattern.Length, _terms[place].Length == 1 && !_isAllowed[place] ? _terms[place][0] : -1))];
        _automaton = new Automaton(patterns);
        _filter = new PairFilter(patterns);
    }

    /// <summary>Adds every occurrence of every term, by start, then by term's place.</summary>
    public void Find(ReadOnlySpan<char> text, List<TermMatch> matches) => Find(text, matches, out _);

    /// <param name="steps">How many transitions were tried, to show that the work is linear.</param>
    internal void Find(ReadOnlySpan<char> text, List<TermMatch> matches, out long steps)
    {
        ArgumentNullException.ThrowIfNull(matches);
        steps = 0;
        var from = matches.Count;
        List<(int Start, int End)>? allowed = _anyAllowed ? [] : null;
        var state = LevelTrie.Root;
        for (var at = 0; at < text.Length; at++)
        {
            if (state == LevelTrie.Root)
            {
                at = _filter.Next(text, at);
                if (at == text.Length)
                {
                    break;
                }
            }

            state = _automaton.Next(state, text[at], ref steps);
            for (var found = _automaton.Longest(state); found != LevelTrie.Root; found = _automaton.NextShorter(found))
            {
                var pattern = _automaton.PatternAt(found);
                var (length, term) = _outputs[pattern];
                if (term >= 0)
                {
                    matches.Add(new TermMatch(term, at + 1 - length, at + 1));
                }
                else
                {
                    Add(pattern, at + 1 - length, at + 1, matches, allowed);
                }
            }
        }

        Finish(matches, from, allowed);
    }

    private void Add(int pattern, int start, int end, List<TermMatch> matches, List<(int Start, int End)>? allowed)
    {
        foreach (var term in _terms[pattern])
        {
            matches.Add(new TermMatch(term, start, end));
        }

        if (_isAllowed[pattern])
        {
            allowed?.Add((start, end));
        }
    }

    private static void Finish(List<TermMatch> matches, int from, List<(int Start, int End)>? allowed)
    {
        var found = CollectionsMarshal.AsSpan(matches)[from..];
        Sort(found);
        if (allowed is not { Count: > 0 })
        {
            return;
        }

        // Ends rise as they were found. By start, the furthest end so far then tells whether some phrase holds a match.
        allowed.Sort();
        var (next, furthest) = (0, 0);
        var kept = from;
        foreach (var match in found)
        {
            for (; next < allowed.Count && allowed[next].Start <= match.Start; next++)
            {
                furthest = Math.Max(furthest, allowed[next].End);
            }

            if (match.End > furthest)
            {
                matches[kept++] = match;
            }
        }

        matches.RemoveRange(kept, matches.Count - kept);
    }

    /// <summary>By insertion, since matches are found by their ends and so hardly out of order; terms within terms without end are sorted as any list.</summary>
    private static void Sort(Span<TermMatch> found)
    {
        var moves = 0;
        for (var at = 1; at < found.Length; at++)
        {
            var match = found[at];
            var place = at;
            for (; place > 0 && match < found[place - 1]; place--)
            {
                found[place] = found[place - 1];
                moves++;
            }

            found[place] = match;
            if (moves > MostMoves * found.Length)
            {
                found.Sort();
                return;
            }
        }
    }
}
