using System.Collections.Immutable;
using System.Text.Json;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>A listing with what a person said of it.</summary>
/// <param name="Types">That certainly apply.</param>
/// <param name="Maybe">Arguable ones: never counted either way.</param>
/// <param name="Group">Near-duplicates share it; the id where none is given.</param>
/// <param name="Source">Where it was found or who wrote it; null where unsaid.</param>
/// <param name="IsUnclear">Nobody could say; not counted at all.</param>
internal sealed record LabelledListing(
    Listing Listing, ImmutableArray<string> Types, ImmutableArray<string> Maybe, string Group, string? Source, bool IsUnclear)
{
    public bool IsViolating => Types.Length > 0;

    /// <summary>The source up to a revision or a place in it, so that one file of a repository, or one site, is one; null where none is given.</summary>
    public string? Origin => Source?.Split('@', ' ')[0];

    /// <summary>Whether it counts where only flagged or not is asked.</summary>
    public bool Counts => !IsUnclear && (IsViolating || Maybe.IsEmpty);

    /// <summary>Whether it counts for a type.</summary>
    public bool CountsFor(string type) => !IsUnclear && !Maybe.Contains(type);

    /// <summary>Reads <c>types</c> and <c>maybe</c> (or <c>expect</c>, or a <c>label</c> of <c>none</c> or <c>unclear</c>) beside the listing's own members.</summary>
    /// <param name="known">Labels kept apart, by id; they win.</param>
    /// <exception cref="JsonException">No object, no label, or a member of the wrong kind.</exception>
    public static LabelledListing Parse(string line, IReadOnlyDictionary<string, JsonElement> known)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        var listing = row.Deserialize<Listing>(ContractJson.Options) ?? throw new JsonException("expected an object");
        var labels = listing.Id is { } id && known.TryGetValue(id, out var apart) ? apart : row;
        var said = Strings(row, "label");
        var types = Strings(labels, "types") ?? Strings(labels, "expect") ?? (said is ["none"] or ["unclear"] ? Array.Empty<string>() : null)
            ?? throw new JsonException("expected types, expect, or a label of none or unclear");
        if (types.Concat(Strings(labels, "maybe") ?? []).FirstOrDefault(type => !ViolationType.All.Any(one => one.Id == type)) is { } unknown)
        {
            throw new JsonException($"unknown type {unknown}");
        }

        return new LabelledListing(
            listing, [.. types], [.. Strings(labels, "maybe") ?? []], Text(row, "group") ?? listing.Id ?? line, Text(row, "source"), said is ["unclear"]);
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[]? Strings(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException($"expected strings in {name}, got {item.GetRawText()}"))] : null;
}
