using System.Collections.Immutable;
using Surveillance.Api.Evaluation;

namespace Surveillance.Api.Training;

/// <summary>A new model beside the one in force, on the gold set.</summary>
/// <param name="From">The version in force; null where the rules decided alone.</param>
/// <param name="On">Asia/Shanghai.</param>
/// <param name="Listings">Of the gold set.</param>
internal sealed record ModelComparison(string? From, string To, DateOnly On, int Listings, ImmutableArray<TypeComparison> Types)
{
    /// <summary>No type gets worse.</summary>
    public bool Adopted => !Worse.Any();

    /// <summary>Types whose F1 falls by more than rounding.</summary>
    public IEnumerable<string> Worse => Types.Where(type => type.IsWorse).Select(type => type.Type);

    /// <param name="to">The new model's version.</param>
    public static ModelComparison Of(EvaluationResult before, EvaluationResult after, string to, DateOnly on) => new(
        before.ModelVersion,
        to,
        on,
        after.Listings,
        [
            new TypeComparison("flagged", before.F1, after.F1),
            .. before.Types.Zip(after.Types, (old, now) => new TypeComparison(old.Type, old.F1, now.F1)),
        ]);
}

/// <summary>The F1 of one type, <c>flagged</c> for flagged or not; null where it can't be told.</summary>
internal sealed record TypeComparison(string Type, double? Before, double? After)
{
    public bool IsWorse => (After ?? 0) < (Before ?? 0) - 0.0001;
}
