using System.CommandLine;
using System.Text;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil segment</c>: each line's words as jieba finds them. Never normalises.</summary>
internal static class SegmentCommand
{
    public static Command Build(CommandStreams streams)
    {
        var file = new Argument<string?>("FILE") { Description = "Text, a line each; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrOne };
        var mode = new Option<SegmentMode>("--mode") { Description = "accurate, search or full.", DefaultValueFactory = _ => SegmentMode.Accurate };
        var noHmm = new Option<bool>("--no-hmm") { Description = "Leave words that are not in the dictionary as single characters." };
        var json = new Option<bool>("--json") { Description = "A JSON array a line instead of words joined by /." };
        var command = new Command("segment", "Cuts each line into words as jieba does.") { file, mode, noHmm, json }
            .WithExample("echo 低压电工证培训 | surveil segment --mode search");
        command.SetAction((parsed, cancellationToken) => RunAsync(
            streams, parsed.GetValue(file), new Cutting(parsed.GetValue(mode), !parsed.GetValue(noHmm), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, string? file, Cutting cutting, CancellationToken cancellationToken)
    {
        await using var input = streams.OpenInput(file);
        using var reader = new StreamReader(input, Encoding.UTF8);
        var segmenter = new Segmenter(OpenResources());
        await using var output = streams.OpenWriter();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var words = segmenter.Cut(line, cutting.Mode, cutting.Hmm);
            await output.WriteLineAsync(cutting.Json ? JsonSerializer.Serialize(words, ContractJson.Options) : string.Join('/', words));
        }

        return ExitCode.Done;
    }

    private static TextResources OpenResources()
    {
        try
        {
            return TextResources.Open();
        }
        catch (InvalidDataException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private sealed record Cutting(SegmentMode Mode, bool Hmm, bool Json);
}
