using System.Globalization;
using System.Text.Json;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>Prints an evaluation: one JSON object a line for programs, the same as tables for people.</summary>
internal sealed class EvaluationPrint(TextWriter output, TextWriter people)
{
    private const int MostSources = 20;
    private const int MostMistakes = 10;
    private const int LongestExcerpt = 60;

    public async Task WriteAsync(EvaluationResult result)
    {
        await WriteTotalAsync(result);
        await WriteTypesAsync(result);
        await WriteSourcesAsync(result);
        await WriteScoresAsync(result);
        await WriteMistakesAsync(result);
        foreach (var perturbed in result.Perturbed)
        {
            await LineAsync(new { What = "perturbation", perturbed.Name, perturbed.Changed, perturbed.Clean, perturbed.Disguised });
            await people.WriteLineAsync($"{perturbed.Name,-18} clean {perturbed.Clean}  disguised {perturbed.Disguised}");
        }

        await people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.Listings} listings, {result.ListingsPerSecond} a second on one thread"));
    }

    private async Task WriteTotalAsync(EvaluationResult result)
    {
        await LineAsync(new
        {
            What = "total",
            result.Listings,
            result.RulesVersion,
            result.ModelVersion,
            result.Precision,
            result.Recall,
            result.F1,
            F1Interval = Bounds(result.F1Interval),
            result.LawfulFlagged,
            result.LawfulInReview,
            result.MissedInReview,
            result.InReview,
            result.ListingsPerSecond,
        });
        await people.WriteLineAsync($"""
            flagged or not     precision {result.Precision}  recall {result.Recall}  F1 {Text(result.F1Interval)}
            lawful             flagged {result.LawfulFlagged}  in review {result.LawfulInReview}
            missed, in review  {result.MissedInReview}
            all, in review     {result.InReview}

            types
            """);
    }

    private async Task WriteTypesAsync(EvaluationResult result)
    {
        foreach (var type in result.Types)
        {
            await LineAsync(new { What = "type", type.Type, type.Precision, type.Recall, type.F1, F1Interval = Bounds(type.F1Interval), type.Curve });
            await people.WriteLineAsync($"{type.Type,-18} precision {type.Precision}  recall {type.Recall}  F1 {Text(type.F1Interval)}");
        }

        await people.WriteLineAsync("\nof one type, flagged as");
        foreach (var cell in result.Confusion)
        {
            await LineAsync(new { What = "confusion", cell.Type, cell.FlaggedAs, cell.Count });
            await people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{cell.Type,-18} {cell.FlaggedAs,-18} {cell.Count}"));
        }
    }

    private async Task WriteSourcesAsync(EvaluationResult result)
    {
        await people.WriteLineAsync($"\nlawful listings by source{(result.Sources.Length > MostSources ? $", the {MostSources} largest of {result.Sources.Length}" : "")}");
        foreach (var (place, source) in result.Sources.Index())
        {
            await LineAsync(new { What = "source", source.Source, source.Flagged, source.InReview });
            if (place < MostSources)
            {
                await people.WriteLineAsync($"{source.Source,-40} flagged {source.Flagged}  in review {source.InReview}");
            }
        }
    }

    private async Task WriteScoresAsync(EvaluationResult result)
    {
        await people.WriteLineAsync("\nif flagged from a risk of");
        foreach (var point in result.Curve)
        {
            await LineAsync(new { What = "curve", point.From, point.Precision, point.Recall });
            await people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{point.From,-18:0.00} precision {point.Precision}  recall {point.Recall}"));
        }

        await people.WriteLineAsync("\nfindings by score");
        foreach (var band in result.Calibration)
        {
            await LineAsync(new { What = "calibration", band.From, band.To, band.MeanScore, band.Right });
            await people.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{band.From:0.0}–{band.To:0.0}            mean {band.MeanScore:0.000}  right {band.Right}"));
        }
    }

    private async Task WriteMistakesAsync(EvaluationResult result)
    {
        await people.WriteLineAsync(result.Worst.IsEmpty ? "" : "\nworst mistakes");
        foreach (var (place, mistake) in result.Worst.Index())
        {
            var listing = mistake.Labelled.Listing;
            await LineAsync(new
            {
                What = "mistake",
                listing.Id,
                listing.Title,
                listing.Text,
                mistake.Labelled.Types,
                mistake.Missed,
                mistake.Wrong,
                mistake.Weight,
                mistake.Assessment.Findings,
            });
            if (place < MostMistakes)
            {
                await people.WriteLineAsync(Sentence(mistake));
            }
        }

        await people.WriteLineAsync();
    }

    private static string Sentence(Mistake mistake)
    {
        var text = string.Join(" / ", new[] { mistake.Labelled.Listing.Title, mistake.Labelled.Listing.Text }.Where(part => !string.IsNullOrEmpty(part))).ReplaceLineEndings(" ");
        var why = mistake.Assessment.Findings.Select(finding => string.Create(
            CultureInfo.InvariantCulture, $"{finding.Type} {finding.Score:0.00} by {finding.Rule ?? "model"}: {string.Join("、", finding.Spans.Select(span => span.Text))}"));
        return $"{mistake.Labelled.Listing.Id}: missed [{string.Join(' ', mistake.Missed)}] wrong [{string.Join(' ', mistake.Wrong)}] {Leads.Wording.Visible(Leads.Wording.Beginning(text, LongestExcerpt))}\n"
            + $"    {(mistake.Assessment.Findings.IsEmpty ? "nothing reached review" : string.Join("; ", why))}";
    }

    private static double[] Bounds((double? Value, double Low, double High) score) => [score.Low, score.High];

    private static string Text((double? Value, double Low, double High) score) =>
        score.Value is null ? "—" : string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.000} [{score.Low:0.000}–{score.High:0.000}]");

    private Task LineAsync(object line) => output.WriteLineAsync(JsonSerializer.Serialize(line, ContractJson.Options));
}
