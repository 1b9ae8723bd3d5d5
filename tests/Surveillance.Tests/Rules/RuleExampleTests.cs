using Surveillance.Classifier;

namespace Surveillance.Tests.Rules;

public sealed class RuleExampleTests
{
    private static readonly DateOnly Day = new(2026, 11, 25);

    public static TheoryData<string> RuleIds => [.. RepositoryData.Classifier.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Finds_and_leaves_alone_what_it_says(string id)
    {
        var rule = RepositoryData.Classifier.Rules.Single(candidate => candidate.Id == id);

        Assert.All(rule.Examples, example => Assert.Equal(
            example.Matches,
            RepositoryData.Classifier.Classify(example.Listing, Day).Findings.Any(finding => finding.Rules.Contains(id))));
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Cites_a_law_that_is_loaded(string id)
    {
        var rule = RepositoryData.Classifier.Rules.Single(candidate => candidate.Id == id);

        Assert.Contains(RepositoryData.Classifier.Laws.CiteConduct(rule.Conduct, Day), basis => basis is { Status: "verified", Penalty: not null });
    }

    [Fact]
    public void Every_text_type_has_rules() => Assert.Equal(
        ViolationType.OfText.Order(StringComparer.Ordinal),
        RepositoryData.Classifier.Rules.Select(rule => rule.Type).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_rules_enough_to_cover_the_catalogue() => Assert.True(RepositoryData.Classifier.Rules.Count >= 110);
}
