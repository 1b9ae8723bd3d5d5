namespace Surveillance.Classifier.Model.Training;

/// <summary>Minimises a smooth convex function by limited-memory BFGS with a backtracking line search.</summary>
/// <remarks>Sums run in one fixed order, so that the same problem gives the same bits on the same machine.</remarks>
internal sealed class Lbfgs(Lbfgs.Function function, int parameters)
{
    private const int Memory = 8;
    private const double Decrease = 1e-4;

    private readonly Queue<(double[] Step, double[] Turn, double Inverse)> _past = new();

    /// <summary>The value at a point, and the gradient there.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <param name="start">From where to go; left as it is.</param>
    /// <param name="tolerance">The gradient's length, as a share of the first, at which it is enough.</param>
    public double[] Minimise(double[] start, double tolerance = 1e-3, int mostSteps = 200)
    {
        var point = start.AsSpan().ToArray();
        var gradient = new double[parameters];
        var value = function(point, gradient);
        var enough = tolerance * Length(gradient);
        for (var step = 0; step < mostSteps && Length(gradient) > enough; step++)
        {
            var direction = Direction(gradient);
            var (next, nextGradient, nextValue) = Search(point, value, gradient, direction, step == 0 ? 1 / Math.Max(1, Length(gradient)) : 1);
            if (nextValue >= value)
            {
                break;
            }

            Remember(point, gradient, next, nextGradient);
            (point, gradient, value) = (next, nextGradient, nextValue);
        }

        return point;
    }

    private (double[] Point, double[] Gradient, double Value) Search(double[] point, double value, double[] gradient, double[] direction, double length)
    {
        var slope = Dot(gradient, direction);
        var next = new double[parameters];
        var nextGradient = new double[parameters];
        for (var tries = 0; tries < 30; tries++, length /= 2)
        {
            AddScaled(direction, length, point, next);
            var reached = function(next, nextGradient);
            if (reached <= value + (Decrease * length * slope))
            {
                return (next, nextGradient, reached);
            }
        }

        return (point, gradient, value);
    }

    private double[] Direction(double[] gradient)
    {
        var direction = gradient.Select(part => -part).ToArray();
        var shares = new Stack<double>();
        foreach (var (step, turn, inverse) in _past.Reverse())
        {
            var share = inverse * Dot(step, direction);
            AddScaled(turn, -share, direction, direction);
            shares.Push(share);
        }

        if (_past.Count > 0)
        {
            var (step, turn, _) = _past.Last();
            var scale = Dot(step, turn) / Dot(turn, turn);
            AddScaled(direction, scale - 1, direction, direction);
        }

        foreach (var (step, turn, inverse) in _past)
        {
            var share = inverse * Dot(turn, direction);
            AddScaled(step, shares.Pop() - share, direction, direction);
        }

        return direction;
    }

    private void Remember(double[] point, double[] gradient, double[] next, double[] nextGradient)
    {
        var step = new double[parameters];
        var turn = new double[parameters];
        AddScaled(point, -1, next, step);
        AddScaled(gradient, -1, nextGradient, turn);
        var curvature = Dot(step, turn);
        if (curvature <= 1e-12)
        {
            return;
        }

        _past.Enqueue((step, turn, 1 / curvature));
        if (_past.Count > Memory)
        {
            _past.Dequeue();
        }
    }

    // Plain loops, not vector instructions: those would sum in another order on another machine.
    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var at = 0; at < left.Length; at++)
        {
            sum += left[at] * right[at];
        }

        return sum;
    }

    private static void AddScaled(double[] vector, double scale, double[] to, double[] result)
    {
        for (var at = 0; at < vector.Length; at++)
        {
            result[at] = to[at] + (scale * vector[at]);
        }
    }

    private static double Length(double[] vector) => Math.Sqrt(Dot(vector, vector));
}
