using System.CommandLine;
using Surveillance.Api.Evaluation;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Classifier.Model.Perturbing;
using Surveillance.Classifier.Text;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil evaluate</c>: how right the program is on labelled listings.</summary>
internal static class EvaluateCommand
{
    public static Command Build(CommandStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = "Labelled listings as JSON lines: types, maybe.", Arity = ArgumentArity.OneOrMore };
        var perturb = new Option<bool>("--perturb") { Description = "Also disguise the violating listings in every known way." };
        var report = new Option<string?>("--report") { Description = "Write a report as one HTML file.", HelpName = "OUT.html" };
        var totals = new Option<bool>("--totals") { Description = "Figures only, no listing: for a set that nobody shall learn from by heart." };
        var platform = new Option<string?>("--platform") { Description = "For listings that name none.", HelpName = "P" };
        var model = new Option<string?>("--model") { Description = "A model's file; default the one in force.", HelpName = "MODEL" };
        var rulesOnly = SettingsOptions.RulesOnly();
        var data = SettingsOptions.DataFolder();
        var command = new Command("evaluate", "Compares assessments with what persons said: precision, recall, calibration, mistakes.")
        {
            files, perturb, report, totals, platform, model, rulesOnly, data,
        }.WithExample("surveil evaluate data/gold/*.jsonl --perturb --report out.html");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = parsed.GetRequiredValue(files).Select(LabelledFile.Read).ToList();
            var modelFile = ModelFiles.ToAssess(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)), parsed.GetValue(model));
            var classifier = TextClassifier.Load(ProgramFiles.DataFolder, modelFile);
            var listings = read.SelectMany(file => file.Listings.Select(line => Named(line, file.Name, parsed.GetValue(platform)))).ToList();
            var disguising = parsed.GetValue(perturb) ? Disguises(classifier) : null;
            var result = new Evaluator(classifier, StoredTime.DayOf(TimeProvider.System.GetUtcNow()), TimeProvider.System).Evaluate(listings, disguising);
            result = parsed.GetValue(totals) ? result with { Worst = [] } : result;
            await using (var output = streams.OpenWriter())
            {
                await new EvaluationPrint(output, streams.Error).WriteAsync(result);
            }

            if (parsed.GetValue(report) is { } path)
            {
                await WriteReportAsync(path, EvaluationReport.Write(result, [.. read.Select(file => Path.GetFileName(file.Path))]), cancellationToken);
            }

            foreach (var fault in read.SelectMany(file => file.Faults))
            {
                await streams.Error.WriteLineAsync(fault);
            }

            return read.TrueForAll(file => file.Faults.Count == 0) ? ExitCode.Done : ExitCode.SomeFailed;
        });
        return command;
    }

    internal static Disguising Disguises(TextClassifier classifier) =>
        new(classifier, new Perturbations(), Lexicon.Load(Path.Combine(ProgramFiles.DataFolder, "lexicon")).Core);

    private static LabelledListing Named(LabelledListing line, string file, string? platform) =>
        line with { Listing = line.Listing with { Platform = line.Listing.Platform ?? platform }, Source = line.Source ?? file };

    private static async Task WriteReportAsync(string path, string html, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, html, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--report expects a file that can be written, {path} is none: {error.Message}", error);
        }
    }
}
