using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Surveillance.Api.Leads;
using Surveillance.Api.Training;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil decisions</c>: what officers decided, for training.</summary>
internal static class DecisionsCommand
{
    public static Command Build(CommandStreams streams) => new("decisions", "Officers' decisions on leads.") { BuildExport(streams) };

    private static Command BuildExport(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("export", "Prints the listings that officers decided on, labelled, one JSON object a line, for train --decisions.") { data }
            .WithExample("surveil decisions export > decisions.jsonl");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SettingsOptions.Load(parsed.GetValue(data));
            var leads = new LeadStore(new Storage.Database(settings.StorePath), TimeProvider.System);
            await using var output = streams.OpenWriter();
            await foreach (var row in leads.ReadAllAsync(new LeadFilter { States = [LeadState.Confirmed, LeadState.Rejected] }, cancellationToken))
            {
                await output.WriteLineAsync(Labelled(row).ToJsonString(ContractJson.Options));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A confirmed lead has the types that the officer saw, and of the others nothing is known; a rejected one has none.</summary>
    internal static JsonObject Labelled(LeadRow row)
    {
        var line = JsonSerializer.SerializeToNode(row.Listing, ContractJson.Options)!.AsObject();
        var isConfirmed = row.Standing.State == LeadState.Confirmed;
        var types = isConfirmed ? row.Standing.SeenTypes.Where(ViolationType.OfText.Contains).ToList() : [];
        line["id"] = row.Id.Value;
        line["types"] = Array(types);
        line["maybe"] = Array(isConfirmed ? ViolationType.OfText.Except(types) : []);
        line["group"] = row.Id.Value;
        line["source"] = TrainingFolder.OfDecisions;
        line["reason"] = row.Standing.Reason;
        return line;
    }

    private static JsonArray Array(IEnumerable<string> types) => [.. types.Select(type => (JsonNode)type)];
}
