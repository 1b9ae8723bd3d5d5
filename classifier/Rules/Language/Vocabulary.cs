using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Rules.Language;

/// <summary>All terms of all rules in one matcher, and which symbols each belongs to. Thread safe.</summary>
internal sealed class Vocabulary
{
    /// <summary>How often one unit more makes a term occur; only the order of symbols comes of it.</summary>
    private const double UnitShare = 1 / 32.0;

    private readonly TermMatcher _matcher;
    private readonly double[] _expected;

    /// <summary>By term, where its symbols begin in <see cref="_symbols"/>; behind the last term, their end.</summary>
    private readonly int[] _places;

    private readonly int[] _symbols;

    public Vocabulary(TermSets sets)
    {
        var symbols = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var symbol = 0; symbol < sets.TermsOfSymbol.Count; symbol++)
        {
            foreach (var term in sets.TermsOfSymbol[symbol])
            {
                if (!symbols.TryGetValue(term, out var list))
                {
                    symbols.Add(term, list = []);
                }

                list.Add(symbol);
            }
        }

        // The longest of the terms that begin at one place comes first, so that a match shows the whole phrase.
        Terms = [.. symbols.Keys.OrderByDescending(term => term.Length).ThenBy(term => term, StringComparer.Ordinal)];
        _symbols = [.. Terms.SelectMany(term => symbols[term])];
        _places = new int[Terms.Count + 1];
        for (var term = 0; term < Terms.Count; term++)
        {
            _places[term + 1] = _places[term] + symbols[Terms[term]].Count;
        }

        _expected = [.. sets.TermsOfSymbol.Select(terms => terms.Sum(term => Math.Pow(UnitShare, term.Length)))];
        _matcher = new TermMatcher(Terms);
        SymbolCount = sets.TermsOfSymbol.Count;
        SymbolNames = [.. sets.Names];
    }

    public IReadOnlyList<string> Terms { get; }

    public int SymbolCount { get; }

    /// <inheritdoc cref="TermSets.Names"/>
    public IReadOnlyList<string> SymbolNames { get; }

    public void Find(ReadOnlySpan<char> text, List<TermMatch> matches) => _matcher.Find(text, matches);

    public ReadOnlySpan<int> SymbolsOf(int term) => _symbols.AsSpan(_places[term].._places[term + 1]);

    /// <summary>The symbol that fewest texts have, as far as the number and length of terms tells.</summary>
    public int Rarest(IEnumerable<int> symbols) => symbols.MinBy(symbol => _expected[symbol]);
}
