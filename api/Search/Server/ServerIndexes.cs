using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>The versioned indexes and the alias over the one that is read; touches none that isn't ours.</summary>
/// <param name="rulesVersion">Of the rules in force, written into the indexes that are made.</param>
internal sealed class ServerIndexes(ServerCalls calls, SearchServerOptions options, Func<string> rulesVersion)
{
    // As often as another program may come between our look and our step.
    private const int MostAttempts = 10;

    /// <summary>The index under the alias; makes the first where there is none.</summary>
    public async Task<IndexStatus> OpenAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var all = await FindAsync(cancellationToken);
            if (all.Current is { } current)
            {
                using var counted = await calls.DemandAsync(ServerRequest.Get($"{IndexSchema.Alias}/_count") with { IsAwaited = true }, cancellationToken);
                return new IndexStatus(current.Name, current.SchemaVersion, counted.Root.Child("count").Whole() ?? 0, [.. all.Others.Select(other => other.Name)]);
            }

            await MakeAsync(all.NextName, withAlias: true, cancellationToken);
        }

        throw new SearchUnavailableException($"the search server {options.Name} has no index under {IndexSchema.Alias} although one was made");
    }

    public async Task<string> CreateNextAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var name = (await FindAsync(cancellationToken)).NextName;
            if (await MakeAsync(name, withAlias: false, cancellationToken))
            {
                return name;
            }
        }

        throw new SearchUnavailableException($"the search server {options.Name} makes no index: other programs are always quicker");
    }

    /// <summary>Moves the alias in one step, so that no search falls between two indexes, nor sees less than was written to the new one.</summary>
    public async Task SwitchAsync(string index, CancellationToken cancellationToken)
    {
        await RefreshAsync(index, cancellationToken);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var all = await FindAsync(cancellationToken);
            if (all.Current?.Name == index)
            {
                return;
            }

            if (all.Others.All(other => other.Name != index))
            {
                throw new SearchUnusableException($"expected an index of ours, {index}, at the search server {options.Name}, found none");
            }

            var actions = new JsonArray();
            if (all.Current is { } current)
            {
                actions.Add(Action("remove", current.Name));
            }

            actions.Add(Action("add", index));
            using var answer = await calls.AskAsync(ServerRequest.Post("_aliases", new JsonObject { ["actions"] = actions }), cancellationToken);
            // The alias moved on, or the index went, since we looked.
            if (!answer.IsSuccess && answer is not { Status: 404 } and not { ErrorType: "illegal_state_exception" })
            {
                throw calls.Refused(answer);
            }
        }

        throw new SearchUnavailableException($"the alias {IndexSchema.Alias} at the search server {options.Name} moves on before we can move it");
    }

    public async Task RefreshAsync(string index, CancellationToken cancellationToken)
    {
        using var answer = await calls.DemandAsync(ServerRequest.Post($"{index}/_refresh"), cancellationToken);
        if (answer.Root.Child("_shards").Child("failed").Whole() is > 0)
        {
            throw new SearchUnavailableException($"the search server {options.Name} could not make everything visible that was written");
        }
    }

    /// <summary>Removes one that is ours and not under the alias.</summary>
    public async Task DropAsync(string index, CancellationToken cancellationToken)
    {
        if ((await FindAsync(cancellationToken)).Others.Any(other => other.Name == index))
        {
            await RemoveAsync(index, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        foreach (var other in (await FindAsync(cancellationToken)).Others)
        {
            if (await RemoveAsync(other.Name, cancellationToken))
            {
                dropped.Add(other.Name);
            }
        }

        return dropped;
    }

    /// <returns>False where it was gone already.</returns>
    private async Task<bool> RemoveAsync(string index, CancellationToken cancellationToken)
    {
        using var answer = await calls.AskAsync(ServerRequest.Delete(index), cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => true,
            { Status: 404 } => false,
            _ => throw calls.Refused(answer),
        };
    }

    private static JsonObject Action(string kind, string index)
    {
        var named = new JsonObject { ["index"] = index, ["alias"] = IndexSchema.Alias };
        if (kind == "add")
        {
            named["is_write_index"] = true;
        }

        return new JsonObject { [kind] = named };
    }

    private async Task<FoundIndexes> FindAsync(CancellationToken cancellationToken)
    {
        // The name of each is in the answer as long as one thing is told of it, and the identity always is.
        var path = $"{IndexSchema.Alias}*?filter_path=*.aliases,*.mappings._meta,*.settings.index.uuid";
        using var answer = await calls.DemandAsync(ServerRequest.Get(path) with { IsAwaited = true }, cancellationToken);
        return FoundIndexes.Of(answer.Root, options.Name);
    }

    /// <returns>False where another program made it first.</returns>
    private async Task<bool> MakeAsync(string name, bool withAlias, CancellationToken cancellationToken)
    {
        using var answer = await calls.AskAsync(ServerRequest.Put(name, ListingMapping.Index(options.Shards, rulesVersion(), withAlias)), cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => true,
            { ErrorType: "resource_already_exists_exception" } => false,
            _ => throw calls.Refused(answer),
        };
    }
}

/// <param name="SchemaVersion">Of an index that is ours.</param>
internal sealed record FoundIndex(string Name, int SchemaVersion);

/// <summary>What lies at the server under our names.</summary>
/// <param name="Current">The one under the alias; null where there is no alias.</param>
/// <param name="Others">Ours, not under the alias, by name.</param>
/// <param name="NextName">Free for one more.</param>
internal sealed record FoundIndexes(FoundIndex? Current, IReadOnlyList<FoundIndex> Others, string NextName)
{
    /// <exception cref="SearchUnusableException">The alias, or its name, is somebody else's, or a newer program's.</exception>
    public static FoundIndexes Of(JsonElement indexes, string server)
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
            else if (ours is not null)
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

        return new FoundIndexes(current.FirstOrDefault(), [.. others.OrderBy(index => index.Name, StringComparer.Ordinal)], IndexSchema.NameOf(last + 1));
    }

    private static FoundIndex? Ours(JsonProperty index)
    {
        var meta = index.Value.Child("mappings").Child("_meta");
        return meta.Child(ListingMapping.MadeBy).Text() == ListingMapping.Maker && meta.Child(ListingMapping.SchemaVersion).Whole() is { } version
            ? new FoundIndex(index.Name, (int)version)
            : null;
    }

    private static int? Number(string name) =>
        name.StartsWith(IndexSchema.Alias + "-", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(IndexSchema.Alias.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
