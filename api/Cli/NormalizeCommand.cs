using System.CommandLine;
using System.Text;
using System.Text.Json;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil normalize</c>: each line as the rules read it, with the map back.</summary>
internal static class NormalizeCommand
{
    public static Command Build(CommandStreams streams)
    {
        var file = new Argument<string?>("FILE") { Description = "Text, a line each; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("normalize", "Folds each line into the form that rules read.")
        {
            file,
        }.WithExample("echo '包 过' | surveil normalize");
        command.SetAction((parsed, cancellationToken) => RunAsync(streams, parsed.GetValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, string? file, CancellationToken cancellationToken)
    {
        await using var input = streams.OpenInput(file);
        using var reader = new StreamReader(input, Encoding.UTF8);
        var normalizer = TextClassifier.LoadNormalizer(ProgramFiles.DataFolder);
        await using var output = streams.OpenWriter();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var normalized = normalizer.Normalize(line);
            await output.WriteLineAsync(JsonSerializer.Serialize(
                new { Text = line, Normalized = normalized.Text, normalized.Map, normalized.Folds }, ContractJson.Options));
        }

        return ExitCode.Done;
    }
}
