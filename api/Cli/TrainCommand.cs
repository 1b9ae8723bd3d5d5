using System.CommandLine;
using System.Text.Json;
using Surveillance.Api.Training;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Model.Training;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil train</c>: a new model from labelled listings.</summary>
internal static class TrainCommand
{
    public static Command Build(CommandStreams streams)
    {
        var corpus = new Option<string[]>("--corpus") { Description = "Folder of labelled *.jsonl; may be repeated. Default: data/corpus of the checkout.", HelpName = "DIR" };
        var decisions = new Option<string[]>("--decisions") { Description = "Officers' decisions as decisions export writes them; may be repeated.", HelpName = "FILE" };
        var output = new Option<string>("-o", "--output") { Description = "Where the model goes.", HelpName = "MODEL", DefaultValueFactory = _ => "model.bin" };
        var seed = new Option<int>("--seed") { Description = "From which the validation parts are drawn.", HelpName = "N", DefaultValueFactory = _ => new TrainerOptions().Seed };
        var byOrigin = new Option<bool>("--by-origin") { Description = "Also train once without each voice and repository, and print what becomes of it." };
        var command = new Command("train", "Trains a model and prints what it does on listings that it had not seen; model use adopts it.")
        {
            corpus, decisions, output, seed, byOrigin,
        }.WithExample("surveil train --corpus data/corpus --decisions decisions.jsonl -o model.bin");
        command.SetAction(async (parsed, _) =>
        {
            var folders = parsed.GetValue(corpus) is { Length: > 0 } given ? given : [ModelFiles.Checkout("corpus", "--corpus")];
            var training = TrainingFolder.Read(folders, parsed.GetValue(decisions) ?? []);
            return await RunAsync(streams, training, parsed.GetRequiredValue(output), parsed.GetValue(seed), parsed.GetValue(byOrigin));
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, TrainingFolder training, string output, int seed, bool byOrigin)
    {
        foreach (var fault in training.Faults)
        {
            await streams.Error.WriteLineAsync(fault);
        }

        var trainer = new ModelTrainer(ProgramFiles.DataFolder, training.Listings, new TrainerOptions { Seed = seed });
        await streams.Error.WriteLineAsync($"{training.Listings.Count} listings, {trainer.Features} features");
        var head = Train(trainer, output, training, streams);
        await using var writer = streams.OpenWriter();
        await writer.WriteLineAsync(JsonSerializer.Serialize(new { Model = output, StatisticalModel.Open(output).Version, head.Metrics }, ContractJson.Options));
        if (byOrigin)
        {
            foreach (var (origin, listings, metrics) in trainer.WithoutEachOrigin(head, streams.Error.WriteLine))
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(new { Without = origin, Listings = listings, Metrics = metrics with { Types = [] } }, ContractJson.Options));
            }
        }

        return training.Faults.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static ModelHead Train(ModelTrainer trainer, string output, TrainingFolder training, CommandStreams streams)
    {
        try
        {
            return trainer.Train(output, training.Sources, streams.Error.WriteLine);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"-o expects a file that can be written, {output} is none: {error.Message}", error);
        }
    }
}
