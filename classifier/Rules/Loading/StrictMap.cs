using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>One mapping of a data file, read strictly: every member must be asked for, and none may be missing or of another kind.</summary>
/// <remarks>Duplicate members are refused by the parser. Errors name the file and where in it, e.g. <c>guarantee.yaml: rule guarantee.pass: …</c>.</remarks>
internal sealed class StrictMap
{
    private readonly Dictionary<string, YamlNode> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public StrictMap(YamlNode node, string where)
    {
        Where = where;
        if (node is not YamlMappingNode mapping)
        {
            throw Wrong("expected members, got " + Kind(node));
        }

        foreach (var (key, value) in mapping.Children)
        {
            _members.Add(key is YamlScalarNode { Value: { } name } ? name : throw Wrong("expected a name before ':'"), value);
        }
    }

    /// <summary>File and place, for messages.</summary>
    public string Where { get; private set; }

    public IEnumerable<string> Names => _members.Keys;

    /// <exception cref="RuleSetException">The file can't be read or is no mapping.</exception>
    public static StrictMap ReadFile(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            var yaml = new YamlStream();
            using var reader = new StringReader(File.ReadAllText(path));
            yaml.Load(reader);
            return yaml.Documents.Count == 1
                ? new StrictMap(yaml.Documents[0].RootNode, file)
                : throw new RuleSetException($"{file}: expected one YAML document, got {yaml.Documents.Count}");
        }
        catch (YamlException error)
        {
            throw new RuleSetException($"{file}: line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}", error);
        }
        catch (IOException error)
        {
            throw new RuleSetException($"{file}: expected a readable file: {error.Message}", error);
        }
    }

    /// <summary>Names the place more closely in messages from here on, e.g. <c>rule guarantee.pass</c>.</summary>
    public void Locate(string place) => Where = $"{Where}: {place}";

    public bool Has(string name) => _members.ContainsKey(name);

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name) =>
        Ask(name) switch
        {
            null => null,
            YamlScalarNode { Value: { Length: > 0 } value } => value,
            var other => throw Wrong($"'{name}': expected text, got {Kind(other)}"),
        };

    public int? OptionalWhole(string name) =>
        OptionalText(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong($"'{name}': expected a whole number, got '{text}'");

    /// <summary>A share from 0 to 1.</summary>
    public double Share(string name) => OptionalShare(name) ?? throw Missing(name);

    public double? OptionalShare(string name) =>
        OptionalText(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value
        : throw Wrong($"'{name}': expected a number from 0 to 1, got '{text}'");

    public bool OptionalFlag(string name, bool otherwise) =>
        OptionalText(name) switch
        {
            null => otherwise,
            "true" => true,
            "false" => false,
            var other => throw Wrong($"'{name}': expected true or false, got '{other}'"),
        };

    public DateOnly Day(string name) => OptionalDay(name) ?? throw Missing(name);

    public DateOnly? OptionalDay(string name) => OptionalText(name) is { } text ? ReadDay(text) : null;

    public DateOnly ReadDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Wrong($"expected a day such as 2025-10-15, got '{text}'");

    /// <summary>Empty where it is absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Sequence(name).Select(node => node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw Wrong($"'{name}': expected texts, got {Kind(node)}"))];

    /// <summary>Empty where it is absent.</summary>
    public IEnumerable<StrictMap> Maps(string name) => Sequence(name).Select(node => new StrictMap(node, Where));

    public StrictMap Map(string name) => OptionalMap(name) ?? throw Missing(name);

    public StrictMap? OptionalMap(string name) => Ask(name) is { } node ? new StrictMap(node, Where) : null;

    /// <summary>Empty where it is absent.</summary>
    public IReadOnlyList<YamlNode> Sequence(string name) =>
        Ask(name) switch
        {
            null => [],
            YamlSequenceNode sequence => [.. sequence.Children],
            var other => throw Wrong($"'{name}': expected a list, got {Kind(other)}"),
        };

    /// <summary>Refuses members that nobody asked for.</summary>
    public void Finish()
    {
        if (_members.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
        {
            throw Wrong($"unknown member '{unknown}', expected one of {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    public RuleSetException Wrong(string reason) => new($"{Where}: {reason}");

    private RuleSetException Missing(string name) => Wrong($"missing member '{name}'");

    private YamlNode? Ask(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name);
    }

    private static string Kind(YamlNode node) =>
        node switch { YamlSequenceNode => "a list", YamlMappingNode => "members", _ => "a text that is empty or of another kind" };
}
