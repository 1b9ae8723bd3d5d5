using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Evaluation;
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
        var texts = new Option<string[]>("--texts") { Description = "Folder of collected real texts (positives, hard_negatives, ordinary .jsonl); none is looked for by itself.", HelpName = "DIR" };
        var decisions = new Option<string[]>("--decisions") { Description = "Officers' decisions as decisions export writes them; may be repeated.", HelpName = "FILE" };
        var output = new Option<string>("-o", "--output") { Description = "Where the model goes.", HelpName = "MODEL", DefaultValueFactory = _ => "model.bin" };
        var seed = new Option<int>("--seed") { Description = "From which the validation parts are drawn.", HelpName = "N", DefaultValueFactory = _ => new TrainerOptions().Seed };
        var leaveOut = new Option<LeftOutKind[]>("--leave-out")
        {
            Description = "voice (a file of the corpus) or source (a repository or site of the texts); may be repeated. Also train once without each, and print what becomes of it.",
        };
        var command = new Command("train", "Trains a model and prints what it does on listings that it had not seen; model use adopts it.")
        {
            corpus, texts, decisions, output, seed, leaveOut,
        }.WithExample("surveil train --texts ../texts --decisions decisions.jsonl -o model.bin");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folders = parsed.GetValue(corpus) is { Length: > 0 } given ? given : [ModelFiles.Checkout("corpus", "--corpus")];
            var training = TrainingFolder.Read(folders, parsed.GetValue(texts) ?? [], parsed.GetValue(decisions) ?? []);
            await SayWhatWasReadAsync(streams, training);
            return await RunAsync(
                streams, training, parsed.GetRequiredValue(output), parsed.GetValue(seed), [.. (parsed.GetValue(leaveOut) ?? []).Distinct()], cancellationToken);
        });
        return command;
    }

    private static async Task SayWhatWasReadAsync(CommandStreams streams, TrainingFolder training)
    {
        foreach (var fault in training.Faults)
        {
            await streams.Error.WriteLineAsync(fault);
        }

        foreach (var source in training.Sources)
        {
            await streams.Error.WriteLineAsync($"{source.Set}/{source.Name}: {source.Listings} listings, sha256 {source.Digest}");
        }

        if (training.Sources.All(source => source.Set != "texts"))
        {
            await streams.Error.WriteLineAsync(
                "trained without --texts: where nothing else holds real messages, such a model finds less of them and flags more that is lawful; compare before you adopt it");
        }
    }

    private static async Task<int> RunAsync(
        CommandStreams streams, TrainingFolder training, string output, int seed, IReadOnlyList<LeftOutKind> leaveOut, CancellationToken cancellationToken)
    {
        var trainer = new ModelTrainer(ProgramFiles.DataFolder, training.Listings, new TrainerOptions { Seed = seed });
        await streams.Error.WriteLineAsync($"{training.Listings.Count} listings, {trainer.Features} features");
        var head = Train(trainer, output, training, streams);
        await using var writer = streams.OpenWriter();
        var trained = new { Model = output, StatisticalModel.Open(output).Version, head.RulesVersion, head.Metrics, head.Sources };
        await writer.WriteLineAsync(JsonSerializer.Serialize(trained, ContractJson.Options));
        foreach (var kind in leaveOut)
        {
            var name = kind.ToString().ToLowerInvariant();
            await streams.Error.WriteLineAsync($"{"without " + name,-60} {"precision",-32} {"recall",-32} {"lawful flagged",-32} lawful in review");
            foreach (var (without, tally) in trainer.LeaveOut(head, origin => training.NameOf(origin, kind), _ => cancellationToken.ThrowIfCancellationRequested()))
            {
                await WriteAsync(streams, writer, name, without, tally);
            }
        }

        return training.Faults.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task WriteAsync(CommandStreams streams, TextWriter writer, string kind, string name, Tally tally)
    {
        var line = new
        {
            What = "left_out",
            Kind = kind,
            Name = name,
            Precision = new Share(tally.Found, tally.Found + tally.LawfulFlagged),
            Recall = new Share(tally.Found, tally.Violating),
            MissedInReview = new Share(tally.InReview, tally.Violating - tally.Found),
            LawfulFlagged = new Share(tally.LawfulFlagged, tally.Lawful),
            LawfulInReview = new Share(tally.LawfulInReview, tally.Lawful),
        };
        await writer.WriteLineAsync(JsonSerializer.Serialize(line, ContractJson.Options));
        await streams.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{name,-60} {line.Precision,-32} {line.Recall,-32} {line.LawfulFlagged,-32} {line.LawfulInReview}"));
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
