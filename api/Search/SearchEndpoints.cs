using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.Api.Leads;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>Searching (检索) over HTTP.</summary>
internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        var search = routes.MapGroup("/api/search").WithTags("Search");
        search.MapGet("", Search).WithName("Search").WithSummary("检索线索或全部信息：按研判结论、风险、最近发现排序，用 cursor 翻页");
        search.MapGet("/facets", Count).WithName("CountSearch").WithSummary("检索结果按类型、平台、证书、地区、首次发现日、结论、状态的条数");
        routes.MapGet("/api/search.jsonl", Export)
            .WithTags("Search")
            .WithName("ExportSearch")
            .WithSummary("导出全部检索结果，每行一个 JSON 对象，反映导出开始时的状态");
        return routes;
    }

    private static async Task<Results<Ok<SearchResultPage>, ProblemHttpResult>> Search([AsParameters] SearchListQuery query, ListingSearch search, HttpContext context)
    {
        if (!TryRead(query, search, context, out var request, out var problem))
        {
            return Problems.BadInput(problem);
        }

        var answer = await search.SearchAsync(request, context.RequestAborted);
        var (page, lag) = (answer.Value, search.Lag());
        return TypedResults.Ok(new SearchResultPage(
            page.Total,
            request.Size,
            page.Next is null ? null : CursorText.Of(page.Next),
            answer.IsFromRecords,
            lag,
            [.. page.Hits.Select(hit => SearchHit.Of(hit, search.HighlightsOf(hit, request.Query)))]));
    }

    private static async Task<Results<Ok<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>>, ProblemHttpResult>> Count(
        [AsParameters] SearchListQuery query, ListingSearch search, HttpContext context) =>
        TryRead(query, search, context, out var request, out var problem)
            ? TypedResults.Ok((await search.CountAsync(request.Query, context.RequestAborted)).Value)
            : Problems.BadInput(problem);

    private static Results<PushStreamHttpResult, ProblemHttpResult> Export([AsParameters] SearchListQuery query, ListingSearch search, TimeProvider time, HttpContext context)
    {
        if (!TryRead(query, search, context, out var request, out var problem))
        {
            return Problems.BadInput(problem);
        }

        return TypedResults.Stream(
            output => WriteAsync(output, search, request.Query, context.RequestAborted),
            "application/jsonl; charset=utf-8",
            $"检索-{StoredTime.Text(StoredTime.DayOf(time.GetUtcNow()))}.jsonl");
    }

    private static async Task WriteAsync(Stream output, ListingSearch search, SearchQuery query, CancellationToken cancellationToken)
    {
        await foreach (var document in search.ReadAsync(query, cancellationToken))
        {
            await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Line(document, search.HighlightsOf(document, query)), ContractJson.Options), cancellationToken);
            await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    /// <summary>The index document without what engines read it by, and with highlights.</summary>
    private static JsonObject Line(IndexDocument document, IReadOnlyList<Highlight> highlights)
    {
        var line = JsonSerializer.SerializeToNode(document, ContractJson.Options)!.AsObject();
        line.Remove("grams");
        line.Remove("words");
        line["highlights"] = JsonSerializer.SerializeToNode(highlights, ContractJson.Options);
        return line;
    }

    private static bool TryRead(
        SearchListQuery query,
        ListingSearch search,
        HttpContext context,
        [NotNullWhen(true)] out SearchRequest? request,
        [NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = AddressQuery<SearchListQuery>.UnknownNameProblem(context.Request.Query.Keys);
        return problem is null && query.TryRead(search, out request, out problem);
    }
}

/// <summary>One page of what matches.</summary>
/// <param name="Next">What <c>cursor</c> of the next page is; null where this is the last.</param>
/// <param name="FromRecords">True where the index could not be used and the records were searched instead.</param>
public sealed record SearchResultPage(long Total, int Size, string? Next, bool FromRecords, IndexLag Lag, IReadOnlyList<SearchHit> Hits);

/// <summary>A listing as a search gives it.</summary>
/// <param name="State">Null where it is no lead.</param>
public sealed record SearchHit(
    string Id,
    string? ItemId,
    string? Platform,
    string? Title,
    string? Url,
    string? Seller,
    string? Region,
    double? Price,
    Decision Decision,
    double Risk,
    string? State,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Items,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<Highlight> Highlights)
{
    internal static SearchHit Of(IndexDocument hit, IReadOnlyList<Highlight> highlights) =>
        new(
            hit.Id,
            hit.ItemId,
            hit.Platform,
            hit.Title,
            hit.Url,
            hit.Seller,
            hit.Region,
            hit.Price,
            hit.Decision,
            hit.Risk,
            hit.State,
            [.. hit.Findings.Select(finding => finding.Type)],
            hit.Items,
            hit.FirstSeen,
            hit.LastSeen,
            highlights);
}
