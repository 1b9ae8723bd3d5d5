using System.CommandLine;
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
            foreach (var (version, path, isInForce) in ModelFiles.Shelf(parsed.GetValue(data)).List())
            {
                var model = StatisticalModel.Open(path);
                var line = new { Name = version, model.Version, InForce = isInForce, model.Head.RulesVersion, model.Head.Metrics.Precision, model.Head.Metrics.Recall, model.Head.Sources };
                await output.WriteLineAsync(JsonSerializer.Serialize(line, ContractJson.Options));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command BuildUse(CommandStreams streams)
    {
        var wanted = new Argument<string>("MODEL") { Description = "A file that train wrote, or a version that model list prints." };
        var gold = new Option<string?>("--gold") { Description = "Folder of labelled *.jsonl to compare on; default data/gold of the checkout.", HelpName = "DIR" };
        var data = SettingsOptions.DataFolder();
        var command = new Command("use", "Adopts a model, unless a type gets worse on the gold set; the comparison is printed and kept.") { wanted, gold, data }
            .WithExample("surveil model use model.bin");
        command.SetAction(async (parsed, _) =>
        {
            var shelf = ModelFiles.Shelf(parsed.GetValue(data));
            var path = shelf.Find(parsed.GetRequiredValue(wanted));
            var model = StatisticalModel.Open(path);
            var comparison = Compare(shelf.InForce(), path, parsed.GetValue(gold) ?? ModelFiles.Checkout("gold", "--gold"));
            await using var output = streams.OpenWriter();
            foreach (var type in comparison.Types)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(type, ContractJson.Options));
            }

            if (comparison.Worse.ToList() is { Count: > 0 } worse)
            {
                await streams.Error.WriteLineAsync($"surveil: not adopted: worse on gold in {string.Join(", ", worse.Select(type => type.Type))}");
                return ExitCode.SomeFailed;
            }

            shelf.Adopt(model, path, comparison);
            await streams.Error.WriteLineAsync($"model {model.Version} is in force; `replay` assesses stored listings again");
            return ExitCode.Done;
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

    /// <summary>Where no model is in force (none is shipped), the rules alone are what a new one must not fall behind.</summary>
    private static ModelComparison Compare(string inForce, string wanted, string gold)
    {
        var listings = Directory.Exists(gold)
            ? Directory.EnumerateFiles(gold, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(path => LabelledFile.Read(path).Listings).ToList()
            : throw new UsageException($"--gold expects a folder of *.jsonl files, {gold} is none");
        return ModelComparison.Of(Evaluate(File.Exists(inForce) ? inForce : null, listings), Evaluate(wanted, listings));
    }

    private static EvaluationResult Evaluate(string? model, List<LabelledListing> listings) =>
        new Evaluator(TextClassifier.Load(ProgramFiles.DataFolder, model), StoredTime.DayOf(TimeProvider.System.GetUtcNow()), TimeProvider.System).Evaluate(listings);
}
