namespace Surveillance.Api.Rules;

/// <summary>What the server says about its rules.</summary>
internal static partial class RuleLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "rules reloaded, version {Version}")]
    public static partial void RulesReloaded(this ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Error, Message = "changed rules refused, version {Version} stays in force: {Reason}")]
    public static partial void RulesRefused(this ILogger logger, string version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "rules could not be read, version {Version} stays in force: {Reason}")]
    public static partial void RulesUnreadable(this ILogger logger, string version, string reason);
}
