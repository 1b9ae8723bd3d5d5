using System.CommandLine;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Outcomes.Learned;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil outcomes</c>: how pages that are no answer are told from those that are.</summary>
internal static class OutcomesCommand
{
    public static Command Build(CommandStreams streams) =>
        new("outcomes", "Learns from pages of which it is known how they ended, and measures how such pages are told.") { Train(streams), Evaluate(streams) };

    private static Command Train(CommandStreams streams)
    {
        var pages = new Option<string>("--pages") { Description = "Folder of *.jsonl, one file for each hand that wrote pages. Default: data/pages/outcomes of the checkout.", HelpName = "DIR" };
        var output = new Option<string>("-o", "--output") { Description = "Where the model goes; data/pages/outcomes.tsv is what the next build uses.", HelpName = "FILE", DefaultValueFactory = _ => "outcomes.tsv" };
        var command = new Command("train", "Makes the model of outcomes, and prints how the pages of each file are told after training on the others.") { pages, output }
            .WithExample("surveil outcomes train -o data/pages/outcomes.tsv");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(pages) ?? Path.Combine(ModelFiles.Checkout("pages", "--pages"), "outcomes");
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl") : [];
            if (files.Length < 2)
            {
                throw new UsageException($"--pages expects a folder of at least two *.jsonl, {folder} has {files.Length}");
            }

            var trainer = new OutcomeTrainer([.. files.Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), Read(file)))]);
            await using var results = streams.OpenWriter();
            foreach (var (name, tallies) in trainer.Validate())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteAsync(results, name, tallies);
            }

            Write(trainer, parsed.GetRequiredValue(output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Evaluate(CommandStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = "Pages as *.jsonl: expected, status, html, and url or asked.", Arity = ArgumentArity.OneOrMore };
        var statuses = new Option<bool>("--status") { Description = "Take each page's status for known, as the crawler does; otherwise for 200, as of a saved file." };
        var command = new Command("evaluate", "Says how many pages of each outcome are told as what they are.") { files, statuses }
            .WithExample("surveil outcomes evaluate pages.jsonl --status");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var results = streams.OpenWriter();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteAsync(results, Path.GetFileName(file), OutcomeTally.Of(PageReader.CreateDefault(), Read(file), parsed.GetValue(statuses)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<OutcomeExample> Read(string file)
    {
        try
        {
            return OutcomeExample.Read(file);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static void Write(OutcomeTrainer trainer, string output)
    {
        try
        {
            using var model = new StreamWriter(output);
            trainer.Train(model);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"-o expects a file that can be written, {output} is none: {error.Message}", error);
        }
    }

    private static async Task WriteAsync(TextWriter results, string file, IReadOnlyList<OutcomeTally> tallies)
    {
        foreach (var tally in tallies)
        {
            await results.WriteLineAsync(JsonSerializer.Serialize(new { File = file, tally.Expected, tally.Pages, tally.Right, tally.NoAnswer, tally.Told }, ContractJson.Options));
        }
    }
}
