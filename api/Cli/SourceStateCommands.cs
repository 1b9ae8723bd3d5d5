using System.CommandLine;
using System.Text.Json;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil source pause|resume|runs</c>: what outlives a run of a source.</summary>
internal static class SourceStateCommands
{
    private const int UsualRuns = 20;

    public static Command BuildPause(CommandStreams streams)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why, for those who see it paused.", HelpName = "TEXT", DefaultValueFactory = _ => "人工暂停" };
        var by = By();
        var data = SettingsOptions.DataFolder();
        var command = new Command("pause", "Lets no further run of a source begin, and stops one under way within half a minute.") { id, reason, by, data }
            .WithExample("surveil source pause city-market --reason \"the site asked us to wait\"");
        command.SetAction(async (parsed, cancellationToken) => await ChangeAsync(
            streams,
            parsed.GetValue(data),
            parsed.GetRequiredValue(id),
            (states, source) => states.Pause(source, parsed.GetValue(by) ?? Environment.UserName, parsed.GetRequiredValue(reason)) ? "paused" : "was paused already",
            cancellationToken));
        return command;
    }

    public static Command BuildResume(CommandStreams streams)
    {
        var id = Id();
        var data = SettingsOptions.DataFolder();
        var command = new Command("resume", "Lets runs of a paused source begin again.") { id, data }.WithExample("surveil source resume city-market");
        command.SetAction(async (parsed, cancellationToken) => await ChangeAsync(
            streams,
            parsed.GetValue(data),
            parsed.GetRequiredValue(id),
            (states, source) => states.Resume(source) ? "resumed" : "was not paused",
            cancellationToken));
        return command;
    }

    public static Command BuildRuns(CommandStreams streams)
    {
        var id = Id();
        var last = new Option<int>("--last") { Description = $"How many; {UsualRuns} unless told otherwise.", HelpName = "N", DefaultValueFactory = _ => UsualRuns };
        var data = SettingsOptions.DataFolder();
        var command = new Command("runs", "Prints a source's latest runs with their figures, newest first, one JSON object a line.") { id, last, data }
            .WithExample("surveil source runs city-market --last 5");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(last) < 1)
            {
                throw new UsageException($"--last expects a number from 1, got {parsed.GetValue(last)}");
            }

            var settings = SettingsOptions.Load(parsed.GetValue(data));
            var source = Known(parsed.GetValue(data), parsed.GetRequiredValue(id));
            var runs = File.Exists(settings.StorePath)
                ? new SourceStates(new Database(settings.StorePath), TimeProvider.System).Runs(source, parsed.GetValue(last))
                : [];
            await using var output = streams.OpenWriter();
            foreach (var run in runs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await output.WriteLineAsync(JsonSerializer.Serialize(run, ContractJson.Options));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The paused sources; none where there is no store yet.</summary>
    public static IReadOnlyDictionary<string, SourcePause> Paused(string? dataFolder)
    {
        var settings = SettingsOptions.Load(dataFolder);
        return File.Exists(settings.StorePath)
            ? new SourceStates(new Database(settings.StorePath), TimeProvider.System).Paused()
            : new Dictionary<string, SourcePause>();
    }

    private static async Task<int> ChangeAsync(
        CommandStreams streams, string? dataFolder, string id, Func<SourceStates, string, string> change, CancellationToken cancellationToken)
    {
        var source = Known(dataFolder, id);
        cancellationToken.ThrowIfCancellationRequested();
        var states = new SourceStates(new Database(SettingsOptions.Load(dataFolder).StorePath), TimeProvider.System);
        await streams.Error.WriteLineAsync($"source {source} {change(states, source)}");
        return ExitCode.Done;
    }

    /// <summary>A source may be paused whatever its file says; a bare address that was crawled is one too, once it was paused.</summary>
    /// <exception cref="UsageException">No such source.</exception>
    private static string Known(string? dataFolder, string id)
    {
        var catalogue = SourceCommand.Load(dataFolder);
        return catalogue.Find(id) is not null || catalogue.Faults.Any(fault => fault.Id == id) || Paused(dataFolder).ContainsKey(id)
            ? id
            : throw new UsageException($"expected a source's id, got {id}; known sources: {string.Join(", ", catalogue.Sources.Select(known => known.Id))}");
    }

    private static Argument<string> Id() => new("ID") { Description = "The source's id." };

    private static Option<string?> By() => new("--by") { Description = "Who pauses it; default the account's name.", HelpName = "NAME" };
}
