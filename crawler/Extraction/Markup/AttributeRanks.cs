using System.Collections.Frozen;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Names of attributes that may hold the same thing, in order of preference.</summary>
internal static class AttributeRanks
{
    /// <param name="names">In lower case, best first.</param>
    public static FrozenDictionary<string, int> Of(params string[] names) =>
        names.Select((name, rank) => KeyValuePair.Create(name, rank)).ToFrozenDictionary(StringComparer.Ordinal);
}
