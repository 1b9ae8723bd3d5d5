using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Evaluation;
using Surveillance.Api.Storage;
using Surveillance.Api.Training;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil model</c>: which models there are, and which is in force.</summary>
internal static class ModelCommand
{
    public static Command Build(CommandStreams streams) => new("model", "Lists models, adopts one, goes back to the one before.")
    {
        BuildList(streams),
        BuildUse(streams),
        BuildRestore(streams),
    };

    private static Command BuildList(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("list", "Prints the models kept, one JSON object a line.") { data }.WithExample("surveil model list");
        command.SetAction(async (parsed, _) =>
        {
            await using var output = streams.OpenWriter();
            var isWhole = true;
            foreach (var (version, path, isInForce) in ModelFiles.Shelf(parsed.GetValue(data)).List())
            {
                var (line, fault) = Describe(version, path, isInForce);
                await output.WriteLineAsync(line);
                isWhole &= fault is null;
                if (fault is not null)
                {
                    await streams.Error.WriteLineAsync($"{version}: {fault}");
                }
            }

            return isWhole ? ExitCode.Done : ExitCode.SomeFailed;
        });
        return command;
    }

    private static (string Line, string? Fault) Describe(string name, string path, bool inForce)
    {
        try
        {
            var model = StatisticalModel.Open(path);
            var line = new { Name = name, model.Version, InForce = inForce, model.Head.RulesVersion, model.Head.Metrics.Precision, model.Head.Metrics.Recall, model.Head.Sources };
            return (JsonSerializer.Serialize(line, ContractJson.Options), null);
        }
        catch (ModelException error)
        {
            return (JsonSerializer.Serialize(new { Name = name, InForce = inForce, Fault = error.Message }, ContractJson.Options), error.Message);
        }
    }

    private static Command BuildUse(CommandStreams streams)
    {
        var wanted = new Argument<string>("MODEL") { Description = "A file that train wrote, or a version that model list prints." };
        var gold = new Option<string?>("--gold") { Description = "Folder of labelled *.jsonl to compare on; default data/gold of the checkout.", HelpName = "DIR" };
        var accept = new Option<string[]>("--accept") { Description = "Adopt although this type (or flagged) gets worse; may be repeated, and is kept with the comparison.", HelpName = "TYPE" };
        accept.AcceptOnlyFromAmong(["flagged", .. ViolationType.OfText]);
        var data = SettingsOptions.DataFolder();
        var command = new Command("use", "Adopts a model, unless a type gets worse on the gold set; the comparison is printed and kept.") { wanted, gold, accept, data }
            .WithExample("surveil model use model.bin");
        command.SetAction(async (parsed, _) =>
        {
            var shelf = ModelFiles.Shelf(parsed.GetValue(data));
            var path = shelf.Find(parsed.GetRequiredValue(wanted));
            return await UseAsync(streams, shelf, path, parsed.GetValue(gold) ?? ModelFiles.Checkout("gold", "--gold"), [.. parsed.GetValue(accept) ?? []]);
        });
        return command;
    }

    private static Command BuildRestore(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("restore", "Puts the model before the one in force back.") { data }.WithExample("surveil model restore");
        command.SetAction(async (parsed, _) =>
        {
            var version = ModelFiles.Shelf(parsed.GetValue(data)).Restore();
            await streams.Error.WriteLineAsync($"model {version ?? "shipped with the program"} is in force again");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> UseAsync(CommandStreams streams, ModelShelf shelf, string path, string gold, ImmutableArray<string> accepted)
    {
        var model = StatisticalModel.Open(path);
        var today = StoredTime.DayOf(TimeProvider.System.GetUtcNow());
        var listings = Gold(gold);
        var inForce = await UsableAsync(streams, shelf.InForce());
        var comparison = ModelComparison.Of(Evaluate(inForce, listings, today), Evaluate(path, listings, today), model.Version, today, accepted);
        shelf.Keep(comparison);
        await using var output = streams.OpenWriter();
        foreach (var type in comparison.Types)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(type, ContractJson.Options));
            await streams.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{type.Type,-18} F1 {type.Before,-6:0.0000} now {type.After,-6:0.0000} found {type.FoundMore:+0;-0;0} wrongly flagged {type.WrongMore:+0;-0;0} {(type.IsWorse ? "worse" : "")}").TrimEnd());
        }

        if (!comparison.Adopted)
        {
            await streams.Error.WriteLineAsync($"surveil: not adopted: worse on {listings.Count} gold listings in {string.Join(", ", comparison.Worse)}; where that is a person's wish, --accept TYPE says so for each");
            return ExitCode.SomeFailed;
        }

        shelf.Adopt(model, path);
        await streams.Error.WriteLineAsync(
            $"model {model.Version} is in force for what starts from now on (restart `serve`); `replay` assesses stored listings again, `model restore` goes back");
        return ExitCode.Done;
    }

    /// <summary>The model in force; null, and then the rules alone are what a new one must not fall behind, where there is none or it can't be used.</summary>
    private static async Task<string?> UsableAsync(CommandStreams streams, string inForce)
    {
        try
        {
            StatisticalModel.Open(inForce);
            return inForce;
        }
        catch (ModelException error)
        {
            await streams.Error.WriteLineAsync($"compared with the rules alone: {error.Message}");
            return null;
        }
    }

    private static List<LabelledListing> Gold(string folder)
    {
        var listings = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(path => LabelledFile.Read(path).Listings).ToList()
            : [];
        return listings.Count > 0 ? listings : throw new UsageException($"--gold expects a folder of labelled *.jsonl files, {folder} is none");
    }

    private static EvaluationResult Evaluate(string? model, List<LabelledListing> listings, DateOnly day) =>
        new Evaluator(TextClassifier.Load(ProgramFiles.DataFolder, model), day, TimeProvider.System).Evaluate(listings);
}
