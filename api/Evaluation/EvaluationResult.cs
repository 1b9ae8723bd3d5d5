using System.Collections.Immutable;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>What an evaluation measured.</summary>
/// <param name="Listings">How many were assessed.</param>
/// <param name="Precision">Of the flagged ones, how many violate.</param>
/// <param name="Recall">Of the violating ones, how many are flagged.</param>
/// <param name="LawfulFlagged">Of the lawful ones.</param>
/// <param name="LawfulInReview">Of the lawful ones.</param>
/// <param name="MissedInReview">Of the violating ones that are not flagged, how many an officer sees all the same.</param>
/// <param name="Confusion">Of listings with one certain type: which types were flagged, <c>—</c> for none.</param>
internal sealed record EvaluationResult(
    int Listings,
    double Seconds,
    string RulesVersion,
    string? ModelVersion,
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
    public double? F1 => Harmonic(Precision, Recall);

    internal static double? Harmonic(Share precision, Share recall) =>
        precision.Value is { } right && recall.Value is { } found && right + found > 0 ? Math.Round(2 * right * found / (right + found), 4) : null;
}

/// <summary>One type.</summary>
internal sealed record TypeResult(string Type, Share Precision, Share Recall)
{
    public double? F1 => EvaluationResult.Harmonic(Precision, Recall);
}

/// <summary>The lawful listings of one source.</summary>
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
