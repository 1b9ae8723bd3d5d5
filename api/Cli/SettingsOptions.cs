using System.Collections;
using System.CommandLine;
using Surveillance.Api.Settings;

namespace Surveillance.Api.Cli;

/// <summary>The options that stand for settings, and the settings that follow from a command line.</summary>
internal static class SettingsOptions
{
    /// <summary>Add it to every command that reads or writes the store.</summary>
    public static Option<string?> DataFolder() => new("--data") { Description = "Folder of records and evidence (setting data; default ./var).", HelpName = "DIR" };

    /// <exception cref="SettingsException">An unknown setting.</exception>
    public static SurveillanceSettings Load(string? dataFolder = null, string? urls = null) => SurveillanceSettings.Load(
        Environment.GetEnvironmentVariable,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal),
        new Dictionary<string, string?> { ["data"] = dataFolder, ["urls"] = urls });
}
