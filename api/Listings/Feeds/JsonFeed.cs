using System.Runtime.CompilerServices;
using System.Text.Json;
using Surveillance.Api.Settings;

namespace Surveillance.Api.Listings.Feeds;

/// <summary>Reads listings from JSON lines in a platform's own form, by a map of dotted paths.</summary>
internal static class JsonFeed
{
    /// <summary>A path that none of so many first lines has is taken for a slip.</summary>
    private const int Sample = 100;
    private const int MaxPaths = 500;

    /// <exception cref="FeedMapException">The map names a path that the first lines lack.</exception>
    public static async IAsyncEnumerable<ListingLine> ReadAsync(Stream stream, FeedMap map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = new List<ListingLine>();
        var (seen, known) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var line in JsonLines.ReadAsync(stream, (bytes, number) => Parse(bytes, number, map, held.Count < Sample ? seen : null, known), cancellationToken))
        {
            if (held.Count < Sample)
            {
                held.Add(line);
                if (held.Count < Sample)
                {
                    continue;
                }

                foreach (var first in Checked(held, map, seen, known))
                {
                    yield return first;
                }
            }
            else
            {
                yield return line;
            }
        }

        if (held.Count < Sample)
        {
            foreach (var first in Checked(held, map, seen, known))
            {
                yield return first;
            }
        }
    }

    private static List<ListingLine> Checked(List<ListingLine> lines, FeedMap map, HashSet<string> seen, HashSet<string> known)
    {
        foreach (var (field, paths) in map.Columns)
        {
            if (known.Count > 0 && paths.FirstOrDefault(path => !seen.Contains(path)) is { } missing)
            {
                throw new FeedMapException($"the map's {field} names {missing}, which none of the first {lines.Count} lines has; the nearest one is {NearestName.Of(missing, known)}");
            }
        }

        return lines;
    }

    private static ListingLine Parse(ReadOnlyMemory<byte> bytes, int number, FeedMap map, HashSet<string>? seen, HashSet<string> known)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return new ListingLine(number, null, "expected a JSON object");
            }

            if (seen is not null)
            {
                Note(root, "", map, seen, known);
            }

            return FeedRow.Read(number, map, field => map.Columns.TryGetValue(field, out var paths) ? Values(root, paths) : null);
        }
        catch (JsonException error)
        {
            return new ListingLine(number, null, $"expected a JSON object: {error.Message.Split(" Path:")[0]}");
        }
    }

    private static string? Values(JsonElement root, IReadOnlyList<string> paths)
    {
        var values = paths.Select(path => At(root, path)).Where(found => found is not null).SelectMany(found => Texts(found!.Value)).ToList();
        return values.Count == 0 ? null : string.Join('\n', values);
    }

    private static JsonElement? At(JsonElement root, string path)
    {
        var at = root;
        foreach (var step in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return root.TryGetProperty(path, out var whole) ? whole : null;
            }
        }

        return at;
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => [text],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    /// <summary>Which of the map's paths the object has, and which it could have named.</summary>
    private static void Note(JsonElement root, string prefix, FeedMap map, HashSet<string> seen, HashSet<string> known)
    {
        seen.UnionWith(map.Columns.Values.SelectMany(paths => paths).Where(path => At(root, path) is not null));
        Paths(root, prefix, known);
    }

    private static void Paths(JsonElement value, string prefix, HashSet<string> known)
    {
        foreach (var member in value.EnumerateObject().TakeWhile(_ => known.Count < MaxPaths))
        {
            known.Add(prefix + member.Name);
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Paths(member.Value, prefix + member.Name + ".", known);
            }
        }
    }
}
