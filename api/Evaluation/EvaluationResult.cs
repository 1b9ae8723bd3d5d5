using System.Collections.Immutable;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>What an evaluation measured.</summary>
/// <param name="Listings">How many were assessed.</param>
/// <param name="ListingsPerSecond">One thread, rules and model warm; null of nothing.</param>
/// <param name="InReview">Of all.</param>
/// <param name="Precision">Of the flagged ones, how many violate.</param>
/// <param name="Recall">Of the violating ones, how many are flagged.</param>
/// <param name="LawfulFlagged">Of the lawful ones.</param>
/// <param name="LawfulInReview">Of the lawful ones.</param>
/// <param name="MissedInReview">Of the violating ones that are not flagged, how many an officer sees all the same.</param>
/// <param name="Confusion">Of listings with one certain type: which types were flagged, <c>—</c> for none.</param>
internal sealed record EvaluationResult(
    int Listings,
    double? ListingsPerSecond,
    string RulesVersion,
    string? ModelVersion,
    Share InReview,
    Share Precision,
    Share Recall,
    Share LawfulFlagged,
    Share LawfulInReview,
    Share MissedInReview,
    ImmutableArray<TypeResult> Types,
    ImmutableArray<SourceResult> Sources,
    ImmutableArray<CalibrationBand> Calibration,
    ImmutableArray<CurvePoint> Curve,
    ImmutableArray<ConfusionCell> Confusion,
    ImmutableArray<Mistake> Worst,
    ImmutableArray<PerturbationResult> Perturbed)
{
    /// <summary>Null where nothing is violating and nothing flagged.</summary>
    public double? F1 => F1Interval.Value;

    public (double? Value, double Low, double High) F1Interval => Share.F1(Precision, Recall);
}

/// <summary>One type.</summary>
/// <param name="Curve">If a finding of it flagged from a score on.</param>
internal sealed record TypeResult(string Type, Share Precision, Share Recall, ImmutableArray<CurvePoint> Curve)
{
    /// <inheritdoc cref="EvaluationResult.F1"/>
    public double? F1 => F1Interval.Value;

    public (double? Value, double Low, double High) F1Interval => Share.F1(Precision, Recall);
}

/// <summary>The lawful listings of one source: a repository's file, a site, else the file of listings itself.</summary>
internal sealed record SourceResult(string Source, Share Flagged, Share InReview);

/// <summary>Findings whose score lies in a band, and how many of them are right.</summary>
internal sealed record CalibrationBand(double From, double To, double MeanScore, Share Right);

/// <summary>Precision and recall if a listing were flagged from a risk on.</summary>
internal sealed record CurvePoint(double From, Share Precision, Share Recall);

/// <summary>How often listings of one type were flagged as another.</summary>
internal sealed record ConfusionCell(string Type, string FlaggedAs, int Count);

/// <summary>A listing on which the program is most wrong.</summary>
/// <param name="Missed">Its types that were not flagged.</param>
/// <param name="Wrong">Types flagged that it does not have.</param>
/// <param name="Weight">How sure the program was of the wrong answer, 0 to 1.</param>
internal sealed record Mistake(LabelledListing Labelled, Assessment Assessment, ImmutableArray<string> Missed, ImmutableArray<string> Wrong, double Weight);

/// <summary>Recall of the same listings, as they are and disguised.</summary>
/// <param name="Changed">Violating listings that the disguise changes.</param>
internal sealed record PerturbationResult(string Name, string Label, int Changed, Share Clean, Share Disguised);
