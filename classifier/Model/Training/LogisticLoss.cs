namespace Surveillance.Classifier.Model.Training;

/// <summary>The L2-regularised logistic loss of one type over some rows. The last parameter is the bias, which is not regularised.</summary>
/// <param name="selected">Rows that take part.</param>
/// <param name="isPositive">By row of <paramref name="rows"/>.</param>
/// <param name="weights">By row: how much its loss counts.</param>
/// <param name="strength">Of the regularisation: half of it times the squared length of the weights is added.</param>
internal sealed class LogisticLoss(SparseRows rows, IReadOnlyList<int> selected, bool[] isPositive, double[] weights, double strength)
{
    public int Parameters => rows.Width + 1;

    /// <summary>The loss at a point, and its gradient there.</summary>
    public double At(ReadOnlySpan<double> point, Span<double> gradient)
    {
        var bias = point[^1];
        var loss = 0.0;
        gradient.Clear();
        foreach (var row in selected)
        {
            var margin = rows.Dot(row, point) + bias;
            var signed = isPositive[row] ? margin : -margin;
            loss += weights[row] * SoftPlus(-signed);
            var slope = weights[row] * Logistic(-signed) * (isPositive[row] ? -1 : 1);
            rows.AddTo(row, slope, gradient);
            gradient[^1] += slope;
        }

        for (var column = 0; column < rows.Width; column++)
        {
            loss += strength / 2 * point[column] * point[column];
            gradient[column] += strength * point[column];
        }

        return loss;
    }

    /// <summary>1 / (1 + e^−x) without overflow.</summary>
    public static double Logistic(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var power = Math.Exp(x);
        return power / (1 + power);
    }

    /// <summary>log(1 + e^x) without overflow.</summary>
    private static double SoftPlus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));
}
