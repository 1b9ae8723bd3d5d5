using System.Text.Json;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads <c>contexts.yaml</c>, and afterwards the conditions that name contexts, facts and items.</summary>
/// <remarks>A context may only lean on those above it, so that none can lean on itself.</remarks>
internal sealed class ContextFile
{
    private readonly PatternReader _patterns;
    private readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);
    private readonly List<Context> _contexts = [];

    public ContextFile(PatternReader patterns, IReadOnlyList<Item> items)
    {
        _patterns = patterns;
        foreach (var fact in Enum.GetValues<Fact>())
        {
            _conditions.Add(JsonNamingPolicy.KebabCaseLower.ConvertName(fact.ToString()), new Condition.Knows(fact));
        }

        for (var item = 0; item < items.Count; item++)
        {
            _conditions.Add(items[item].Name, new Condition.NamesItem(item));
        }
    }

    public IReadOnlyList<Context> Contexts => _contexts;

    public ContextFile Read(StrictMap file)
    {
        foreach (var name in file.Names)
        {
            var map = file.Map(name);
            map.Locate($"context {name}");
            var context = new Context(
                name,
                _patterns.Read(map, "patterns"),
                PatternReader.ReadFields(map),
                map.OptionalWhole("at_least") ?? 1,
                Conditions(map, "any"),
                Conditions(map, "all"),
                Conditions(map, "none"));
            map.Finish();
            if (!_conditions.TryAdd(name, new Condition.InContext(_contexts.Count)))
            {
                throw map.Wrong("the name is already that of a fact or item");
            }

            _contexts.Add(context);
        }

        return this;
    }

    /// <summary>Empty where the member is absent.</summary>
    public IReadOnlyList<Condition> Conditions(StrictMap map, string member) => [.. map.Texts(member).Select(name => Condition(map, member, name))];

    public Condition Condition(StrictMap map, string member, string name) =>
        _conditions.GetValueOrDefault(name) ?? throw map.Wrong($"'{member}': unknown context, fact or item '{name}'");
}
