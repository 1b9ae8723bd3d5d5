using System.Globalization;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>What an index of listings is made with: settings, analysis and a strict mapping.</summary>
internal static class ListingMapping
{
    public const string Grams = "grams";
    public const string Maker = "surveillance";
    public const string MadeBy = "made_by";
    public const string SchemaVersion = "schema_version";

    // No query is as long, so that a longer value is never asked for; the server refuses documents with exact values of 32,766 bytes.
    private const int LongestExact = 8_000;

    /// <summary>The body that makes an index.</summary>
    /// <param name="withAlias">Whether it is at once the one that is read and written.</param>
    public static JsonObject Index(int shards, string rulesVersion, bool withAlias)
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
                ["_meta"] = new JsonObject { [SchemaVersion] = IndexSchema.Version, ["rules_version"] = rulesVersion, [MadeBy] = Maker },
                ["properties"] = Properties(),
            },
        };
        if (withAlias)
        {
            body["aliases"] = new JsonObject { [IndexSchema.Alias] = new JsonObject { ["is_write_index"] = true } };
        }

        return body;
    }

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
            ["findings"] = Nested(Exact("type", "rule", "sources", "text", "canonical", "law", "article"), "score"),
            ["contacts"] = Nested(Exact("kind", "value")),
        };
        foreach (var (name, exact) in Exact(
            "id", "platform", "item_id", "url", "kind", "source", "seller", "location", "region", "currency", "items", "decision", "state", "rules_version", "model_version", "capture", "case_ids"))
        {
            properties[name] = exact?.DeepClone();
        }

        return properties;
    }

    private static JsonObject Nested(JsonObject properties, string? number = null)
    {
        if (number is not null)
        {
            properties[number] = Typed("float");
        }

        return new JsonObject { ["type"] = "nested", ["dynamic"] = "strict", ["properties"] = properties };
    }

    private static JsonObject Exact(params IEnumerable<string> names)
    {
        var fields = new JsonObject();
        foreach (var name in names)
        {
            fields[name] = new JsonObject { ["type"] = "keyword", ["ignore_above"] = LongestExact };
        }

        return fields;
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };
}
