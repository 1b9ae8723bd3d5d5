using System.CommandLine;
using Surveillance.Api.Listings;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil replay</c>: what was observed, assessed again under today's rules.</summary>
internal static class ReplayCommand
{
    public static Command Build(CommandStreams streams)
    {
        var since = new Option<string?>("--since") { Description = "Only listings last seen on or after this day (Asia/Shanghai).", HelpName = "YYYY-MM-DD" };
        var data = SettingsOptions.DataFolder();
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("replay", "Assesses stored listings again under today's rules; officers' decisions stay as they are.") { since, rulesOnly, data }
            .WithExample("surveil replay --since 2026-11-01");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var from = parsed.GetValue(since) is { } text ? ClassifyCommand.Day(text, "--since") : DateOnly.MinValue.AddDays(1);
            await using var services = ProgramServices.BuildForCommand(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)));
            await using var feed = await CommandFeed.StartAsync(services, streams, cancellationToken);
            var counts = services.GetRequiredService<Replay>().Run(from, cancellationToken);
            await streams.Error.WriteLineAsync($"{counts.Assessed} listings assessed again, {counts.DecisionChanged} decisions changed, {counts.Flagged} flagged now");
            await feed.FinishAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
