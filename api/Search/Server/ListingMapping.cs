using System.Globalization;
using System.Text.Json.Nodes;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Server;

/// <summary>What an index of listings is made with: settings, analysis and a strict mapping.</summary>
internal static class ListingMapping
{
    public const string Grams = "grams";
    public const string Maker = "surveillance";
    public const string MadeBy = "made_by";
    public const string SchemaVersion = "schema_version";
    public const string RulesVersion = "rules_version";
    public const string Store = "store";

    // The server refuses a document with an exact value of more than 32,766 bytes. A passage that is so long is no reason for that: the text holds it too.
    private const int LongestPassage = 8_000;

    /// <summary>The body that makes an index.</summary>
    /// <param name="meta">What <see cref="Meta"/> made.</param>
    /// <param name="withAlias">Whether it is at once the one that is read and written.</param>
    public static JsonObject Index(int shards, JsonObject meta, bool withAlias)
    {
        var body = new JsonObject
        {
            ["settings"] = new JsonObject
            {
                ["number_of_shards"] = shards.ToString(CultureInfo.InvariantCulture),
                ["auto_expand_replicas"] = "0-1",
                ["refresh_interval"] = "1s",
                ["analysis"] = Analysis(),
            },
            ["mappings"] = new JsonObject
            {
                ["dynamic"] = "strict",
                ["_meta"] = meta,
                ["properties"] = Properties(),
            },
        };
        if (withAlias)
        {
            body["aliases"] = new JsonObject { [IndexSchema.Alias] = new JsonObject { ["is_write_index"] = true } };
        }

        return body;
    }

    /// <summary>What an index says of itself.</summary>
    /// <param name="rulesVersion">In force when it was begun; null where an older one does not say.</param>
    /// <param name="store">Whose listings it holds.</param>
    public static JsonObject Meta(int schemaVersion, string? rulesVersion, StoreId store) =>
        new() { [SchemaVersion] = schemaVersion, [RulesVersion] = rulesVersion, [MadeBy] = Maker, [Store] = store.Value };

    /// <summary>Documents hold units with spaces between them; each is indexed alone and, without the space, together with the one after it.</summary>
    private static JsonObject Analysis() => new()
    {
        ["filter"] = new JsonObject
        {
            ["pairs"] = new JsonObject
            {
                ["type"] = "shingle",
                ["min_shingle_size"] = 2,
                ["max_shingle_size"] = 2,
                ["output_unigrams"] = true,
                ["token_separator"] = "",
            },
        },
        ["analyzer"] = new JsonObject
        {
            ["units"] = new JsonObject { ["type"] = "custom", ["tokenizer"] = "whitespace", ["filter"] = new JsonArray("pairs") },
            ["as_given"] = new JsonObject { ["type"] = "custom", ["tokenizer"] = "whitespace" },
        },
    };

    private static JsonObject Properties()
    {
        var properties = new JsonObject
        {
            ["title"] = Typed("text"),
            ["text"] = Typed("text"),
            [Grams] = new JsonObject { ["type"] = "text", ["analyzer"] = "units", ["search_analyzer"] = "as_given", ["norms"] = false, ["position_increment_gap"] = 100 },
            ["words"] = new JsonObject { ["type"] = "text", ["analyzer"] = "as_given", ["norms"] = false, ["fielddata"] = true },
            ["price"] = Typed("double"),
            ["risk"] = Typed("float"),
            ["first_seen"] = Typed("date"),
            ["last_seen"] = Typed("date"),
            ["captured_at"] = Typed("date"),
            ["findings"] = Nested(
            [
                .. Exact("type", "rule", "sources", "law", "article"),
                KeyValuePair.Create<string, JsonNode?>("text", Passage()),
                KeyValuePair.Create<string, JsonNode?>("canonical", Passage()),
                KeyValuePair.Create<string, JsonNode?>("score", Typed("float")),
            ]),
            ["contacts"] = Nested(Exact("kind", "value")),
        };
        foreach (var (name, exact) in Exact(
            "id", "platform", "item_id", "url", "kind", "source", "seller", "location", "region", "currency", "items", "decision", "state", "rules_version", "model_version", "capture", "case_ids"))
        {
            properties[name] = exact;
        }

        return properties;
    }

    private static JsonObject Nested(IEnumerable<KeyValuePair<string, JsonNode?>> properties) =>
        new() { ["type"] = "nested", ["dynamic"] = "strict", ["properties"] = new JsonObject(properties) };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Exact(params IEnumerable<string> names) =>
        names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Typed("keyword")));

    private static JsonObject Passage() => new() { ["type"] = "keyword", ["ignore_above"] = LongestPassage };

    private static JsonObject Typed(string type) => new() { ["type"] = type };
}
