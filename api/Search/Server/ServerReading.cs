using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>Reads all that a search finds, page by page, as it was when the reading began: a point in time, which the two products open and close by different names.</summary>
internal sealed class ServerReading(ServerCalls calls)
{
    // Renewed by each page: as long as the reader may take over one.
    private const string KeepAlive = "5m";
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    /// <param name="search">Query, order and what hits shall bring; the order ends with what is different for each document.</param>
    /// <param name="size">Hits a page; fewer where they are too long together.</param>
    /// <param name="read">Makes what is handed out of a hit.</param>
    public async IAsyncEnumerable<T> HitsAsync<T>(string index, JsonObject search, int size, Func<JsonElement, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var product = await calls.GreetAsync(isAwaited: false, cancellationToken);
        var point = await OpenAsync(product, index, cancellationToken);
        Task? pending = null;
        try
        {
            var asked = PageAsync(Body(search, point, size, after: null), read, cancellationToken);
            JsonNode? after = null;
            while (true)
            {
                var page = await asked;
                if (page is null)
                {
                    size = size > 1 ? size / 2 : throw new SearchUnavailableException("one document is longer than we take of the search server");
                    asked = PageAsync(Body(search, point, size, after), read, cancellationToken);
                    continue;
                }

                (after, point) = (page.After, page.Point ?? point);
                var isLast = page.Hits.Count < size;
                if (!isLast)
                {
                    // While the caller takes this page, the server finds the next one.
                    asked = PageAsync(Body(search, point, size, after), read, cancellationToken);
                    pending = asked;
                }

                foreach (var hit in page.Hits)
                {
                    yield return hit;
                }

                if (isLast)
                {
                    break;
                }
            }
        }
        finally
        {
            // Where the caller stopped early, a page may still be on its way; why it failed, if it did, nobody wants to know any more.
            await (pending ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync(product, point);
        }
    }

    private static JsonObject Body(JsonObject search, string point, int size, JsonNode? after)
    {
        var body = search.DeepClone().AsObject();
        body["size"] = size;
        body["track_total_hits"] = false;
        body["pit"] = new JsonObject { ["id"] = point, ["keep_alive"] = KeepAlive };
        if (after is not null)
        {
            body["search_after"] = after;
        }

        return body;
    }

    private sealed record Page<T>(IReadOnlyList<T> Hits, JsonNode? After, string? Point);

    /// <summary>Null where the answer is too long.</summary>
    private async Task<Page<T>?> PageAsync<T>(JsonObject body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await calls.AskAsync(ServerRequest.Post("_search?allow_partial_search_results=false", body) with { MayAskForLess = true }, cancellationToken);
            if (!answer.IsSuccess)
            {
                throw calls.Refused(answer);
            }

            JsonElement[] hits = [.. answer.Root.Child("hits").Child("hits").Items()];
            var after = hits.Length > 0 ? JsonNode.Parse(hits[^1].Child("sort").GetRawText()) : null;
            return new Page<T>([.. hits.Select(read)], after, answer.Root.Child("pit_id").Text());
        }
        catch (AnswerTooLongException)
        {
            // The caller asks for fewer.
            return null;
        }
    }

    private async Task<string> OpenAsync(ServerProduct product, string index, CancellationToken cancellationToken)
    {
        var path = product.IsOpenSearch ? "_search/point_in_time" : "_pit";
        using var answer = await calls.DemandAsync(ServerRequest.Post($"{index}/{path}?keep_alive={KeepAlive}"), cancellationToken);
        return answer.Root.Child(product.IsOpenSearch ? "pit_id" : "id").Text() ?? throw new SearchUnavailableException("the search server opened no point in time");
    }

    /// <summary>Whatever ended the reading: the server keeps what an open point needs. One that can't be closed now ends by itself.</summary>
    private async Task CloseAsync(ServerProduct product, string point)
    {
        using var limit = new CancellationTokenSource(ClosingTime);
        var request = product.IsOpenSearch
            ? ServerRequest.Delete("_search/point_in_time", new JsonObject { ["pit_id"] = new JsonArray(JsonValue.Create(point)) })
            : ServerRequest.Delete("_pit", new JsonObject { ["id"] = point });
        try
        {
            using var answer = await calls.AskAsync(request, limit.Token);
        }
        catch (Exception error) when (error is SearchUnavailableException or SearchUnusableException or OperationCanceledException)
        {
            // The reading is done or has failed with a reason of its own; keep_alive ends the point.
        }
    }
}
