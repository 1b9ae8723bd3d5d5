using Surveillance.Classifier.Model.Training;

namespace Surveillance.Tests.Model;

public sealed class LogisticLossTests
{
    private static readonly SparseRows Rows = Some.Rows([(0, 1f), (2, 0.5f)], [(1, -2f)], [(0, 0.3f), (1, 0.7f)], [(2, -1f)]);
    private static readonly LogisticLoss Loss = new(Rows, [0, 1, 2, 3], [true, false, true, false], [1, 2, 0.5, 1], 0.3);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0.7, -1.2, 2, 0.4)]
    [InlineData(-40, 30, 9, -5)]
    public void The_gradient_is_the_slope_of_the_loss_at(double first, double second, double third, double bias)
    {
        double[] point = [first, second, third, bias];
        var gradient = new double[4];
        Loss.At(point, gradient);

        for (var at = 0; at < point.Length; at++)
        {
            const double Step = 1e-5;
            var (above, below) = (point.ToArray(), point.ToArray());
            above[at] += Step;
            below[at] -= Step;
            var slope = (Loss.At(above, new double[4]) - Loss.At(below, new double[4])) / (2 * Step);
            Assert.Equal(slope, gradient[at], 5);
        }
    }

    [Fact]
    public void Minimising_ends_where_the_gradient_is_nought()
    {
        var point = new Lbfgs(Loss.At, 4).Minimise(new double[4], tolerance: 1e-9);
        var gradient = new double[4];
        Loss.At(point, gradient);

        Assert.All(gradient, slope => Assert.Equal(0, slope, 6));
    }

    [Fact]
    public void A_separable_set_is_separated()
    {
        var rows = Some.Rows([(0, 1f)], [(0, 1f), (1, 1f)], [(2, 1f)], [(1, 1f), (2, 1f)]);
        var point = new Lbfgs(new LogisticLoss(rows, [0, 1, 2, 3], [true, true, false, false], [1, 1, 1, 1], 0.01).At, 4).Minimise(new double[4]);

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(row => rows.Dot(row, point) + point[^1] > 0));
    }

    private static class Some
    {
        public static SparseRows Rows(params (int Column, float Value)[][] rows)
        {
            var made = new SparseRows { Width = 3 };
            foreach (var row in rows)
            {
                foreach (var (column, value) in row)
                {
                    made.Add(column, value);
                }

                made.EndRow();
            }

            return made;
        }
    }
}
