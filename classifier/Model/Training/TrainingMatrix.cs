using System.Runtime.InteropServices;
using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Model.Training;

/// <summary>The training listings as rows of numbers.</summary>
/// <remarks>
/// A listing that names a platform, publisher, address, seller or price has a second row without them, so that the model learns to do nearly as well on bare text.
/// </remarks>
internal sealed class TrainingMatrix
{
    /// <summary>An n-gram seen in fewer rows says nothing that would hold elsewhere.</summary>
    private const int FewestRows = 2;

    private TrainingMatrix(SparseRows rows, uint[] keys, IReadOnlyList<MatrixRow> of)
    {
        Rows = rows;
        Keys = keys;
        Of = of;
    }

    public SparseRows Rows { get; }

    /// <summary>By column.</summary>
    public uint[] Keys { get; }

    /// <summary>By row: which listing it is of.</summary>
    public IReadOnlyList<MatrixRow> Of { get; }

    public static TrainingMatrix Build(IReadOnlyList<TrainingListing> listings, RuleSet rules, Normalizer normalizer)
    {
        var reading = new ListingReading(rules, normalizer);
        var features = new ListingFeatures(rules, normalizer.Segmenter);
        var of = new List<MatrixRow>();
        var raw = new List<(uint[] Grams, uint[] Facts, uint[] Symbols, float GramValue)>();
        for (var listing = 0; listing < listings.Count; listing++)
        {
            foreach (var (given, isBare) in Versions(listings[listing].Listing))
            {
                reading.Read(given);
                var counterweight = new Counterweight(reading, rules);
                features.Read(given, reading, counterweight);
                of.Add(new MatrixRow(listing, isBare, reading.HasCue, Assessor.RuleScores(reading, counterweight, rules)));
                raw.Add(([.. features.Features.GramKeys.ToArray().Distinct()], [.. features.Features.Facts.ToArray().Distinct()], [.. features.Features.Symbols.ToArray().Distinct()], (float)features.Features.GramValue));
            }
        }

        return Build(raw, of, [.. of.Select(row => row.IsBare)]);
    }

    private static IEnumerable<(Listing Given, bool IsBare)> Versions(Listing listing)
    {
        yield return (listing, false);
        var bare = listing with { Platform = null, Publisher = null, Url = null, Seller = null, Price = null, PriceText = null };
        if (bare != listing)
        {
            yield return (bare, true);
        }
    }

    private static TrainingMatrix Build(List<(uint[] Grams, uint[] Facts, uint[] Symbols, float GramValue)> raw, List<MatrixRow> of, bool[] isAgain)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var (row, (grams, facts, symbols, _)) in raw.Index())
        {
            // Bare rows say the same words again.
            foreach (var key in isAgain[row] ? facts : grams.Concat(facts).Concat(symbols))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
            }
        }

        var keys = counts.Where(count => count.Value >= FewestRows).Select(count => count.Key).Order().ToArray();
        var columns = keys.Index().ToDictionary(key => key.Item, key => key.Index);
        var rows = new SparseRows { Width = keys.Length };
        foreach (var (grams, facts, symbols, gramValue) in raw)
        {
            Add(grams, gramValue);
            Add(facts, (float)FeatureList.FactValue);
            Add(symbols, (float)FeatureList.SymbolValue);
            rows.EndRow();
        }

        return new TrainingMatrix(rows, keys, of);

        void Add(uint[] features, float value)
        {
            foreach (var key in features)
            {
                if (columns.TryGetValue(key, out var column))
                {
                    rows.Add(column, value);
                }
            }
        }
    }
}

/// <summary>What a row of the matrix stands for.</summary>
/// <param name="Listing">By its place in the training data.</param>
/// <param name="IsBare">Without platform, publisher, address, seller and price.</param>
/// <param name="HasCue">Whether the program would look at it at all.</param>
/// <param name="RuleScores">By type.</param>
internal sealed record MatrixRow(int Listing, bool IsBare, bool HasCue, double[] RuleScores);
