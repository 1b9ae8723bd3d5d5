using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Matching;

/// <summary>Terms with what belongs to each, exchangeable while other threads search.</summary>
/// <typeparam name="T">What belongs to a term, e.g. its rule.</typeparam>
/// <remarks>Thread safe. A search uses the terms of the moment it began.</remarks>
public sealed class TermTable<T>
{
    private volatile Terms _terms = new(new TermMatcher([]), []);

    /// <summary>Exchanges all terms at once; if it throws, the old ones stay in force.</summary>
    /// <param name="terms">As for <see cref="TermMatcher"/>; one term may stand there several times.</param>
    /// <param name="allowed">Phrases inside which no term counts.</param>
    /// <exception cref="ArgumentException">A term or phrase is empty.</exception>
    public void Replace(IReadOnlyCollection<KeyValuePair<string, T>> terms, IReadOnlyList<string>? allowed = null) =>
        _terms = new Terms(new TermMatcher([.. terms.Select(term => term.Key)], allowed), [.. terms.Select(term => term.Value)]);

    /// <summary>Every occurrence, by start, then in the order of the terms.</summary>
    public IReadOnlyList<TermHit<T>> Find(ReadOnlySpan<char> text)
    {
        var terms = _terms;
        var matches = new List<TermMatch>();
        terms.Matcher.Find(text, matches);
        return matches.ConvertAll(match => new TermHit<T>(terms.Values[match.Term], match.Start, match.End));
    }

    private sealed record Terms(TermMatcher Matcher, T[] Values);
}

/// <summary>One occurrence of a term of a <see cref="TermTable{T}"/>.</summary>
/// <param name="Value">What belongs to the term.</param>
/// <param name="Start">First UTF-16 unit in the searched text.</param>
/// <param name="End">After the last one (half open).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TermHit<T>(T Value, int Start, int End);
