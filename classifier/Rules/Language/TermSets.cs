using System.Text;

namespace Surveillance.Classifier.Rules.Language;

/// <summary>Named sets of terms (<c>sets.yaml</c>, <c>sets-*.yaml</c>) and the symbols that patterns make of them.</summary>
/// <remarks>A symbol is one alternative of terms; the same alternative written twice is one symbol.</remarks>
internal sealed class TermSets
{
    /// <summary>In UTF-16 units; what is longer is a sentence, and no rule should quote one.</summary>
    public const int LongestTerm = 24;

    private readonly Dictionary<string, string[]> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    private readonly List<string[]> _termsOfSymbol = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<string[]> TermsOfSymbol => _termsOfSymbol;

    /// <summary>By symbol: its alternative as it was written first, e.g. <c>&lt;pass&gt;</c>. It stays the same when a set gets more terms.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <param name="members">Terms, or <c>&lt;name&gt;</c> of a set that was added before.</param>
    /// <exception cref="FormatException">A member is unknown, doubled or not in normalised form.</exception>
    public void Add(string name, IEnumerable<string> members)
    {
        var terms = members.SelectMany(Expand).ToArray();
        if (terms.Length == 0)
        {
            throw new FormatException("no terms");
        }

        if (!_sets.TryAdd(name, [.. terms.Distinct(StringComparer.Ordinal)]))
        {
            throw new FormatException("the name is used twice");
        }
    }

    /// <summary>The symbol of an alternative.</summary>
    /// <param name="alternatives">Terms and <c>&lt;set&gt;</c> names.</param>
    /// <exception cref="FormatException">A set is unknown or a term not in normalised form.</exception>
    public int Symbol(IReadOnlyList<string> alternatives)
    {
        string[] terms = [.. alternatives.SelectMany(Expand).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var key = string.Join('\n', terms);
        if (!_symbols.TryGetValue(key, out var symbol))
        {
            symbol = _termsOfSymbol.Count;
            _symbols.Add(key, symbol);
            _termsOfSymbol.Add(terms);
            _names.Add(string.Join('|', alternatives));
        }

        return symbol;
    }

    private IEnumerable<string> Expand(string member)
    {
        if (member.StartsWith('<') && member.EndsWith('>'))
        {
            return _sets.TryGetValue(member[1..^1], out var terms) ? terms : throw new FormatException($"unknown set {member}");
        }

        var normalized = member.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return member != normalized ? throw new FormatException($"expected '{normalized}' in normalised form, got '{member}'")
            : member.Length is 0 or > LongestTerm ? throw new FormatException($"expected a term of 1 to {LongestTerm} characters, got '{member}'")
            : [member];
    }
}
