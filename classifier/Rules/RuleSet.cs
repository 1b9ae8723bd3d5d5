using Surveillance.Classifier.Laws;
using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>All rules, what they lean on, and the laws they cite. Immutable; thread safe.</summary>
internal sealed record RuleSet(
    IReadOnlyList<TypeRules> Types,
    IReadOnlyList<Counter> Counters,
    IReadOnlyList<Context> Contexts,
    IReadOnlyList<Item> Items,
    Marketplaces Marketplaces,
    LawLibrary Laws,
    Vocabulary Vocabulary,
    IReadOnlySet<string> Lexicon,
    string Version)
{
    /// <summary>Symbols that some rule or item begins to look at; where none occurs, no rule can match.</summary>
    public RuleIndex Index { get; } = new(Types, Items, Contexts, Vocabulary);
}
