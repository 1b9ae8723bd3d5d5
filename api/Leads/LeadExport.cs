using System.Globalization;
using System.Runtime.CompilerServices;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>A filtered list as rows of text, each marked with its state; not a takedown list.</summary>
internal static class LeadExport
{
    public static IReadOnlyList<string> Header { get; } =
    [
        "线索编号", "处理状态", "研判结论", "风险", "涉嫌违法类型", "证书", "平台", "商品编号", "标题", "链接", "经营者", "所在地", "价格",
        "法律依据", "命中内容", "首次发现", "最近发现", "决定人", "决定时间", "理由",
    ];

    public static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        LeadStore leads,
        LeadFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in leads.ReadAllAsync(filter, cancellationToken))
        {
            yield return Row(row);
        }
    }

    private static string[] Row(LeadRow row)
    {
        var findings = row.Assessment.Findings;
        return
        [
            row.Id.Value,
            Wording.Of(row.Standing.State),
            Wording.Of(row.Assessment.Decision),
            row.Assessment.Risk.ToString("0.00", CultureInfo.InvariantCulture),
            string.Join('；', findings.Select(finding => ViolationType.NameOf(finding.Type))),
            string.Join('；', row.Assessment.Items),
            row.Listing.Platform ?? "",
            row.ItemId ?? "",
            row.Listing.Title ?? "",
            row.Listing.Url ?? "",
            row.Listing.Seller ?? "",
            row.Listing.Location ?? "",
            Wording.Price(row.Listing),
            string.Join('；', findings.SelectMany(finding => finding.Basis).Select(LegalText.WithStatus).Distinct()),
            string.Join('；', findings.SelectMany(finding => finding.Spans).Select(Wording.Reading).Distinct()),
            Wording.ExactTime(row.FirstSeen),
            Wording.ExactTime(row.LastSeen),
            row.Standing.DecidedBy ?? "",
            row.Standing.DecidedAt is { } at ? Wording.ExactTime(at) : "",
            row.Standing.Reason ?? "",
        ];
    }
}
