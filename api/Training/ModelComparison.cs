using System.Collections.Immutable;
using Surveillance.Api.Evaluation;

namespace Surveillance.Api.Training;

/// <summary>A new model beside the one in force, on the gold set.</summary>
/// <param name="From">The version in force; null where the rules decided alone.</param>
/// <param name="On">Asia/Shanghai.</param>
/// <param name="Listings">Of the gold set.</param>
/// <param name="Accepted">Types that a person lets get worse.</param>
internal sealed record ModelComparison(string? From, string To, DateOnly On, int Listings, ImmutableArray<TypeComparison> Types, ImmutableArray<string> Accepted)
{
    /// <summary>No type gets worse, but for those that a person accepted.</summary>
    public bool Adopted => !Worse.Except(Accepted).Any();

    /// <summary>Types whose F1 falls by more than rounding.</summary>
    public IEnumerable<string> Worse => Types.Where(type => type.IsWorse).Select(type => type.Type);

    /// <param name="to">The new model's version.</param>
    public static ModelComparison Of(EvaluationResult before, EvaluationResult after, string to, DateOnly on, ImmutableArray<string> accepted) => new(
        before.ModelVersion,
        to,
        on,
        after.Listings,
        [
            TypeComparison.Of("flagged", (before.Precision, before.Recall), (after.Precision, after.Recall)),
            .. before.Types.Zip(after.Types, (old, now) => TypeComparison.Of(old.Type, (old.Precision, old.Recall), (now.Precision, now.Recall))),
        ],
        accepted);
}

/// <summary>The F1 of one type, <c>flagged</c> for flagged or not; null where it can't be told.</summary>
/// <param name="FoundMore">Violating listings, below nought where fewer are flagged.</param>
/// <param name="WrongMore">Listings wrongly flagged, below nought where fewer are.</param>
internal sealed record TypeComparison(string Type, double? Before, double? After, int FoundMore = 0, int WrongMore = 0)
{
    public static TypeComparison Of(string type, (Share Precision, Share Recall) before, (Share Precision, Share Recall) after) => new(
        type,
        Share.F1(before.Precision, before.Recall).Value,
        Share.F1(after.Precision, after.Recall).Value,
        after.Recall.Part - before.Recall.Part,
        after.Precision.Whole - after.Precision.Part - (before.Precision.Whole - before.Precision.Part));


    public bool IsWorse => (After ?? 0) < (Before ?? 0) - 0.0001;
}
