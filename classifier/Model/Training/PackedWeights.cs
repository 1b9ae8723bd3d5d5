namespace Surveillance.Classifier.Model.Training;

/// <summary>Weights as a model file keeps them: the largest only, as whole numbers, found by a table of keys.</summary>
internal sealed class PackedWeights
{
    /// <param name="keys">By column.</param>
    /// <param name="weights">By type and column.</param>
    /// <param name="most">How many features to keep.</param>
    public PackedWeights(uint[] keys, double[][] weights, int most)
    {
        var columns = Enumerable.Range(0, keys.Length)
            .Select(column => (Column: column, Largest: weights.Max(type => Math.Abs(type[column]))))
            .Where(column => column.Largest > 0)
            .OrderByDescending(column => column.Largest)
            .ThenBy(column => keys[column.Column])
            .Take(most)
            .Select(column => column.Column)
            .ToArray();
        Steps = [.. weights.Select(type => columns.Select(column => Math.Abs(type[column])).DefaultIfEmpty().Max() is var largest and > 0 ? largest / short.MaxValue : 1)];
        Weights = new short[columns.Length * ModelFile.RowWidth];
        Table = new ulong[Math.Max(16, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)columns.Length * 2))];
        for (var row = 0; row < columns.Length; row++)
        {
            for (var type = 0; type < weights.Length; type++)
            {
                Weights[(row * ModelFile.RowWidth) + type] = (short)Math.Round(weights[type][columns[row]] / Steps[type]);
            }

            Place(keys[columns[row]], row);
        }
    }

    /// <summary>By type: what one unit is worth.</summary>
    public double[] Steps { get; }

    public short[] Weights { get; }

    public ulong[] Table { get; }

    public int Kept => Weights.Length / ModelFile.RowWidth;

    private void Place(uint key, int row)
    {
        var mask = (uint)Table.Length - 1;
        var place = StatisticalModel.Home(key, mask);
        while (Table[place] != 0)
        {
            place = (place + 1) & mask;
        }

        Table[place] = key | ((ulong)(uint)row << 32);
    }
}
