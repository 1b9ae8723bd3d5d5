using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Model;

/// <summary>Joins what the rules found with what the model thinks. Thread safe.</summary>
/// <remarks>Another engine would take this class's place: it needs nothing but the listing as read.</remarks>
internal sealed class ModelJudge(StatisticalModel model, RuleSet rules, Segmenter segmenter)
{
    private readonly FactReader _facts = new(rules);
    private readonly SymbolReader _symbols = new(rules.Vocabulary);

    public string Version => model.Version;

    /// <summary>What one thread needs to read listings with.</summary>
    public Bench NewBench() => new(model, new ListingFeatures(_facts, _symbols, segmenter));

    /// <summary>By type: from where its findings flag, and from where they are listed.</summary>
    public (double Flag, double Review)[] Thresholds { get; } = [.. model.Head.Types.Select(type => (type.Flag, type.Review))];

    /// <summary>One thread's buffers, with the listing read last.</summary>
    internal sealed class Bench(StatisticalModel model, ListingFeatures features)
    {
        private readonly RowMarks _seen = new();
        private readonly double[] _margins = new double[ViolationType.OfText.Count + 1];

        public void Read(Listing listing, ListingReading reading, Counterweight counterweight)
        {
            features.Read(listing, reading, counterweight);
            model.Margins(features.Features, _seen, _margins);
        }

        /// <param name="ruleScore">After counter-evidence; 0 where no rule matched.</param>
        public double Probability(int type, double ruleScore) => model.Head.Types[type].Probability(_margins[type], _margins[^1], ruleScore);

        /// <summary>The passages that speak most for a type; none where no words do.</summary>
        public IReadOnlyList<FieldPassage> Explain(int type, ListingReading reading) => new Explanation(model, type).Passages(features.Features, reading);
    }
}
