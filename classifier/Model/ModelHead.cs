using System.Collections.Immutable;

namespace Surveillance.Classifier.Model;

/// <summary>What a model says of itself: how it was made, how it decides, and what was measured when it was trained.</summary>
/// <param name="RulesVersion">The rules under which it was trained; under others it still answers, a little less well.</param>
/// <param name="Seed">From which the parts of the data were drawn.</param>
/// <param name="Types">In the order of the weights.</param>
/// <param name="Unlawful">Weighs whether a listing is unlawful at all, whatever its type; after the types in the order of the weights.</param>
/// <param name="Sources">What it was trained on.</param>
public sealed record ModelHead(
    string RulesVersion, int Seed, ImmutableArray<ModelType> Types, ModelScale Unlawful, ImmutableArray<ModelSource> Sources, FeatureSettings Features, ModelMetrics Metrics);

/// <summary>How the model decides on one violation type.</summary>
/// <param name="Bias">Of the margin.</param>
/// <param name="Step">What one unit of a stored weight is worth.</param>
/// <param name="MarginFactor">The log-odds are this times the margin,</param>
/// <param name="UnlawfulFactor">plus this times the margin of being unlawful at all,</param>
/// <param name="RuleFactor">plus this times the rules' score,</param>
/// <param name="Intercept">plus this.</param>
/// <param name="Flag">From which probability a finding flags its listing.</param>
/// <param name="Review">From which probability a finding is listed at all.</param>
public sealed record ModelType(
    string Type, double Bias, double Step, double MarginFactor, double UnlawfulFactor, double RuleFactor, double Intercept, double Flag, double Review)
{
    /// <summary>The calibrated probability; rises with both margins and with the rules' score.</summary>
    public double Probability(double margin, double unlawful, double ruleScore) =>
        Training.LogisticLoss.Logistic((MarginFactor * margin) + (UnlawfulFactor * unlawful) + (RuleFactor * ruleScore) + Intercept);
}

/// <summary>A margin's bias, and what one unit of a stored weight is worth in it.</summary>
public readonly record struct ModelScale(double Bias, double Step);

/// <summary>One file of a model's training data.</summary>
/// <param name="Listings">Read and learnt from; 0 for a file of labels.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Set"><c>corpus</c>, <c>texts</c> or <c>decisions</c>; null in models older than this member.</param>
public sealed record ModelSource(string Name, int Listings, string Digest, string? Set = null);

/// <summary>How features are made; a model with other settings is refused.</summary>
public sealed record FeatureSettings(int Version, int CharacterGrams, int WordGrams, int Kept)
{
    /// <summary>What this program reads.</summary>
    public static FeatureSettings Current(int kept) => new(2, 5, 3, kept);
}

/// <summary>What was measured by validation on held-out groups, rules and model together.</summary>
/// <param name="Precision">Flagged or not.</param>
/// <param name="HardNegativesFlagged">Share of the lawful look-alikes.</param>
/// <param name="OrdinaryFlagged">Share of everyday texts.</param>
public sealed record ModelMetrics(
    double Precision,
    double Recall,
    double HardNegativesFlagged,
    double HardNegativesInReview,
    double OrdinaryFlagged,
    double OrdinaryInReview,
    ImmutableArray<TypeMetrics> Types);

/// <summary>What was measured of one type.</summary>
/// <param name="Listings">Of this type, in the training data.</param>
public sealed record TypeMetrics(string Type, int Listings, double Precision, double Recall);
