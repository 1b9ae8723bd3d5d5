namespace Surveillance.Classifier.Model.Training;

/// <summary>Fits one logistic regression for each of some classes, one against the rest.</summary>
public static class ClassTrainer
{
    /// <param name="rows">By example: its columns and their values.</param>
    /// <param name="columns">How many there are.</param>
    /// <param name="isOfClass">By class and example.</param>
    /// <param name="weights">By example: how much it counts.</param>
    /// <param name="strength">Of the regularisation: half of it times the squared length of the weights is added to the loss.</param>
    /// <returns>By class: weights by column, and last the bias. The same input gives the same bits on the same machine.</returns>
    public static double[][] Fit(
        IReadOnlyList<IReadOnlyList<(int Column, float Value)>> rows, int columns, IReadOnlyList<bool[]> isOfClass, double[] weights, double strength)
    {
        var matrix = new SparseRows { Width = columns };
        foreach (var row in rows)
        {
            foreach (var (column, value) in row)
            {
                matrix.Add(column, value);
            }

            matrix.EndRow();
        }

        int[] all = [.. Enumerable.Range(0, rows.Count)];
        return [.. isOfClass.Select(of => new LogisticLoss(matrix, all, of, weights, strength)).Select(loss => new Lbfgs(loss.At, loss.Parameters).Minimise(new double[loss.Parameters]))];
    }
}
