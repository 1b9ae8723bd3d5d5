using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Model.Training;

/// <summary>Rows of a sparse matrix, one behind the other.</summary>
internal sealed class SparseRows
{
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private readonly List<int> _starts = [0];

    public int Count => _starts.Count - 1;

    /// <summary>How many columns there are; set by whoever fills the rows.</summary>
    public int Width { get; set; }

    public void Add(int column, float value)
    {
        _columns.Add(column);
        _values.Add(value);
    }

    public void EndRow() => _starts.Add(_columns.Count);

    public double Dot(int row, ReadOnlySpan<double> weights)
    {
        var (from, to) = (_starts[row], _starts[row + 1]);
        var columns = CollectionsMarshal.AsSpan(_columns)[from..to];
        var values = CollectionsMarshal.AsSpan(_values)[from..to];
        var sum = 0.0;
        for (var at = 0; at < columns.Length; at++)
        {
            sum += values[at] * weights[columns[at]];
        }

        return sum;
    }

    /// <summary>Adds a row, times a factor, to a dense vector.</summary>
    public void AddTo(int row, double factor, Span<double> target)
    {
        var (from, to) = (_starts[row], _starts[row + 1]);
        var columns = CollectionsMarshal.AsSpan(_columns)[from..to];
        var values = CollectionsMarshal.AsSpan(_values)[from..to];
        for (var at = 0; at < columns.Length; at++)
        {
            target[columns[at]] += factor * values[at];
        }
    }
}
