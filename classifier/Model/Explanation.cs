using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Model;

/// <summary>Which passages make the model think of a type.</summary>
internal sealed class Explanation(StatisticalModel model, int type)
{
    private const int MostPassages = 3;

    /// <summary>Share of the strongest character's weight from which a character belongs to a passage.</summary>
    private const double Share = 0.35;

    /// <summary>At most three, in reading order; none where no words speak for the type.</summary>
    public IReadOnlyList<FieldPassage> Passages(FeatureList features, ListingReading reading)
    {
        var weights = reading.Fields.Select(field => new double[field.Text.Length]).ToArray();
        for (var index = 0; index < features.GramCount; index++)
        {
            if (model.RowOf(features.GramKeys[index]) is var row and >= 0)
            {
                var gram = features.GramPlaces[index];
                var each = model.Weight(row, type) / (double)gram.Length;
                for (var at = gram.Start; at < gram.Start + gram.Length; at++)
                {
                    weights[gram.Field][at] += each;
                }
            }
        }

        var least = Share * weights.Max(field => field.DefaultIfEmpty().Max());
        return least <= 0 ? [] :
            [.. weights.SelectMany((field, index) => Runs(field, least).Select(run => (Field: reading.Fields[index], Run: run, Weight: Sum(field, run))))
                .OrderByDescending(run => run.Weight)
                .Take(MostPassages)
                .Select(run => new FieldPassage(run.Field, run.Run))];
    }

    /// <summary>Characters in a row that weigh enough; one lighter character does not part a run.</summary>
    private static IEnumerable<Passage> Runs(double[] weights, double least)
    {
        for (var start = 0; start < weights.Length; start++)
        {
            if (weights[start] < least)
            {
                continue;
            }

            var end = start + 1;
            for (var at = end; at < weights.Length && at <= end + 1; at++)
            {
                if (weights[at] >= least)
                {
                    end = at + 1;
                }
            }

            yield return new Passage(start, end);
            start = end;
        }
    }

    private static double Sum(double[] weights, Passage run) => weights.AsSpan(run.Start, run.End - run.Start).ToArray().Sum();
}
