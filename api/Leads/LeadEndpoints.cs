using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.Api.Accounts;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>Leads (线索) over HTTP.</summary>
internal static class LeadEndpoints
{
    private const int LongestReason = 500;

    public static IEndpointRouteBuilder MapLeads(this IEndpointRouteBuilder routes)
    {
        var leads = routes.MapGroup("/api/leads").WithTags("Leads");
        leads.MapGet("", List).WithName("ListLeads").WithSummary("线索列表：筛选、排序、分页");
        leads.MapGet("/{id}", Find).WithName("FindLead").WithSummary("一条线索：内容、研判、法律依据、快照、历次版本和处理记录");
        leads.MapPost("/{id}/confirm", Confirm).WithName("ConfirmLead").WithSummary("确认线索，列入下架清单");
        leads.MapPost("/{id}/reject", Reject).WithName("RejectLead").WithSummary("排除线索，须写明理由");
        leads.MapPost("/{id}/undo", Undo).WithName("UndoLead").WithSummary("撤销最近一次决定，恢复之前的状态");
        routes.MapGet("/api/leads.csv", Export)
            .WithTags("Leads")
            .WithName("ExportLeads")
            .WithSummary("按同样的筛选导出线索，每行注明处理状态，CSV（UTF-8 带 BOM）");
        return routes;
    }

    private static async Task<Results<Ok<LeadListPage>, ProblemHttpResult>> List([AsParameters] LeadListQuery query, LeadStore leads, HttpContext context)
    {
        if (!TryRead(query, context, out var request, out var problem))
        {
            return Problems.BadInput(problem);
        }

        var page = await leads.ListAsync(request.Filter, (request.Page - 1) * request.Size, request.Size, context.RequestAborted);
        return TypedResults.Ok(new LeadListPage(page.Total, request.Page, request.Size, [.. page.Rows.Select(LeadSummary.Of)]));
    }

    private static async Task<Results<Ok<LeadDetail>, ProblemHttpResult>> Find(string id, LeadStore leads, CancellationToken cancellationToken)
    {
        var detail = LeadId.TryParse(id, out var lead) ? await leads.FindAsync(lead, cancellationToken) : null;
        return detail is null ? NoSuchLead(id) : TypedResults.Ok(detail);
    }

    private static Task<Results<Ok<LeadStanding>, ProblemHttpResult>> Confirm(string id, ConfirmLead body, LeadStore leads, CancellationToken cancellationToken) =>
        DecideAsync(id, body.Revision, new LeadDecision.Confirm(), body.Types, leads, cancellationToken);

    private static async Task<Results<Ok<LeadStanding>, ProblemHttpResult>> Reject(string id, RejectLead body, LeadStore leads, CancellationToken cancellationToken) =>
        body.Reason?.Trim() switch
        {
            null or "" => Problems.BadInput("请在 reason 里写明排除的理由。"),
            { Length: > LongestReason } => Problems.BadInput($"reason 最多 {LongestReason} 字。"),
            var reason => await DecideAsync(id, body.Revision, new LeadDecision.Reject(reason), body.Types, leads, cancellationToken),
        };

    private static Task<Results<Ok<LeadStanding>, ProblemHttpResult>> Undo(string id, UndoLead body, LeadStore leads, CancellationToken cancellationToken) =>
        DecideAsync(id, body.Revision, new LeadDecision.Undo(), null, leads, cancellationToken);

