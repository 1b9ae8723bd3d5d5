using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Surveillance.Classifier.Rules.Loading;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Model.Training;

/// <summary>Trains a model: weights, calibration and thresholds, each judged on groups that were not seen. The same input gives the same bytes.</summary>
public sealed class ModelTrainer
{
    /// <summary>Types are fitted apart from each other, so that the order in which they end changes nothing; memory bounds how many at once.</summary>
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) };

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
        if (Environment.GetEnvironmentVariable("X_STRENGTH") is { } xs) { _options = _options with { Strength = double.Parse(xs, System.Globalization.CultureInfo.InvariantCulture) }; }
        if (Environment.GetEnvironmentVariable("X_PRECISION") is { } xp) { _options = _options with { Precision = double.Parse(xp, System.Globalization.CultureInfo.InvariantCulture) }; }
        if (Environment.GetEnvironmentVariable("X_JOINED") is { } xj) { _options = _options with { Joined = int.Parse(xj, System.Globalization.CultureInfo.InvariantCulture) }; }

        var rules = new RuleFiles(dataFolder).Read();
        int[] parts = [.. listings.Select(listing => Fold(listing.Group))];
        listings = [.. listings, .. Augmentation.Joined(listings, parts, _options.Seed, _options.Joined), .. Augmentation.Examples(rules)];
        _listings = listings;
        _rulesVersion = rules.Version;
        _matrix = TrainingMatrix.Build(listings, rules, TextClassifier.OpenNormalizer(dataFolder, rules.Lexicon), new Segmenter(TextResources.Open()));
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

    /// <summary>What becomes of each origin when it is left out of training, with the thresholds of a model.</summary>
    public IEnumerable<(string Origin, int Listings, ModelMetrics Metrics)> WithoutEachOrigin(ModelHead head, Action<string> progress)
    {
        foreach (var origin in _listings.Where(listing => listing.Kind is not (TrainingKind.Ordinary or TrainingKind.Derived)).Select(listing => listing.Origin).Distinct().Order(StringComparer.Ordinal))
        {
            var listings = _listings.Index().Where(listing => listing.Item.Origin == origin).Select(listing => listing.Index).ToHashSet();
            if (listings.Count >= 20 && (Environment.GetEnvironmentVariable("X_ORIGINS") is not { } xo || xo.Split(',').Any(o => origin.Contains(o, StringComparison.Ordinal))))
            {
                var margins = Validate([1], listing => listings.Contains(listing) ? 1 : 0, progress);
                var rated = Enumerable.Range(0, _matrix.Rows.Count).Where(row => listings.Contains(_matrix.Of[row].Listing) && IsMeasured(_matrix.Of[row]) && (_listings[_matrix.Of[row].Listing].Types.Count > 0 || _listings[_matrix.Of[row].Listing].IsLawful)).Select(row => (P: _matrix.Of[row].HasCue ? head.Types.Index().Max(t => t.Item.Probability(margins[t.Index][row], margins[^1][row], _matrix.Of[row].RuleScores[t.Index])) : 0, U: _matrix.Of[row].HasCue ? margins[^1][row] : -99, Yes: _listings[_matrix.Of[row].Listing].Types.Count > 0, Cue: _matrix.Of[row].HasCue)).ToList();
                foreach (var (name, by) in new (string, Func<(double P, double U, bool Yes, bool Cue), double>)[] { ("max", r => r.P), ("unlawful", r => r.U) })
                {
                    var n = 0; var tp = 0; var ap = 0.0; var r95 = 0.0; var r90 = 0.0; var all = rated.Count(r => r.Yes);
                    foreach (var r in rated.OrderByDescending(by)) { n++; if (r.Yes) { tp++; ap += tp / (double)n; } if (tp >= 0.95 * n) { r95 = tp / (double)all; } if (tp >= 0.9 * n) { r90 = tp / (double)all; } }
                    progress($"{origin} {name}: AP {ap / all:F4} R@95 {r95:F3} R@90 {r90:F3} of {all}/{rated.Count}; unlawful without cue {rated.Count(r => r.Yes && !r.Cue)}");
                }
                yield return (origin, listings.Count, Validation.Measure(_listings, _matrix, head.Types, margins, listings));
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
