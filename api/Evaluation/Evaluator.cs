using System.Collections.Immutable;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>Assesses labelled listings and compares.</summary>
/// <param name="day">For listings without a day of their own.</param>
internal sealed class Evaluator(TextClassifier classifier, DateOnly day, TimeProvider time)
{
    private const int MostMistakes = 60;

    /// <summary>So many are assessed once more to take the time: the first round also pays for starting up.</summary>
    private const int MostTimed = 5_000;

    public EvaluationResult Evaluate(IReadOnlyList<LabelledListing> listings, Disguising? disguising = null)
    {
        var judged = listings.Select(listing => new Judged(listing, classifier.Classify(listing.Listing, day), classifier)).ToList();
        var counted = judged.Where(row => row.Labelled.Counts).ToList();
        var violating = counted.Where(row => row.Labelled.IsViolating).ToList();
        var lawful = counted.Where(row => !row.Labelled.IsViolating).ToList();
        var flagged = counted.Where(row => row.IsFlagged).ToList();
        var missed = violating.Where(row => !row.IsFlagged).ToList();
        return new EvaluationResult(
            listings.Count,
            Speed([.. listings.Take(MostTimed)]),
            classifier.RulesVersion,
            classifier.Model?.Version,
            Of(judged, row => row.IsInReview),
            Of(flagged, row => row.Labelled.IsViolating),
            Of(violating, row => row.IsFlagged),
            Of(lawful, row => row.IsFlagged),
            Of(lawful, row => row.IsInReview),
            Of(missed, row => row.IsInReview),
            [.. ViolationType.OfText.Select(type => OfType(type, judged))],
            [.. lawful.GroupBy(row => row.Labelled.Origin ?? "—").OrderByDescending(source => source.Count()).ThenBy(source => source.Key, StringComparer.Ordinal)
                .Select(source => new SourceResult(source.Key, Of(source, row => row.IsFlagged), Of(source, row => row.IsInReview)))],
            Bands(judged),
            Curve(counted, row => row.Labelled.IsViolating, row => row.Assessment.Risk),
            Confusion(violating),
            [.. judged.Select(row => row.Mistake()).OfType<Mistake>().OrderByDescending(mistake => mistake.Weight).Take(MostMistakes)],
            disguising is null ? [] : disguising.Measure([.. violating.Select(row => (row.Labelled, row.Assessment))], day));
    }

    private double? Speed(List<LabelledListing> listings)
    {
        var began = time.GetTimestamp();
        listings.ForEach(listing => classifier.Classify(listing.Listing, day));
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        return listings.Count > 0 && seconds > 0 ? Math.Round(listings.Count / seconds) : null;
    }

    private static Share Of(IEnumerable<Judged> rows, Func<Judged, bool> holds) => new(rows.Count(holds), rows.Count());

    private static TypeResult OfType(string type, List<Judged> judged)
    {
        var counted = judged.Where(row => row.Labelled.CountsFor(type)).ToList();
        return new TypeResult(
            type,
            Of(counted.Where(row => row.Flagged.Contains(type)), row => row.Labelled.Types.Contains(type)),
            Of(counted.Where(row => row.Labelled.Types.Contains(type)), row => row.Flagged.Contains(type)),
            Curve(counted, row => row.Labelled.Types.Contains(type), row => row.Score(type)));
    }

    private static ImmutableArray<CalibrationBand> Bands(List<Judged> judged)
    {
        var findings = judged.SelectMany(row => row.Assessment.Findings
            .Where(finding => row.Labelled.CountsFor(finding.Type))
            .Select(finding => (finding.Score, IsRight: row.Labelled.Types.Contains(finding.Type)))).ToList();
        return [.. Enumerable.Range(0, 10)
            .Select(band => (Band: band, Of: findings.Where(finding => (int)Math.Min(9, finding.Score * 10) == band).ToList()))
            .Where(band => band.Of.Count > 0)
            .Select(band => new CalibrationBand(
                band.Band / 10.0,
                (band.Band + 1) / 10.0,
                Math.Round(band.Of.Average(finding => finding.Score), 4),
                new Share(band.Of.Count(finding => finding.IsRight), band.Of.Count)))];
    }

    private static ImmutableArray<CurvePoint> Curve(List<Judged> counted, Func<Judged, bool> holds, Func<Judged, double> score) =>
        [.. Enumerable.Range(1, 19).Select(step => step / 20.0).Select(from => new CurvePoint(
            from,
            Of(counted.Where(row => score(row) >= from), holds),
            Of(counted.Where(holds), row => score(row) >= from)))];

    private static ImmutableArray<ConfusionCell> Confusion(List<Judged> violating) =>
        [.. violating.Where(row => row.Labelled.Types.Length == 1)
            .SelectMany(row => row.Flagged.Where(row.Labelled.CountsFor).DefaultIfEmpty("—").Select(flagged => (Type: row.Labelled.Types[0], Flagged: flagged)))
            .GroupBy(cell => cell)
            .OrderBy(cell => cell.Key.Type, StringComparer.Ordinal)
            .ThenByDescending(cell => cell.Count())
            .ThenBy(cell => cell.Key.Flagged, StringComparer.Ordinal)
            .Select(cell => new ConfusionCell(cell.Key.Type, cell.Key.Flagged, cell.Count()))];

    /// <param name="Flagged">Types whose finding reaches its threshold.</param>
    private sealed record Judged(LabelledListing Labelled, Assessment Assessment, ImmutableArray<string> Flagged)
    {
        public Judged(LabelledListing labelled, Assessment assessment, TextClassifier classifier)
            : this(labelled, assessment, [.. assessment.Findings.Where(finding => finding.Score >= classifier.FlagFrom(finding.Type)).Select(finding => finding.Type)])
        {
        }

        public bool IsFlagged => Assessment.Decision == Decision.Flag;

        public bool IsInReview => Assessment.Decision == Decision.Review;

        public Mistake? Mistake()
        {
            ImmutableArray<string> missed = Labelled.IsUnclear ? [] : [.. Labelled.Types.Where(type => !Flagged.Contains(type))];
            ImmutableArray<string> wrong = [.. Flagged.Where(type => Labelled.CountsFor(type) && !Labelled.Types.Contains(type))];
            var sureOfWrong = wrong.Select(Score).DefaultIfEmpty().Max();
            var sureOfMissed = missed.Select(type => 1 - Score(type)).DefaultIfEmpty().Max();
            // A lawful listing that is flagged, and an unlawful one that nobody sees, are worse than a type too many or too few.
            var grave = (IsFlagged && !Labelled.IsViolating) || (Labelled.IsViolating && !IsFlagged) ? 0.5 : 0;
            return missed.IsEmpty && wrong.IsEmpty ? null : new Mistake(Labelled, Assessment, missed, wrong, grave + (Math.Max(sureOfWrong, sureOfMissed) / 2));
        }

        /// <summary>Of the type's finding; 0 without one.</summary>
        public double Score(string type) => Assessment.Findings.FirstOrDefault(finding => finding.Type == type)?.Score ?? 0;
    }
}
