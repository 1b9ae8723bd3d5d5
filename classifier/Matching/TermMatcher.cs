using System.Buffers;

namespace Surveillance.Classifier.Matching;

/// <summary>Finds all terms of a fixed list in a text, overlapping ones too. Thread safe.</summary>
/// <remarks>First version: a prefilter, then each position is tried; the text engine brings one pass for all terms.</remarks>
public sealed class TermMatcher
{
    private readonly SearchValues<string> _any;
    private readonly Dictionary<char, int[]> _termsByFirstUnit;
    private readonly string[] _terms;

    /// <param name="terms">Normalised, none empty; a match names its term by its place here.</param>
    /// <exception cref="ArgumentException">A term is empty.</exception>
    public TermMatcher(IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("expected terms of at least one character", nameof(terms));
        }

        _terms = [.. terms];
        _any = SearchValues.Create(_terms, StringComparison.Ordinal);
        _termsByFirstUnit = Enumerable.Range(0, _terms.Length)
            .GroupBy(term => _terms[term][0])
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Adds every occurrence of every term, by start, then by term's place.</summary>
    public void Find(ReadOnlySpan<char> text, List<TermMatch> matches)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var next = text[start..].IndexOfAny(_any);
            if (next < 0)
            {
                return;
            }

            start += next;
            foreach (var term in _termsByFirstUnit[text[start]])
            {
                if (text[start..].StartsWith(_terms[term], StringComparison.Ordinal))
                {
                    matches.Add(new TermMatch(term, start, start + _terms[term].Length));
                }
            }
        }
    }
}

/// <summary>One occurrence of a term.</summary>
/// <param name="Term">Its place in the list the matcher was made from.</param>
/// <param name="Start">First UTF-16 unit in the searched text.</param>
/// <param name="End">After the last one (half open).</param>
public readonly record struct TermMatch(int Term, int Start, int End);
