using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Classification;

public sealed class UncertaintyTests
{
    [Theory]
    [InlineData(0.75, 0.75, false, 1)]
    [InlineData(0.85, 0.75, false, 0.9)]
    [InlineData(0.45, 0.75, false, 0.7)]
    [InlineData(0.45, 0.75, true, 0.85)]
    [InlineData(0.99, 0.35, true, 0.68)]
    public void Is_what_is_left_of_one_after_the_distance_from_the_threshold_half_of_it_in_dispute(double score, double flag, bool isDisputed, double expected) =>
        Assert.Equal(expected, Uncertainty.Of([(score, flag, isDisputed)])!.Value, 4);

    [Fact]
    public void The_finding_that_decides_counts_not_the_one_that_lies_nearest() =>
        Assert.Equal(0.77, Uncertainty.Of([(0.51, 0.5, false), (0.98, 0.75, false)])!.Value, 4);

    [Fact]
    public void Without_a_finding_there_is_none() => Assert.Null(Uncertainty.Of([]));

    [Fact]
    public void An_assessment_says_how_near_its_decision_was()
    {
        var assessment = Some.Classifier.Classify(new Listing { Id = "1", Text = "低压电工证包过，考不过退全款，加微信" }, new DateOnly(2026, 11, 25));

        Assert.Equal(Math.Round(1 - assessment.Findings.Max(finding => finding.Score - Some.Classifier.FlagFrom(finding.Type)), 4), assessment.Uncertainty!.Value, 4);
    }
}
