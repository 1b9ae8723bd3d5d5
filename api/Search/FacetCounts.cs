using System.Runtime.InteropServices;

namespace Surveillance.Api.Search;

/// <summary>Sums up how many match, by facet and key. Not thread safe.</summary>
internal sealed class FacetCounts
{
    private readonly Dictionary<string, Dictionary<string, long>> _counts =
        Facet.All.ToDictionary(facet => facet, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);

    public void Add(string facet, string key, long count) => CollectionsMarshal.GetValueRefOrAddDefault(_counts[facet], key, out _) += count;

    /// <summary>Every facet, also where nothing matches; days by time, all others by count falling, then key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> InOrder() => _counts.ToDictionary(
        pair => pair.Key,
        pair => Order(pair.Key, pair.Value.Select(count => new FacetCount(count.Key, count.Value))),
        StringComparer.Ordinal);

    /// <summary>In the order in which every engine gives them.</summary>
    public static IReadOnlyList<FacetCount> Order(string facet, IEnumerable<FacetCount> counts) =>
        [.. counts.OrderByDescending(count => facet == Facet.Day ? 0 : count.Count).ThenBy(count => count.Key, StringComparer.Ordinal)];
}
