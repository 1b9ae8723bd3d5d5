using System.Text.Json.Nodes;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Server;

/// <summary>The versioned indexes and the alias over the one that is read; touches none that isn't ours.</summary>
/// <param name="store">Whose listings the indexes hold.</param>
/// <param name="rulesVersion">Of the rules in force, written into the indexes that are made.</param>
internal sealed class ServerIndexes(ServerCalls calls, SearchServerOptions options, StoreId store, Func<string> rulesVersion)
{
    // As often as another program may come between our look and our step.
    private const int MostAttempts = 10;

    /// <summary>The index under the alias; makes the first where there is none.</summary>
    public async Task<IndexStatus> OpenAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var all = await FindAsync(cancellationToken);
            if (all.Current is { Store: null } adoptable)
            {
                // Looked at again afterwards: another store's program may do the same at this moment.
                await AdoptAsync(adoptable, cancellationToken);
                continue;
            }

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
        return FoundIndexes.Of(answer.Root, options.Name, store);
    }

    /// <summary>Writes our store into an index that an older program made, which does not say whose it is.</summary>
    private async Task AdoptAsync(FoundIndex index, CancellationToken cancellationToken)
    {
        var mapping = new JsonObject { ["_meta"] = ListingMapping.Meta(index.SchemaVersion, index.RulesVersion, store) };
        using var answer = await calls.DemandAsync(ServerRequest.Put($"{index.Name}/_mapping", mapping) with { IsAwaited = true }, cancellationToken);
    }

    /// <returns>False where another program made it first.</returns>
    private async Task<bool> MakeAsync(string name, bool withAlias, CancellationToken cancellationToken)
    {
        var meta = ListingMapping.Meta(IndexSchema.Version, rulesVersion(), store);
        using var answer = await calls.AskAsync(ServerRequest.Put(name, ListingMapping.Index(options.Shards, meta, withAlias)), cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => true,
            { ErrorType: "resource_already_exists_exception" } => false,
            _ => throw calls.Refused(answer),
        };
    }
}
