using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surveillance.DemoMarket.Listings;

/// <summary>The listings that the marketplace opens with, read once from the files built into the assembly.</summary>
public static class ListingFiles
{
    private const string Prefix = "listings/";

    private static readonly Assembly Owner = typeof(ListingFiles).Assembly;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>All of them, ads too, by kind and then as filed.</summary>
    public static IReadOnlyList<MarketListing> All { get; } =
        [.. Owner.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(name => Lines<MarketListing>(name).Select(listing => listing with { Kind = name[Prefix.Length..] }))];

    /// <exception cref="JsonException">A line has an unknown member or lacks one.</exception>
    internal static IEnumerable<T> Lines<T>(string resource)
    {
        using var reader = new StringReader(Text(resource));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<T>(line, Strict)
                ?? throw new JsonException($"{resource}: expected an object on each line, found null.");
        }
    }

    internal static string Text(string resource)
    {
        using var stream = Owner.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"The assembly holds no resource named {resource}.", nameof(resource));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
