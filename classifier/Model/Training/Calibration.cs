namespace Surveillance.Classifier.Model.Training;

/// <summary>Fits how margin and rules' score together become a probability (Platt's scaling with a second input).</summary>
internal static class Calibration
{
    private const double Strength = 0.01;

    /// <summary>Never falls in either input: where the data would have it fall, that input is left out.</summary>
    public static (double MarginFactor, double RuleFactor, double Intercept) Fit(IReadOnlyList<CalibrationPoint> points)
    {
        var both = Fit(points, true, true);
        return both.RuleFactor < 0 ? Fit(points, true, false)
            : both.MarginFactor < 0 ? Fit(points, false, true)
            : both;
    }

    private static (double MarginFactor, double RuleFactor, double Intercept) Fit(IReadOnlyList<CalibrationPoint> points, bool byMargin, bool byRules)
    {
        var rows = new SparseRows { Width = 2 };
        foreach (var point in points)
        {
            rows.Add(0, byMargin ? (float)point.Margin : 0);
            rows.Add(1, byRules ? (float)point.RuleScore : 0);
            rows.EndRow();
        }

        var loss = new LogisticLoss(
            rows, [.. Enumerable.Range(0, points.Count)], [.. points.Select(point => point.IsPositive)], [.. points.Select(point => point.Weight)], Strength);
        var fitted = new Lbfgs(loss.At, loss.Parameters).Minimise(new double[loss.Parameters], tolerance: 1e-7);
        return (fitted[0], fitted[1], fitted[2]);
    }
}

/// <summary>One listing of the validation folds as calibration sees it.</summary>
/// <param name="Margin">Of a model that has not seen its group.</param>
internal readonly record struct CalibrationPoint(double Margin, double RuleScore, bool IsPositive, double Weight);
