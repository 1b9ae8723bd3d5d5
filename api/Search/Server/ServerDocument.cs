using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Surveillance.Classifier;

namespace Surveillance.Api.Search.Server;

/// <summary>An index document as the server keeps it: without the unknown, and its version beside it.</summary>
internal static class ServerDocument
{
    private static readonly JsonSerializerOptions Options = new(ContractJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="ArgumentException">It has a number that JSON can't say.</exception>
    public static void Write(Utf8JsonWriter writer, IndexDocument document) => JsonSerializer.Serialize(writer, document, Options);

    /// <summary>What of a document a hit shall bring: <c>grams</c> are for matching alone.</summary>
    public static JsonObject Fields() => new() { ["excludes"] = new JsonArray(ListingMapping.Grams) };

    public static IndexDocument Read(JsonElement hit)
    {
        var document = hit.Child("_source").Deserialize<IndexDocument>(Options) ?? throw new JsonException("a hit without a document");
        return document with { Version = hit.Child("_version").Whole() ?? 0 };
    }
}
