using System.Runtime.InteropServices;
using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>Which patterns of rules, contexts and items are worth trying when a symbol occurs.</summary>
internal sealed class RuleIndex
{
    private readonly List<RulePattern>?[] _rules;
    private readonly List<ItemPattern>?[] _items;
    private readonly List<int>?[] _contexts;
    private readonly int[] _types;

    public RuleIndex(IReadOnlyList<TypeRules> types, IReadOnlyList<Item> items, IReadOnlyList<Context> contexts, Vocabulary vocabulary)
    {
        _contexts = new List<int>?[vocabulary.SymbolCount];
        _rules = new List<RulePattern>?[vocabulary.SymbolCount];
        _items = new List<ItemPattern>?[vocabulary.SymbolCount];
        var rules = types.SelectMany(type => type.Rules).ToList();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var pattern in rules[rule].Patterns)
            {
                (_rules[vocabulary.Rarest(pattern.Needs)] ??= []).Add(new RulePattern(rule, rules[rule].Fields, pattern));
            }
        }

        for (var item = 0; item < items.Count; item++)
        {
            foreach (var pattern in items[item].Patterns)
            {
                (_items[vocabulary.Rarest(pattern.Needs)] ??= []).Add(new ItemPattern(item, pattern));
            }
        }

        foreach (var (context, symbol) in contexts.Index().SelectMany(context => context.Item.Patterns.Select(pattern => (context.Index, vocabulary.Rarest(pattern.Needs)))).Distinct())
        {
            (_contexts[symbol] ??= []).Add(context);
        }

        Rules = rules;
        _types = [.. rules.Select(rule => ViolationType.OfText.Index().First(type => type.Item == rule.Type).Index)];
    }

    /// <summary>All rules, type by type: the order in which scores are combined.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>A rule's type, by its place in <see cref="ViolationType.OfText"/>.</summary>
    public int TypeOf(int rule) => _types[rule];

    public ReadOnlySpan<RulePattern> RulesOf(int symbol) => CollectionsMarshal.AsSpan(_rules[symbol]);

    /// <summary>Contexts, by their place, of which some pattern is worth trying.</summary>
    public ReadOnlySpan<int> ContextsOf(int symbol) => CollectionsMarshal.AsSpan(_contexts[symbol]);

    public ReadOnlySpan<ItemPattern> ItemsOf(int symbol) => CollectionsMarshal.AsSpan(_items[symbol]);
}

/// <summary>A pattern of a rule, by the rule's place.</summary>
internal readonly record struct RulePattern(int Rule, Fields Fields, Pattern Pattern);

/// <summary>A pattern of an item, by the item's place.</summary>
internal readonly record struct ItemPattern(int Item, Pattern Pattern);
