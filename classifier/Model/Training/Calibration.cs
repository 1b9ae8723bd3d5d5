namespace Surveillance.Classifier.Model.Training;

/// <summary>Fits how margins and rules' score together become a probability (Platt's scaling with further inputs).</summary>
internal static class Calibration
{
    private const double Strength = 0.01;

    /// <summary>Factors of margin, margin of being unlawful and rules' score, and the intercept.</summary>
    /// <remarks>Never falls in any input: where the data would have it fall, that input is left out.</remarks>
    public static (double Margin, double Unlawful, double Rules, double Intercept) Fit(IReadOnlyList<CalibrationPoint> points)
    {
        bool[] takesPart = [true, true, true];
        while (true)
        {
            var fitted = Fit(points, takesPart);
            var falling = Enumerable.Range(0, takesPart.Length).Where(input => fitted[input] < 0).ToList();
            if (falling.Count == 0)
            {
                return (fitted[0], fitted[1], fitted[2], fitted[3]);
            }

            takesPart[falling.MinBy(input => fitted[input])] = false;
        }
    }

    private static double[] Fit(IReadOnlyList<CalibrationPoint> points, bool[] takesPart)
    {
        var rows = new SparseRows { Width = takesPart.Length };
        foreach (var point in points)
        {
            rows.Add(0, takesPart[0] ? (float)point.Margin : 0);
            rows.Add(1, takesPart[1] ? (float)point.Unlawful : 0);
            rows.Add(2, takesPart[2] ? (float)point.RuleScore : 0);
            rows.EndRow();
        }

        var loss = new LogisticLoss(
            rows, [.. Enumerable.Range(0, points.Count)], [.. points.Select(point => point.IsPositive)], [.. points.Select(point => point.Weight)], Strength);
        return new Lbfgs(loss.At, loss.Parameters).Minimise(new double[loss.Parameters], tolerance: 1e-7);
    }
}

/// <summary>One listing of the validation folds as calibration sees it.</summary>
/// <param name="Margin">Of a model that has not seen its group.</param>
/// <param name="Unlawful">The margin of being unlawful at all, of such a model.</param>
internal readonly record struct CalibrationPoint(double Margin, double Unlawful, double RuleScore, bool IsPositive, double Weight);
