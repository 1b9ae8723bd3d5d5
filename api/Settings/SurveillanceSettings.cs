using Surveillance.Api.Search.Server;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Surveillance.Api.Settings;

/// <summary>The settings in force, each with where it came from: the environment, <c>surveil.yaml</c> in the data folder, or the default.</summary>
public sealed class SurveillanceSettings
{
    /// <summary>Every setting by its name in the file; in the environment it is <c>SURVEIL_</c> and the name in upper case.</summary>
    private static readonly SettingDefinition[] Known =
    [
        new("data", "./var", "folder of records, evidence and surveil.yaml"),
        new("store", null, "SQLite file; by default surveillance.db in the data folder"),
        new("urls", "http://127.0.0.1:5080", "where serve listens"),
        new("token", null, "what every request must carry when serve listens beyond loopback", IsSecret: true),
        new("rules_only", "false", "true leaves the statistical model out: the rules decide alone"),
        new("contact", null, "whom a site's owner can write to; part of the crawler's user agent"),
        new("search", null, "URL of Elasticsearch or OpenSearch; by default the embedded index beside the records"),
        new("search_key", null, "API key for it", IsSecret: true),
        new("search_key_file", null, "file that holds the API key"),
        new("search_user", null, "user for it, where there is no key"),
        new("search_user_file", null, "file that holds the user"),
        new("search_password", null, "the user's password", IsSecret: true),
        new("search_password_file", null, "file that holds the password"),
        new("search_ca", null, "PEM file of the certificate authority that vouches for it; by default those that the machine trusts"),
        new("search_shards", "1", "shards of indexes that are made from now on"),
    ];

    private readonly Dictionary<string, SettingValue> _values;

    private SurveillanceSettings(Dictionary<string, SettingValue> values) => _values = values;

    public string DataFolder => _values["data"].Value!;

    public string StorePath => _values["store"].Value ?? Path.Combine(DataFolder, "surveillance.db");

    public string Urls => _values["urls"].Value!;

    public string? Token => _values["token"].Value;

    /// <summary>Whether the statistical model is left out.</summary>
    public bool RulesOnly => bool.Parse(_values["rules_only"].Value!);

    public string? Contact => _values["contact"].Value;

    /// <summary>Where the embedded index lies.</summary>
    public string SearchFolder => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(StorePath))!, "search");

    /// <summary>The search server; null for the embedded index.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public SearchServerOptions? SearchServer() => SearchSettings.Read(name => _values[name]);

    /// <summary>In the order of definition.</summary>
    public IEnumerable<SettingValue> All => Known.Select(setting => _values[setting.Name]);

    /// <param name="overrides">What the command line gave, by name; null values count as not given.</param>
    /// <exception cref="SettingsException">An unknown setting, or a file that isn't a flat YAML mapping.</exception>
    public static SurveillanceSettings Load(Func<string, string?> environment, IEnumerable<string> environmentNames, IReadOnlyDictionary<string, string?> overrides)
    {
        foreach (var name in environmentNames.Where(IsOurs))
        {
            Require(name["SURVEIL_".Length..].ToLowerInvariant(), $"the environment variable {name}");
        }

        string? Given(SettingDefinition setting) => overrides.GetValueOrDefault(setting.Name) ?? NullIfEmpty(environment(setting.Variable));
        var folder = Given(Known[0]) ?? Known[0].Default!;
        var file = Path.Combine(folder, "surveil.yaml");
        var inFile = ReadFile(file);
        var settings = new SurveillanceSettings(Known.ToDictionary(
            setting => setting.Name,
            setting => Value(setting, overrides.GetValueOrDefault(setting.Name), NullIfEmpty(environment(setting.Variable)), inFile.GetValueOrDefault(setting.Name), file)));
        var rulesOnly = settings._values["rules_only"];
        return bool.TryParse(rulesOnly.Value, out _) ? settings : throw new SettingsException($"{rulesOnly.Origin}: rules_only expects true or false, got {rulesOnly.Value}");
    }

    private static SettingValue Value(SettingDefinition setting, string? option, string? variable, string? line, string file) =>
        option is not null ? new(setting, option, "command line")
        : variable is not null ? new(setting, variable, setting.Variable)
        : line is not null && setting.Name != "data" ? new(setting, line, file)
        : new(setting, setting.Default, "default");

    private static bool IsOurs(string name) =>
        name.StartsWith("SURVEIL_", StringComparison.Ordinal) && !name.StartsWith("SURVEIL_TEST_", StringComparison.Ordinal);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Dictionary<string, string> ReadFile(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            var values = new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<Dictionary<string, string>?>(File.ReadAllText(file)) ?? [];
            foreach (var name in values.Keys)
            {
                Require(name, file);
            }

            return values;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // YamlDotNet throws the latter where a bracket is never closed.
            throw new SettingsException($"{file}: expected a flat YAML mapping of settings: {error.Message}", error);
        }
    }

    private static void Require(string name, string where)
    {
        if (!Array.Exists(Known, setting => setting.Name == name))
        {
            var close = NearestName.Of(name, Known.Select(setting => setting.Name));
            var nearest = Array.Find(Known, setting => setting.Name == close)!;
            throw new SettingsException($"{where}: unknown setting {name}; the nearest known one is {nearest.Name} ({nearest.Variable})");
        }
    }
}

/// <param name="Name">In <c>surveil.yaml</c>.</param>
/// <param name="Default">Null where leaving it out means something of its own.</param>
public sealed record SettingDefinition(string Name, string? Default, string Meaning, bool IsSecret = false)
{
    public string Variable => "SURVEIL_" + Name.ToUpperInvariant();
}

/// <param name="Origin">The command line, the environment variable's name, the file's path, or <c>default</c>.</param>
public sealed record SettingValue(SettingDefinition Definition, string? Value, string Origin)
{
    /// <summary>What may be shown: a secret shows only that there is one.</summary>
    public string Shown => Value is null ? "" : Definition.IsSecret ? "********" : Value;
}

/// <summary>A setting is wrong; the message is one sentence. Exit code 2.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException()
    {
    }

    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
