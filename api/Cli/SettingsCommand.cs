using System.CommandLine;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil settings</c>: the settings in force and where each came from.</summary>
internal static class SettingsCommand
{
    public static Command Build(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("settings", "Prints the settings in force and where each came from, secrets masked.") { data }.WithExample("SURVEIL_DATA=/srv/surveillance surveil settings");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SettingsOptions.Load(parsed.GetValue(data));
            await using var output = streams.OpenWriter();
            foreach (var setting in settings.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await output.WriteLineAsync($"{setting.Definition.Name}: {setting.Shown}  # {setting.Origin}; {setting.Definition.Meaning}");
            }

            settings.SearchServer();
            return ExitCode.Done;
        });
        return command;
    }
}
