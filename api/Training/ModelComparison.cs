using System.Collections.Immutable;
using Surveillance.Api.Evaluation;

namespace Surveillance.Api.Training;

/// <summary>A new model beside the one in force, on the gold set.</summary>
/// <param name="From">The version in force; null where the rules decided alone.</param>
internal sealed record ModelComparison(string? From, string? To, ImmutableArray<TypeComparison> Types)
{
    /// <summary>Types whose F1 falls by more than rounding.</summary>
    public IEnumerable<TypeComparison> Worse => Types.Where(type => (type.After ?? 0) < (type.Before ?? 0) - 0.0001);

    public static ModelComparison Of(EvaluationResult before, EvaluationResult after) => new(
        before.ModelVersion,
        after.ModelVersion,
        [
            new TypeComparison("flagged", before.F1, after.F1),
            .. before.Types.Zip(after.Types, (old, now) => new TypeComparison(old.Type, old.F1, now.F1)),
        ]);
}

/// <summary>The F1 of one type, <c>flagged</c> for flagged or not; null where it can't be told.</summary>
internal sealed record TypeComparison(string Type, double? Before, double? After);