    private static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        [AsParameters] LeadListQuery query,
        LeadStore leads,
        TimeProvider time,
        HttpContext context)
    {
        if (!TryRead(query, context, out var request, out var problem))
        {
            return Problems.BadInput(problem);
        }

        var rows = LeadExport.RowsAsync(leads, request.Filter, context.RequestAborted);
        return TypedResults.Stream(
            output => SafeCsv.WriteAsync(output, LeadExport.Header, rows, context.RequestAborted),
            SafeCsv.ContentType,
            $"线索-{StoredTime.Text(StoredTime.DayOf(time.GetUtcNow()))}.csv");
    }

    private static bool TryRead(
        LeadListQuery query,
        HttpContext context,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LeadListRequest? request,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = AddressQuery<LeadListQuery>.UnknownNameProblem(context.Request.Query.Keys);
        return problem is null && query.TryRead(out request, out problem);
    }

    private static async Task<Results<Ok<LeadStanding>, ProblemHttpResult>> DecideAsync(
        string id,
        int? revision,
        LeadDecision decision,
        IReadOnlyList<string>? types,
        LeadStore leads,
        CancellationToken cancellationToken)
    {
        if (revision is not { } seen)
        {
            return Problems.BadInput("请在 revision 里写明所见线索的修订号。");
        }

        if (types?.FirstOrDefault(type => ViolationType.All.All(known => known.Id != type)) is { } unknown)
        {
            return Problems.BadInput($"types 里没有名为 {unknown} 的涉嫌违法类型。");
        }

        if (!LeadId.TryParse(id, out var lead))
        {
            return NoSuchLead(id);
        }

        ImmutableArray<string>? seenTypes = types is null ? null : [.. types.Distinct()];
        return await leads.DecideAsync(new LeadRuling(lead, seen, decision, Officer.Local, seenTypes), cancellationToken) switch
        {
            DecideOutcome.Decided decided => TypedResults.Ok(decided.Now),
            DecideOutcome.Stale stale => Problems.Conflict("线索在您查看之后已有变化，请按现状重新决定。", stale.Now),
            DecideOutcome.Pointless pointless => Problems.Conflict($"线索现在是“{Wording.Of(pointless.Now.State)}”，这一操作不会改变什么。", pointless.Now),
            DecideOutcome.NotFound => NoSuchLead(id),
            _ => throw new UnreachableException(),
        };
    }

    private static ProblemHttpResult NoSuchLead(string id) => Problems.NotFound($"没有编号为 {Wording.Visible(Wording.Beginning(id, 40))} 的线索。");
}

/// <summary>The body of a confirmation.</summary>
/// <param name="Revision">Of the lead as it was seen.</param>
/// <param name="Types">The violation types that were seen; null stands for those in force.</param>
public sealed record ConfirmLead([property: Description("所见线索的修订号")] int? Revision, IReadOnlyList<string>? Types = null);

/// <summary>The body of a rejection.</summary>
/// <param name="Revision">Of the lead as it was seen.</param>
/// <param name="Reason">Required, 500 units at most.</param>
/// <param name="Types">The violation types that were seen; null stands for those in force.</param>
public sealed record RejectLead(
    [property: Description("所见线索的修订号")] int? Revision,
    [property: Description("排除的理由，必填")] string? Reason,
    IReadOnlyList<string>? Types = null);

/// <summary>The body of an undo.</summary>
/// <param name="Revision">Of the lead as it was seen.</param>
public sealed record UndoLead([property: Description("所见线索的修订号")] int? Revision);

/// <summary>One page of leads.</summary>
public sealed record LeadListPage(int Total, int Page, int Size, IReadOnlyList<LeadSummary> Leads);

/// <summary>A lead as a list gives it.</summary>
/// <param name="Uncertainty">1 where the decision was nearest to falling otherwise; null where that is not known.</param>
/// <param name="Highlights">What was found, title before text.</param>
/// <param name="Operator">The group of listings that are one operator's; null where the listing stands alone.</param>
/// <param name="RelistOf">The listing for which this one stands again, else null.</param>
public sealed record LeadSummary(
    LeadId Id,
    string? ItemId,
    string? Platform,
    string? Title,
    string? Url,
    string? Seller,
    decimal? Price,
    Decision Decision,
    double Risk,
    double? Uncertainty,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Items,
    LeadState State,
    int Revision,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<Span> Highlights,
    LeadId? Operator,
    LeadId? RelistOf)
{
    internal static LeadSummary Of(LeadRow row) =>
        new(
            row.Id,
            row.ItemId,
            row.Listing.Platform,
            row.Listing.Title,
            row.Listing.Url,
            row.Listing.Seller,
            row.Listing.Price,
            row.Assessment.Decision,
            row.Assessment.Risk,
            row.Assessment.Uncertainty,
            [.. row.Assessment.Findings.Select(finding => finding.Type)],
            row.Assessment.Items,
            row.Standing.State,
            row.Standing.Revision,
            row.FirstSeen,
            row.LastSeen,
            [.. row.Assessment.Findings.SelectMany(finding => finding.Spans).Distinct().OrderByDescending(span => span.Field == "title").ThenBy(span => span.Start)],
            row.Operator,
            row.RelistOf);
}
