using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Surveillance.Classifier.Rules.Loading;

namespace Surveillance.Classifier.Model.Training;

/// <summary>Trains a model: weights, calibration and thresholds, each judged on groups that were not seen. The same input gives the same bytes.</summary>
public sealed class ModelTrainer
{
    /// <summary>Types are fitted apart from each other, so that the order in which they end changes nothing; memory bounds how many at once.</summary>
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) };

    /// <summary>Of fewer listings nothing can be said.</summary>
    private const int FewestLeftOut = 20;

    private readonly TrainerOptions _options;
    private readonly IReadOnlyList<TrainingListing> _listings;
    private readonly TrainingMatrix _matrix;
    /// <summary>One a type, and last that of being unlawful at all.</summary>
    private readonly TypeTrainer[] _types;
    private readonly string _rulesVersion;

    /// <param name="dataFolder">The rules, lexicon and dictionaries under which the listings are read.</param>
    /// <exception cref="RuleSetException">A file there is wrong.</exception>
    public ModelTrainer(string dataFolder, IReadOnlyList<TrainingListing> listings, TrainerOptions? options = null)
    {
        _options = options ?? new TrainerOptions();
        var rules = new RuleFiles(dataFolder).Read();
        listings = [.. listings, .. ExampleListings.Of(rules)];
        _listings = listings;
        _rulesVersion = rules.Version;
        _matrix = TrainingMatrix.Build(listings, rules, TextClassifier.OpenNormalizer(dataFolder, rules.Lexicon));
        _types = [.. ViolationType.OfText.Append(null).Select(type => new TypeTrainer(_matrix, listings, type, _options.Strength))];
    }

    /// <summary>How many different features the listings have.</summary>
    public int Features => _matrix.Keys.Length;

    /// <summary>Trains and writes the model.</summary>
    /// <param name="sources">What the listings came from, for the record.</param>
    public ModelHead Train(string path, ImmutableArray<ModelSource> sources, Action<string> progress)
    {
        var validated = Validate(Enumerable.Range(0, _options.Folds), listing => Fold(_listings[listing].Group), progress);
        var calibrated = ViolationType.OfText.Select((_, type) => Calibrate(type, validated)).ToArray();
        var weights = new double[_types.Length][];
        Parallel.For(0, _types.Length, Together, type => weights[type] = _types[type].Fit(Enumerable.Range(0, _matrix.Rows.Count)));
        var packed = new PackedWeights(_matrix.Keys, weights, _options.Kept);
        ImmutableArray<ModelType> types = [.. calibrated.Select((type, index) => type with { Bias = weights[index][^1], Step = packed.Steps[index] })];
        var metrics = Validation.Measure(_listings, _matrix, types, validated);
        var head = new ModelHead(_rulesVersion, _options.Seed, types, new ModelScale(weights[^1][^1], packed.Steps[^1]), sources, FeatureSettings.Current(packed.Kept), metrics);
        ModelFile.Write(path, head, packed.Table, packed.Weights);
        return head;
    }

    /// <summary>What becomes of the listings of each voice or source when a model has never seen any of them, with the thresholds of a model.</summary>
    /// <remarks>One model is trained for each and let go, so memory stays that of one training. The rules have seen them all.</remarks>
    /// <param name="nameOf">By origin: under which name it is left out; null keeps it in.</param>
    public IEnumerable<LeftOut> LeaveOut(ModelHead head, Func<string, string?> nameOf, Action<string> progress)
    {
        foreach (var group in _listings.Index().Where(listing => listing.Item.Kind != TrainingKind.Derived).ToLookup(listing => nameOf(listing.Item.Origin)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (group.Key is not null && group.Count(listing => listing.Item.Kind != TrainingKind.Ordinary) >= FewestLeftOut)
            {
                bool[] isOut = [.. _listings.Select(listing => nameOf(listing.Origin) == group.Key)];
                progress($"without {group.Key}");
                var margins = Validate([1], listing => isOut[listing] ? 1 : 0, _ => { });
                yield return new LeftOut(group.Key, Validation.Tally(_listings, _matrix, head.Types, margins, isOut));
            }
        }
    }

    /// <summary>By row and type, the margin of a model that was trained without the row's fold.</summary>
    private double[][] Validate(IEnumerable<int> folds, Func<int, int> foldOf, Action<string> progress)
    {
        var margins = _types.Select(_ => new double[_matrix.Rows.Count]).ToArray();
        foreach (var fold in folds)
        {
            var rows = Enumerable.Range(0, _matrix.Rows.Count).ToLookup(row => foldOf(_matrix.Of[row].Listing) == fold);
            Parallel.For(0, _types.Length, Together, type =>
            {
                var weights = _types[type].Fit(rows[false]);
                foreach (var row in rows[true])
                {
                    margins[type][row] = _matrix.Rows.Dot(row, weights) + weights[^1];
                }
            });
            progress($"fold {fold + 1}: {rows[true].Count()} rows validated");
        }

        return margins;
    }

    private ModelType Calibrate(int type, double[][] margins)
    {
        var rows = Enumerable.Range(0, _matrix.Rows.Count).Where(row => IsMeasured(_matrix.Of[row]) && _types[type].Counts(row)).ToList();
        var (margin, unlawful, rule, intercept) = Calibration.Fit([.. rows.Select(row =>
            new CalibrationPoint(margins[type][row], margins[^1][row], _matrix.Of[row].RuleScores[type], _types[type].IsPositive(row), 1))]);
        var fitted = new ModelType(ViolationType.OfText[type], 0, 1, margin, unlawful, rule, intercept, 0.5, 0.2);
        var (flag, review) = ThresholdChoice.Choose(
            rows.Where(row => _listings[_matrix.Of[row].Listing].Kind != TrainingKind.Ordinary)
                .Select(row => (fitted.Probability(margins[type][row], margins[^1][row], _matrix.Of[row].RuleScores[type]), _types[type].IsPositive(row))),
            _options.Precision);
        return fitted with { Flag = flag, Review = review };
    }

    private bool IsMeasured(MatrixRow row) => !row.IsBare && _listings[row.Listing].Kind != TrainingKind.Derived;

    private int Fold(string group)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{_options.Seed}\n{group}"));
        return (int)(BitConverter.ToUInt32(digest) % (uint)_options.Folds);
    }
}
