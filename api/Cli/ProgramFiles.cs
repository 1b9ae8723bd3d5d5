namespace Surveillance.Api.Cli;

/// <summary>What lies beside the built program.</summary>
internal static class ProgramFiles
{
    /// <summary>Laws, rules, lexicon, platforms, sources: copied there by the build.</summary>
    public static string DataFolder { get; } = Path.Combine(AppContext.BaseDirectory, "data");
}
