using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Server;

/// <summary>Listings in Elasticsearch (7.17 and newer) or OpenSearch (2.4 and newer), by the REST API that they share.</summary>
/// <remarks>
/// Makes no connection before the first call, which asks once which product it is. A busy server, or one that is away, is asked again for as long as
/// <see cref="SearchServerOptions.Reading"/> or <see cref="SearchServerOptions.Writing"/> says; then <see cref="SearchUnavailableException"/>.
/// </remarks>
public sealed partial class ServerListingIndex : IListingIndex
{
    private const int DocumentsAtOnce = 5_000;
    private const int VersionsAtOnce = 10_000;
    private const int DeletionsAtOnce = 5_000;

    private readonly ServerCalls _calls;
    private readonly ServerIndexes _indexes;
    private readonly ServerBulk _bulk;
    private readonly ServerReading _reading;

    /// <param name="store">Whose listings it holds.</param>
    /// <param name="rulesVersion">Of the rules in force, written into the indexes that are made from then on.</param>
    /// <exception cref="SearchUnusableException">The address, the CA file or the credentials can't be used.</exception>
    public ServerListingIndex(SearchServerOptions options, StoreId store, Func<string> rulesVersion, TimeProvider time)
    {
        _calls = new ServerCalls(options, time);
        _indexes = new ServerIndexes(_calls, options, store, rulesVersion);
        _bulk = new ServerBulk(_calls);
        _reading = new ServerReading(_calls);
    }

    public string Name => _calls.Name;

    public Task<IndexStatus> OpenAsync(CancellationToken cancellationToken) => _indexes.OpenAsync(cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string? index, IReadOnlyList<IndexDocument> documents, CancellationToken cancellationToken) =>
        _bulk.WriteAsync(Named(index), documents, cancellationToken);

    public async Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Size, 1);
        var body = Search(request.Query);
        // One more than asked for tells whether there is a next page.
        body["size"] = request.Size + 1;
        body["track_total_hits"] = true;
        if (request.After is { } after)
        {
            body["search_after"] = ServerQuery.After(after);
        }

        using var answer = await AskAsync(body, cancellationToken);
        var found = answer.Root.Child("hits");
        IndexDocument[] hits = [.. found.Child("hits").Items().Take(request.Size).Select(ServerDocument.Read)];
        var isLast = found.Child("hits").GetArrayLength() <= request.Size;
        return new SearchPage(hits, found.Child("total").Child("value").Whole() ?? 0, isLast ? null : ResultOrder.PlaceOf(hits[^1]));
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> CountAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["query"] = ServerQuery.Matching(query), ["size"] = 0, ["track_total_hits"] = false, ["aggs"] = ServerFacets.Asked() };
        using var answer = await AskAsync(body, cancellationToken);
        return ServerFacets.Read(answer.Root.Child("aggregations"));
    }

    public IAsyncEnumerable<IndexDocument> ReadAsync(SearchQuery query, CancellationToken cancellationToken) =>
        _reading.HitsAsync(IndexSchema.Alias, Search(query), DocumentsAtOnce, ServerDocument.Read, cancellationToken);

    public IAsyncEnumerable<IndexedVersion> VersionsAsync(string? index, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["query"] = new JsonObject { ["match_all"] = new JsonObject() },
            ["sort"] = new JsonArray(new JsonObject { ["id"] = "asc" }),
            ["version"] = true,
            ["_source"] = false,
        };
        return _reading.HitsAsync(
            Named(index), body, VersionsAtOnce, hit => new IndexedVersion(hit.Child("_id").Text() ?? "", hit.Child("_version").Whole() ?? 0), cancellationToken);
    }

    public async Task DeleteAsync(string? index, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(DeletionsAtOnce))
        {
            await _bulk.DeleteAsync(Named(index), some, cancellationToken);
        }
    }

    public Task RefreshAsync(string? index, CancellationToken cancellationToken) => _indexes.RefreshAsync(Named(index), cancellationToken);

    public Task<string> CreateNextAsync(CancellationToken cancellationToken) => _indexes.CreateNextAsync(cancellationToken);

    public Task SwitchAsync(string index, CancellationToken cancellationToken) => _indexes.SwitchAsync(Named(index), cancellationToken);

    public Task DropAsync(string index, CancellationToken cancellationToken) => _indexes.DropAsync(Named(index), cancellationToken);

    public Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken) => _indexes.DropOldAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonObject Search(SearchQuery query) => new()
    {
        ["query"] = ServerQuery.Ranked(query),
        ["sort"] = ServerQuery.Order(),
        ["version"] = true,
        ["_source"] = ServerDocument.Fields(),
    };

    /// <summary>The name goes into paths, and nothing but an index of ours may ever be written to or deleted.</summary>
    private static string Named(string? index) =>
        index is null ? IndexSchema.Alias
        : OurName.IsMatch(index) ? index
        : throw new ArgumentException($"expected the name of an index of ours, found {index}", nameof(index));

    private async Task<ServerAnswer> AskAsync(JsonObject body, CancellationToken cancellationToken)
    {
        try
        {
            var request = ServerRequest.Post($"{IndexSchema.Alias}/_search?allow_partial_search_results=false", body);
            return await _calls.DemandAsync(request with { IsAwaited = true, MayAskForLess = true }, cancellationToken);
        }
        catch (AnswerTooLongException error)
        {
            throw new SearchUnavailableException(string.Create(CultureInfo.InvariantCulture, $"{error.Message}: ask for fewer listings a page"), error);
        }
    }

    [GeneratedRegex(@"\Asurveil-listings-[0-9]{6,9}\z")]
    private static partial Regex OurName { get; }
}
