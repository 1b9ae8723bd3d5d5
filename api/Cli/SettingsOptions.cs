using System.Collections;
using System.CommandLine;
using Surveillance.Api.Settings;

namespace Surveillance.Api.Cli;

/// <summary>The options that stand for settings, and the settings that follow from a command line.</summary>
internal static class SettingsOptions
{
    /// <summary>Add it to every command that reads or writes the store.</summary>
    public static Option<string?> DataFolder() => new("--data") { Description = "Folder of records and evidence (setting data; default ./var).", HelpName = "DIR" };

    /// <summary>Add it to every command that assesses listings.</summary>
    public static Option<bool> RulesOnly() => new("--rules-only") { Description = "Leave the statistical model out (setting rules_only)." };

    /// <exception cref="SettingsException">An unknown setting.</exception>
    public static SurveillanceSettings Load(string? dataFolder = null, string? urls = null, bool rulesOnly = false) => SurveillanceSettings.Load(
        Environment.GetEnvironmentVariable,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal),
        new Dictionary<string, string?> { ["data"] = dataFolder, ["urls"] = urls, ["rules_only"] = rulesOnly ? "true" : null });
}
