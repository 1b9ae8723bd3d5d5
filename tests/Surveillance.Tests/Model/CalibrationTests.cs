using Surveillance.Classifier.Model;
using Surveillance.Classifier.Model.Training;

namespace Surveillance.Tests.Model;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public void The_probability_never_falls_when_margin_or_rules_rise(int marginSpeaksFor, int rulesSpeakFor)
    {
        var points = Enumerable.Range(0, 400).Select(at =>
        {
            var (margin, rule) = ((at % 20) - 10.0, at / 20 / 20.0);
            return new CalibrationPoint(margin, margin, rule, (marginSpeaksFor * margin) + (rulesSpeakFor * 10 * (rule - 0.5)) > (at % 7) - 3, 1);
        }).ToList();

        var (marginFactor, unlawfulFactor, ruleFactor, intercept) = Calibration.Fit(points);
        var type = new ModelType("guarantee", 0, 1, marginFactor, unlawfulFactor, ruleFactor, intercept, 0.5, 0.2);

        for (var step = 0; step < 20; step++)
        {
            Assert.True(type.Probability(step + 1, 1, 0.5) >= type.Probability(step, 1, 0.5));
            Assert.True(type.Probability(1, step + 1, 0.5) >= type.Probability(1, step, 0.5));
            Assert.True(type.Probability(1, 1, (step + 1) / 20.0) >= type.Probability(1, 1, step / 20.0));
        }
    }

    [Fact]
    public void Half_of_what_scores_one_half_is_positive()
    {
        var points = Enumerable.Range(0, 1000).Select(at => new CalibrationPoint(at % 2, 0, 0, at % 10 < (at % 2 == 0 ? 2 : 7), 1)).ToList();
        var (marginFactor, unlawfulFactor, ruleFactor, intercept) = Calibration.Fit(points);
        var type = new ModelType("guarantee", 0, 1, marginFactor, unlawfulFactor, ruleFactor, intercept, 0.5, 0.2);

        Assert.Equal(points.Where(point => point.Margin == 0).Average(point => point.IsPositive ? 1 : 0), type.Probability(0, 0, 0), 2);
        Assert.Equal(points.Where(point => point.Margin == 1).Average(point => point.IsPositive ? 1 : 0), type.Probability(1, 0, 0), 2);
    }

    [Fact]
    public void The_threshold_reaches_the_precision_that_was_asked_for()
    {
        var validated = Enumerable.Range(0, 200).Select(at => (at / 200.0, at > 100 && at % 20 != 0)).ToList();
        var (flag, review) = ThresholdChoice.Choose(validated, 0.9);

        var flagged = validated.Where(point => point.Item1 >= flag).ToList();
        Assert.True(flagged.Count(point => point.Item2) >= 0.9 * flagged.Count);
        Assert.InRange(review, 0.05, flag);
    }
}
