using System.Text.Json;

namespace Surveillance.Api.Search.Server;

/// <summary>Reads answers whose shape is the server's, so that a missing member is an answer too.</summary>
internal static class JsonReading
{
    /// <summary>Undefined where the element is no object or has no such member.</summary>
    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    /// <summary>Null where the element is no string.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Null where the element is no whole number.</summary>
    public static long? Whole(this JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;

    /// <summary>Nothing where the element is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    /// <summary>Nothing where the element is no object.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                yield return member;
            }
        }
    }
}
