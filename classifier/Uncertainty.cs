namespace Surveillance.Classifier;

/// <summary>How doubtful a decision is: 1 where its deciding finding lies on its threshold, less the farther away it lies.</summary>
/// <remarks>
/// The deciding finding is the one that lies highest above its type's threshold, or least below it: the decision turns when that one crosses. Where rules and model
/// were both asked and only one of them speaks for it, its distance counts half: two judges who disagree are less sure than one score says.
/// </remarks>
internal static class Uncertainty
{
    private const double Disagreement = 0.5;

    /// <summary>From 0 to 1, rounded to four places; null where nothing was found.</summary>
    /// <param name="findings">Their score, the threshold of their type, and whether only rules or only the model speak for them though both were asked.</param>
    public static double? Of(IEnumerable<(double Score, double Flag, bool IsDisputed)> findings)
    {
        (double Margin, bool IsDisputed)? deciding = null;
        foreach (var (score, flag, isDisputed) in findings)
        {
            if (deciding is null || score - flag > deciding.Value.Margin)
            {
                deciding = (score - flag, isDisputed);
            }
        }

        return deciding is { } found ? Math.Round(1 - (Math.Abs(found.Margin) * (found.IsDisputed ? Disagreement : 1)), 4) : null;
    }
}
