namespace Surveillance.Classifier.Model.Training;

/// <summary>Fits the weights of one violation type, or of being unlawful at all.</summary>
/// <param name="type">Null for being unlawful at all.</param>
internal sealed class TypeTrainer(TrainingMatrix matrix, IReadOnlyList<TrainingListing> listings, string? type, double strength)
{
    /// <summary>Types that hang on where a listing stands, which a bare row does not say.</summary>
    private static readonly string[] OfPlace = ["restricted-item", "fake-gov-site"];

    private readonly bool[] _isPositive = [.. matrix.Of.Select(row => type is null ? listings[row.Listing].Types.Count > 0 : listings[row.Listing].Types.Contains(type))];

    /// <summary>Whether a row says for certain if it is of the type, and the program would ask the model about it at all.</summary>
    public bool Counts(int row)
    {
        var (of, listing) = (matrix.Of[row], listings[matrix.Of[row].Listing]);
        return of.HasCue && !IsArguable(listing) && !(of.IsBare && _isPositive[row] && HangsOnPlace(listing));
    }

    private bool IsArguable(TrainingListing listing) =>
        type is null ? listing.Types.Count == 0 && listing.Maybe.Count > 0 : listing.Maybe.Contains(type);

    private bool HangsOnPlace(TrainingListing listing) => type is null ? listing.Types.All(OfPlace.Contains) : OfPlace.Contains(type);

    public bool IsPositive(int row) => _isPositive[row];

    /// <summary>Weights by column, and last the bias.</summary>
    /// <param name="rows">Those to learn from; rows that do not count are passed over.</param>
    public double[] Fit(IEnumerable<int> rows)
    {
        var selected = rows.Where(Counts).ToList();
        var positives = selected.Count(row => _isPositive[row]);
        var favour = positives == 0 ? 1 : Math.Clamp(Math.Sqrt((selected.Count - positives) / (double)positives), 1, 6);
        var weights = matrix.Of.Select((row, place) => (_isPositive[place] ? favour : 1) * (row.IsBare || listings[row.Listing].Kind == TrainingKind.Derived ? 0.5 : 1)).ToArray();
        var loss = new LogisticLoss(matrix.Rows, selected, _isPositive, weights, strength);
        return new Lbfgs(loss.At, loss.Parameters).Minimise(new double[loss.Parameters]);
    }
}
