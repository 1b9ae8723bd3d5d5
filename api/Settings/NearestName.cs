namespace Surveillance.Api.Settings;

/// <summary>Which known name somebody most likely meant.</summary>
internal static class NearestName
{
    /// <returns>Null where none is known.</returns>
    public static string? Of(string meant, IEnumerable<string> known) =>
        known.MinBy(name => Distance(name.ToLowerInvariant(), meant.ToLowerInvariant()));

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
