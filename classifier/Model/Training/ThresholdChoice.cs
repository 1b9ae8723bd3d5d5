namespace Surveillance.Classifier.Model.Training;

/// <summary>Chooses from which probability a type flags and is listed.</summary>
internal static class ThresholdChoice
{
    /// <summary>How little of a lawful look-alike's share may be listed by one type below its threshold.</summary>
    private const double InReview = 0.005;

    private const double Lowest = 0.12;

    /// <summary>Share of the best F1 that a threshold must keep.</summary>
    private const double WorthKeeping = 0.75;

    /// <summary>The threshold with the best F1 among those that reach the precision; a little less precision is asked where that would cost most of the recall.</summary>
    public static (double Flag, double Review) Choose(IEnumerable<(double Probability, bool IsPositive)> validated, double precision)
    {
        var points = validated.OrderByDescending(point => point.Probability).ToList();
        var any = Best(points, 0);
        var best = Best(points, precision);
        for (var asked = precision; best.F1 < WorthKeeping * any.F1 && asked > 0; asked -= 0.02)
        {
            best = Best(points, asked);
        }

        var flag = Math.Round(Math.Clamp(best.At, 0.2, 0.95), 4);
        return (flag, Review(points, flag));
    }

    private static (double F1, double At) Best(List<(double Probability, bool IsPositive)> points, double precision)
    {
        var positives = points.Count(point => point.IsPositive);
        var best = (F1: -1.0, At: 0.5);
        var found = 0;
        for (var place = 0; place < points.Count; place++)
        {
            found += points[place].IsPositive ? 1 : 0;
            var isTied = place + 1 < points.Count && points[place + 1].Probability == points[place].Probability;
            var f1 = 2.0 * found / (place + 1 + positives);
            if (!isTied && f1 > best.F1 && found >= precision * (place + 1))
            {
                best = (f1, place + 1 < points.Count ? (points[place].Probability + points[place + 1].Probability) / 2 : points[place].Probability);
            }
        }

        return best;
    }

    /// <summary>As low as leaves few lawful listings between it and the threshold.</summary>
    private static double Review(List<(double Probability, bool IsPositive)> points, double flag)
    {
        var allowed = (int)(InReview * points.Count(point => !point.IsPositive));
        foreach (var point in points.Where(point => !point.IsPositive && point.Probability < flag))
        {
            if (allowed-- <= 0)
            {
                return Math.Round(Math.Clamp(point.Probability + 0.0001, Lowest, flag), 4);
            }
        }

        return Math.Min(Lowest, flag);
    }
}
