using System.Text.Json;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>Counts by each facet, asked for and read.</summary>
/// <remarks>A facet has as many values as are asked of every shard, so that its counts are exact however many shards there are; all facets together stay below what a server answers at most.</remarks>
internal static class ServerFacets
{
    // Of 65,535 that a server answers by default in all, shared by six facets; days are a few thousand at most.
    private const int MostValues = 10_000;
    private const string Values = "values";
    private const string Listings = "listings";

    public static JsonObject Asked()
    {
        var asked = new JsonObject();
        foreach (var facet in Facet.All)
        {
            asked[facet] = facet switch
            {
                Facet.Type => new JsonObject
                {
                    ["nested"] = new JsonObject { ["path"] = "findings" },
                    ["aggs"] = new JsonObject { [Values] = Terms("findings.type", new JsonObject { [Listings] = new JsonObject { ["reverse_nested"] = new JsonObject() } }) },
                },
                Facet.Day => Days(),
                Facet.Item => Terms("items"),
                _ => Terms(facet),
            };
        }

        return asked;
    }

    /// <summary>Each facet's values in <see cref="FacetCounts"/>'s order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Read(JsonElement aggregations) =>
        Facet.All.ToDictionary(facet => facet, facet => Counts(facet, aggregations.Child(facet)), StringComparer.Ordinal);

    private static IReadOnlyList<FacetCount> Counts(string facet, JsonElement counted)
    {
        var values = facet == Facet.Type ? counted.Child(Values) : counted;
        return FacetCounts.Order(facet, values.Child("buckets").Items().Select(Count));
    }

    private static FacetCount Count(JsonElement bucket)
    {
        var counted = bucket.Child(Listings) is { ValueKind: JsonValueKind.Object } listings ? listings : bucket;
        return new FacetCount(bucket.Child("key_as_string").Text() ?? bucket.Child("key").Text() ?? "", counted.Child("doc_count").Whole() ?? 0);
    }

    private static JsonObject Terms(string field, JsonObject? below = null)
    {
        var terms = new JsonObject { ["terms"] = new JsonObject { ["field"] = field, ["size"] = MostValues } };
        if (below is not null)
        {
            terms["aggs"] = below;
        }

        return terms;
    }

    private static JsonObject Days() => new()
    {
        ["date_histogram"] = new JsonObject
        {
            ["field"] = "first_seen",
            ["calendar_interval"] = "day",
            ["time_zone"] = "Asia/Shanghai",
            ["format"] = "yyyy-MM-dd",
            ["min_doc_count"] = 1,
        },
    };
}
