using Surveillance.Classifier.Laws;
using YamlDotNet.RepresentationModel;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads the rules of one violation type.</summary>
internal sealed class TypeFile(PatternReader patterns, ContextFile conditions, LawLibrary laws)
{
    private const int ExamplesEach = 3;

    public TypeRules Read(StrictMap file)
    {
        var type = file.Text("type");
        if (!ViolationType.OfText.Contains(type) || file.Where != type + ".yaml")
        {
            throw file.Wrong($"expected a type that text can show and a file of its name, got '{type}'");
        }

        if (file.Text("name") != ViolationType.NameOf(type))
        {
            throw file.Wrong($"'name': expected {ViolationType.NameOf(type)}, got {file.Text("name")}");
        }

        var (flag, review) = (file.Share("flag"), file.Share("review"));
        var usual = new Usual(file.OptionalText("basis"), conditions.Conditions(file, "requires"), conditions.Conditions(file, "unless"));
        List<Rule> rules = [.. file.Maps("rules").Select(map => ReadRule(map, type, usual))];
        var read = new TypeRules(type, flag, review, rules);
        file.Finish();
        return rules.Count == 0 ? throw file.Wrong("no rules")
            : review > flag || review == 0 ? throw file.Wrong($"expected 0 < review <= flag, got {review} and {flag}")
            : read;
    }

    private Rule ReadRule(StrictMap map, string type, Usual usual)
    {
        var id = map.Text("id");
        map.Locate($"rule {id}");
        if (!id.StartsWith(type + ".", StringComparison.Ordinal))
        {
            throw map.Wrong($"expected an id that begins with '{type}.'");
        }

        var rule = new Rule(id, type, ReadSeverity(map), ReadConduct(map, usual), map.Text("note"), map.Share("score"))
        {
            Patterns = patterns.Read(map, "patterns"),
            Except = patterns.Read(map, "except"),
            Fields = PatternReader.ReadFields(map),
            Requires = map.Has("requires") ? conditions.Conditions(map, "requires") : usual.Requires,
            Unless = [.. usual.Unless, .. conditions.Conditions(map, "unless")],
            Examples = ReadExamples(map),
        };
        map.Finish();
        return rule.Patterns.Count > 0 ? rule : throw map.Wrong("no patterns");
    }

    private string ReadConduct(StrictMap map, Usual usual)
    {
        var conduct = map.OptionalText("basis") ?? usual.Conduct ?? throw map.Wrong("no legal basis");
        return laws.HasConduct(conduct) ? conduct : throw map.Wrong($"'basis': unknown conduct '{conduct}', expected one of laws/conduct.yaml");
    }

    private static Severity ReadSeverity(StrictMap map) =>
        Enum.TryParse<Severity>(map.Text("severity"), true, out var severity) ? severity
        : throw map.Wrong($"'severity': expected low, medium, high or critical, got '{map.Text("severity")}'");

    private static List<RuleExample> ReadExamples(StrictMap map)
    {
        var examples = map.Map("examples");
        List<RuleExample> matching = [.. examples.Sequence("match").Select(node => new RuleExample(ReadListing(node, map), true))];
        List<RuleExample> missing = [.. examples.Sequence("miss").Select(node => new RuleExample(ReadListing(node, map), false))];
        examples.Finish();
        return matching.Count >= ExamplesEach && missing.Count >= ExamplesEach
            ? [.. matching, .. missing]
            : throw map.Wrong($"expected at least {ExamplesEach} examples that match and {ExamplesEach} that miss, got {matching.Count} and {missing.Count}");
    }

    private static Listing ReadListing(YamlNode node, StrictMap rule)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return new Listing { Text = text };
        }

        var map = new StrictMap(node, rule.Where + ": example");
        var listing = new Listing
        {
            Title = map.OptionalText("title"),
            Text = map.OptionalText("text"),
            Platform = map.OptionalText("platform"),
            Seller = map.OptionalText("seller"),
            Url = map.OptionalText("url"),
            Publisher = map.OptionalText("publisher"),
            Price = map.OptionalWhole("price"),
            Kind = Enum.TryParse<ListingKind>(map.OptionalText("kind") ?? "listing", true, out var kind) ? kind
                : throw map.Wrong("'kind': expected listing, ad or page"),
        };
        map.Finish();
        return listing;
    }

    /// <summary>What a file says once for all of its rules.</summary>
    private sealed record Usual(string? Conduct, IReadOnlyList<Condition> Requires, IReadOnlyList<Condition> Unless);
}
