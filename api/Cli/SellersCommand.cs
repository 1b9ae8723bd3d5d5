using System.CommandLine;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil sellers</c>: how the sellers that a list's cards name are told from what else they say.</summary>
internal static class SellersCommand
{
    public static Command Build(CommandStreams streams) =>
        new("sellers", "Learns from saved lists of which it is known who sells what.") { Train(streams) };

    private static Command Train(CommandStreams streams)
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders of saved pages with expected.json, one folder for each hand that wrote or chose them; at least two.", Arity = new ArgumentArity(2, 1000) };
        var output = new Option<string>("-o", "--output") { Description = "Where the model goes; data/pages/sellers.tsv is what the next build uses.", HelpName = "FILE", DefaultValueFactory = _ => "sellers.tsv" };
        var command = new Command("train", "Makes the model of sellers, and prints how the sellers of each folder are told after training on the others.") { folders, output }
            .WithExample("surveil sellers train data/pages/written/? -o data/pages/sellers.tsv");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var trainer = new SellerTrainer([.. parsed.GetRequiredValue(folders).Select(folder => (Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), Read(folder)))]);
            await using var results = streams.OpenWriter();
            foreach (var (folder, tally) in trainer.Validate())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await results.WriteLineAsync(JsonSerializer.Serialize(new { Folder = folder, tally.Named, tally.Right, tally.Wrong, tally.Unnamed, tally.Invented }, ContractJson.Options));
            }

            Write(trainer, parsed.GetRequiredValue(output));
            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<SellerExample> Read(string folder)
    {
        try
        {
            return SellerExample.Read(folder) is { Count: > 0 } examples ? examples : throw new UsageException($"DIR expects folders of saved pages, each with its expected.json; {folder} has none that lists anything");
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static void Write(SellerTrainer trainer, string output)
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
}
