using Surveillance.Classifier.Rules;

namespace Surveillance.Classifier.Model.Training;

/// <summary>The rules' own examples as training listings. None of them is ever measured on.</summary>
internal static class ExampleListings
{
    /// <summary>The origin of the rules' examples.</summary>
    public const string Origin = "rules";

    /// <summary>What a rule must find and must leave alone; of other types it says nothing.</summary>
    public static IEnumerable<TrainingListing> Of(RuleSet rules) => rules.Index.Rules.SelectMany(rule => rule.Examples.Select((example, place) =>
        new TrainingListing(
            example.Listing,
            example.Matches ? [rule.Type] : [],
            [.. ViolationType.OfText.Where(type => type != rule.Type)],
            $"rule:{rule.Id}",
            Origin,
            TrainingKind.Derived)));
}
