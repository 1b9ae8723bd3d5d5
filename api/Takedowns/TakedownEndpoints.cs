using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.Api.Leads;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Takedowns;

/// <summary>Takedown lists (下架清单): what a platform is given to act on.</summary>
internal static class TakedownEndpoints
{
    public static IEndpointRouteBuilder MapTakedowns(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/takedowns.csv", Export)
            .WithTags("Takedowns")
            .WithName("ExportTakedowns")
            .WithSummary("下架清单：一个平台的已确认线索，CSV（UTF-8 带 BOM）");
        return routes;
    }

    private static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        [Description("平台名称，例如 闲鱼；每份清单只含这一个平台")] string? platform,
        LeadStore leads,
        TimeProvider time,
        HttpContext context)
    {
        if (string.IsNullOrWhiteSpace(platform))
        {
            return Problems.BadInput("请用 platform 指定一个平台，例如 platform=闲鱼。");
        }

        var day = StoredTime.Text(StoredTime.DayOf(time.GetUtcNow()));
        var rows = TakedownList.RowsAsync(leads, platform.Trim(), context.RequestAborted);
        return TypedResults.Stream(
            output => SafeCsv.WriteAsync(output, TakedownList.Header, rows, context.RequestAborted),
            SafeCsv.ContentType,
            $"下架清单-{platform.Trim()}-{day}.csv");
    }
}

/// <summary>The rows of a takedown list: confirmed leads of one platform, each saying only what was observed.</summary>
internal static class TakedownList
{
    public static IReadOnlyList<string> Header { get; } =
    [
        "平台", "商品编号", "标题", "链接", "经营者", "涉嫌违法类型", "法律依据", "命中内容", "首次发现", "最近发现", "采集快照哈希值", "采集时间", "确认时间",
    ];

    public static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        LeadStore leads,
        string platform,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new LeadFilter { States = [LeadState.Confirmed], Platforms = [platform] };
        await foreach (var row in leads.ReadAllAsync(filter, cancellationToken))
        {
            var capture = await leads.FindCaptureAsync(row.Id, cancellationToken);
            yield return Row(row, capture);
        }
    }

    private static string[] Row(LeadRow row, LeadCapture? capture)
    {
        // What new rules found since stands in no list until a person has seen it.
        var findings = row.Assessment.Findings.Where(finding => row.Standing.SeenTypes.Contains(finding.Type)).ToList();
        return
        [
            row.Listing.Platform ?? "",
            row.ItemId ?? "",
            row.Listing.Title ?? "",
            row.Listing.Url ?? "",
            row.Listing.Seller ?? "",
            string.Join('；', row.Standing.SeenTypes.Select(ViolationType.NameOf)),
            string.Join('；', findings.SelectMany(finding => finding.Basis).Select(LegalText.WithStatus).Distinct()),
            string.Join('；', findings.SelectMany(finding => finding.Spans).Select(Hit).Distinct()),
            Wording.ExactTime(row.FirstSeen),
            Wording.ExactTime(row.LastSeen),
            capture?.Digest ?? "",
            capture is null ? "" : Wording.ExactTime(capture.CapturedAt),
            row.Standing.DecidedAt is { } at ? Wording.ExactTime(at) : "",
        ];
    }

    private static string Hit(Span span) => string.Create(CultureInfo.InvariantCulture, $"{Wording.OfField(span.Field)}：{Wording.Reading(span)}");
}
