using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil classify</c>: listings in, assessments out, a line each.</summary>
internal static class ClassifyCommand
{
    public static Command Build(CommandStreams streams)
    {
        var file = new Argument<string>("FILE") { Description = "Listings as JSON lines; - for standard input." };
        var output = new Option<string?>("-o", "--output") { Description = "Write assessments there instead of standard output.", HelpName = "OUT" };
        var rulesOnly = SettingsOptions.RulesOnly();
        var model = new Option<string?>("--model") { Description = "A model's file; default the one in force.", HelpName = "MODEL" };
        var data = SettingsOptions.DataFolder();
        var on = new Option<string?>("--on") { Description = "The day whose law applies to listings without observed; default today.", HelpName = "YYYY-MM-DD" };
        var command = new Command("classify", "Says of each listing which passages may break which rule.")
        {
            file, output, rulesOnly, model, on, data,
        }.WithExample("surveil classify listings.jsonl -o assessments.jsonl --on 2026-11-22");
        command.SetAction((parsed, cancellationToken) =>
        {
            var modelFile = ModelFiles.ToAssess(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)), parsed.GetValue(model));
            return RunAsync(streams, parsed.GetRequiredValue(file), parsed.GetValue(output), Day(parsed.GetValue(on), "--on"), modelFile, cancellationToken);
        });
        return command;
    }

    /// <summary>The day, or today in Asia/Shanghai for null.</summary>
    /// <exception cref="UsageException">Not a date.</exception>
    internal static DateOnly Day(string? text, string option) =>
        text is null ? StoredTime.DayOf(TimeProvider.System.GetUtcNow())
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"{option} expects a date as YYYY-MM-DD, got {text}");

    private static async Task<int> RunAsync(CommandStreams streams, string file, string? output, DateOnly today, string? model, CancellationToken cancellationToken)
    {
        await using var input = streams.OpenInput(file);
        var classifier = TextClassifier.Load(ProgramFiles.DataFolder, model);
        await using var target = output is null ? null : OpenOutput(output);
        var newline = "\n"u8.ToArray();
        var faults = 0;
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ContractJson.Options.Encoder, SkipValidation = true });
        await foreach (var line in JsonLines.ReadAsync(input, cancellationToken))
        {
            if (line.Listing is null)
            {
                faults++;
                await streams.Error.WriteLineAsync($"{file}: line {line.Number}: {line.Fault}");
                continue;
            }

            writer.Reset();
            JsonSerializer.Serialize(writer, classifier.Classify(line.Listing, today), ContractJson.Options);
            buffer.Write(newline);
            if (buffer.WrittenCount > 1 << 15)
            {
                await (target ?? streams.Output).WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }
        }

        await (target ?? streams.Output).WriteAsync(buffer.WrittenMemory, cancellationToken);
        return faults == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static FileStream OpenOutput(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"-o expects a file that can be written, {path} is none: {error.Message}", error);
        }
    }
}
