namespace Surveillance.Classifier.Model.Training;

/// <summary>Measures how rules and model together do on listings that the model had not seen.</summary>
internal static class Validation
{
    /// <param name="margins">By type and row, from models that had not seen the row.</param>
    public static ModelMetrics Measure(IReadOnlyList<TrainingListing> listings, TrainingMatrix matrix, IReadOnlyList<ModelType> types, double[][] margins)
    {
        var judged = Judge(listings, matrix, types, margins, _ => true);
        var counted = judged.Where(row => row.Listing.Types.Count > 0 || row.Listing.IsLawful).ToList();
        var flagged = counted.Where(row => row.IsFlagged(types)).ToList();
        var hard = judged.Where(row => row.Listing.IsLawful && row.Listing.Kind != TrainingKind.Ordinary).ToList();
        var ordinary = judged.Where(row => row.Listing.Kind == TrainingKind.Ordinary).ToList();
        return new ModelMetrics(
            Share(flagged, row => row.Listing.Types.Count > 0),
            Share(counted.Where(row => row.Listing.Types.Count > 0).ToList(), row => row.IsFlagged(types)),
            Share(hard, row => row.IsFlagged(types)),
            Share(hard, row => row.IsReviewed(types)),
            Share(ordinary, row => row.IsFlagged(types)),
            Share(ordinary, row => row.IsReviewed(types)),
            [.. types.Select((type, index) => OfType(type, index, judged))]);
    }

    /// <param name="isMeasured">By listing.</param>
    public static Tally Tally(
        IReadOnlyList<TrainingListing> listings, TrainingMatrix matrix, IReadOnlyList<ModelType> types, double[][] margins, bool[] isMeasured)
    {
        var judged = Judge(listings, matrix, types, margins, listing => isMeasured[listing]);
        var violating = judged.Where(row => row.Listing.Types.Count > 0).ToList();
        var lawful = judged.Where(row => row.Listing.IsLawful).ToList();
        return new Tally(
            violating.Count,
            violating.Count(row => row.IsFlagged(types)),
            violating.Count(row => row.IsReviewed(types)),
            lawful.Count,
            lawful.Count(row => row.IsFlagged(types)),
            lawful.Count(row => row.IsReviewed(types)));
    }

    private static List<Judged> Judge(
        IReadOnlyList<TrainingListing> listings, TrainingMatrix matrix, IReadOnlyList<ModelType> types, double[][] margins, Func<int, bool> isMeasured) =>
        [.. matrix.Of.Index()
            .Where(row => !row.Item.IsBare && listings[row.Item.Listing].Kind != TrainingKind.Derived && isMeasured(row.Item.Listing))
            .Select(row => new Judged(listings[row.Item.Listing], [.. types.Select((type, index) =>
                row.Item.HasCue ? type.Probability(margins[index][row.Index], margins[^1][row.Index], row.Item.RuleScores[index]) : 0)]))];

    private static TypeMetrics OfType(ModelType type, int index, List<Judged> judged)
    {
        var counted = judged.Where(row => !row.Listing.Maybe.Contains(type.Type)).ToList();
        var positive = counted.Where(row => row.Listing.Types.Contains(type.Type)).ToList();
        var flagged = counted.Where(row => row.Probabilities[index] >= type.Flag).ToList();
        return new TypeMetrics(
            type.Type, positive.Count, Share(flagged, row => row.Listing.Types.Contains(type.Type)), Share(positive, row => row.Probabilities[index] >= type.Flag));
    }

    private static double Share(List<Judged> rows, Func<Judged, bool> holds) => rows.Count == 0 ? 1 : Math.Round(rows.Count(holds) / (double)rows.Count, 4);

    private sealed record Judged(TrainingListing Listing, double[] Probabilities)
    {
        public bool IsFlagged(IReadOnlyList<ModelType> types) => types.Index().Any(type => Probabilities[type.Index] >= type.Item.Flag);

        public bool IsReviewed(IReadOnlyList<ModelType> types) =>
            !IsFlagged(types) && types.Index().Any(type => Probabilities[type.Index] >= type.Item.Review);
    }
}
