namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>How pages were told that are known to be one thing.</summary>
/// <param name="Expected">What they are.</param>
/// <param name="Told">By what they were taken for.</param>
public sealed record OutcomeTally(string Expected, IReadOnlyDictionary<string, int> Told)
{
    public int Pages => Told.Values.Sum();

    public int Right => Told.GetValueOrDefault(Expected);

    /// <summary>Not taken for an answer; of pages that are one, each is a mistake.</summary>
    public int NoAnswer => Pages - Told.GetValueOrDefault("ok");

    /// <param name="withStatus">Whether their status is known, as to the crawler; otherwise it is taken for 200, as of a saved file.</param>
    /// <returns>In the order of <see cref="OutcomeExample.Names"/>; those without examples left out.</returns>
    public static IReadOnlyList<OutcomeTally> Of(PageReader reader, IEnumerable<OutcomeExample> examples, bool withStatus) =>
    [
        .. examples
            .Select(example => (example.Expected, Told: OutcomeExample.NameOf(reader.Read(example.Bytes, example.Url, "text/html; charset=utf-8", withStatus ? example.Status : 200))))
            .GroupBy(read => read.Expected)
            .OrderBy(read => OutcomeExample.Names.ToList().IndexOf(read.Key))
            .Select(read => new OutcomeTally(read.Key, read.CountBy(page => page.Told).ToDictionary())),
    ];
}
