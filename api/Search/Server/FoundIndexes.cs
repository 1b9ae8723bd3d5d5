using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Server;

/// <summary>An index that is ours.</summary>
/// <param name="RulesVersion">In force when it was begun.</param>
/// <param name="Store">Whose listings it holds; null where an older program made it.</param>
internal sealed record FoundIndex(string Name, int SchemaVersion, string? RulesVersion, string? Store);

/// <summary>What lies at the server under our names.</summary>
/// <param name="Current">The one under the alias; null where there is no alias.</param>
/// <param name="Others">Ours, not under the alias, by name.</param>
/// <param name="NextName">Free for one more.</param>
internal sealed record FoundIndexes(FoundIndex? Current, IReadOnlyList<FoundIndex> Others, string NextName)
{
    /// <exception cref="SearchUnusableException">The alias, or its name, is somebody else's, another store's, or a newer program's.</exception>
    public static FoundIndexes Of(JsonElement indexes, string server, StoreId store)
    {
        var current = new List<FoundIndex>();
        var others = new List<FoundIndex>();
        var last = 0;
        foreach (var index in indexes.Members())
        {
            if (index.Name == IndexSchema.Alias)
            {
                throw new SearchUnusableException($"expected {index.Name} at the search server {server} to be our alias, found an index of that name");
            }

            var number = Number(index.Name);
            last = Math.Max(last, number ?? 0);
            var ours = number is null ? null : Ours(index);
            if (index.Value.Child("aliases").Child(IndexSchema.Alias).ValueKind != JsonValueKind.Undefined)
            {
                current.Add(ours ?? throw new SearchUnusableException($"expected an index of ours under the alias {IndexSchema.Alias} at the search server {server}, found {index.Name}, which isn't"));
            }
            else if (ours is not null && (ours.Store ?? store.Value) == store.Value)
            {
                others.Add(ours);
            }
        }

        if (current.Count > 1)
        {
            throw new SearchUnusableException($"expected one index under the alias {IndexSchema.Alias} at the search server {server}, found {string.Join(", ", current.Select(index => index.Name))}");
        }

        if (current.FirstOrDefault() is { } newer && newer.SchemaVersion > IndexSchema.Version)
        {
            throw new SearchUnusableException($"expected {newer.Name} at the search server {server} to have at most schema version {IndexSchema.Version}, found {newer.SchemaVersion}: a newer program made it");
        }

        if (current.FirstOrDefault() is { Store: { } other } foreign && other != store.Value)
        {
            throw new SearchUnusableException(
                $"the index {foreign.Name} at the search server {server} belongs to the record store {other}, not to this one ({store}): name another server, or remove {IndexSchema.Alias}* there if that store is no more");
        }

        return new FoundIndexes(current.FirstOrDefault(), [.. others.OrderBy(index => index.Name, StringComparer.Ordinal)], IndexSchema.NameOf(last + 1));
    }

    private static FoundIndex? Ours(JsonProperty index)
    {
        var meta = index.Value.Child("mappings").Child("_meta");
        return meta.Child(ListingMapping.MadeBy).Text() == ListingMapping.Maker && meta.Child(ListingMapping.SchemaVersion).Whole() is { } version
            ? new FoundIndex(index.Name, (int)version, meta.Child(ListingMapping.RulesVersion).Text(), meta.Child(ListingMapping.Store).Text())
            : null;
    }

    private static int? Number(string name) =>
        name.StartsWith(IndexSchema.Alias + "-", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(IndexSchema.Alias.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
