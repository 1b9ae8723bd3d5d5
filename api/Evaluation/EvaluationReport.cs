using System.Globalization;
using System.Net;
using System.Text;
using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Api.Evaluation;

/// <summary>An evaluation as one HTML page that needs nothing else: no script, no style sheet, no picture from elsewhere.</summary>
internal static class EvaluationReport
{
    private const string Style = """
        body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        th,td{border-bottom:1px solid #d0d7de;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f6f8fa}
        .curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:1rem}figure{margin:0}figcaption{font-weight:600}svg{width:100%}
        """;

    public static string Write(EvaluationResult result, IReadOnlyList<string> files)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>研判评估报告</title><style>")
            .Append(Style).Append("</style></head><body>\n<h1>研判评估报告</h1>\n<p>")
            .Append(WebUtility.HtmlEncode($"评估文件：{string.Join("、", files)}。规则版本 {result.RulesVersion}，模型版本 {result.ModelVersion ?? "未使用（仅规则）"}。"))
            .Append("</p>\n<p>区间为 Wilson 95% 置信区间；有争议的类型不计入。</p>\n");
        WriteFigures(page, result);
        page.Append("<h2>查准率—查全率曲线</h2>\n<div class=\"curves\">")
            .Append(Curve("是否违法", result.Curve))
            .AppendJoin("", result.Types.Where(type => type.Recall.Whole > 0).Select(type => Curve(ViolationType.NameOf(type.Type), type.Curve)))
            .Append("</div>\n");
        WriteDetails(page, result);
        if (!result.Worst.IsEmpty)
        {
            page.Append(Mistakes(result));
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void WriteFigures(StringBuilder page, EvaluationResult result)
    {
        page.Append(new HtmlTable("总体", "指标", "数值")
            .Row("查准率（标记的确属违法）", result.Precision.ToString())
            .Row("查全率（违法的被标记）", result.Recall.ToString())
            .Row("F1", Interval(result.F1Interval))
            .Row("合法信息被误标", result.LawfulFlagged.ToString())
            .Row("合法信息待复核", result.LawfulInReview.ToString())
            .Row("漏标中仍列入待复核", result.MissedInReview.ToString())
            .Row("全部信息中待复核的比例", result.InReview.ToString())
            .Row("信息条数", Number(result.Listings))
            .Row("速度（条/秒，单核）", Number(result.ListingsPerSecond)));
        page.Append(new HtmlTable("各违法类型", "类型", "查准率", "查全率", "F1")
            .Rows(result.Types, type => [ViolationType.NameOf(type.Type), type.Precision.ToString(), type.Recall.ToString(), Interval(type.F1Interval)]));
        page.Append(new HtmlTable("合法信息的误标率，按来源", "来源", "误标", "待复核")
            .Rows(result.Sources, source => [source.Source, source.Flagged.ToString(), source.InReview.ToString()]));
        if (!result.Perturbed.IsEmpty)
        {
            page.Append(new HtmlTable("规避写法", "写法", "受影响条数", "原文查全率", "改写后查全率", "变化（百分点）")
                .Rows(result.Perturbed, row => [row.Label, Number(row.Changed), row.Clean.ToString(), row.Disguised.ToString(), Number(100 * (row.Disguised.Value - row.Clean.Value))]));
        }
    }

    private static void WriteDetails(StringBuilder page, EvaluationResult result)
    {
        page.Append(new HtmlTable("查准率与查全率，按风险分界", "风险不低于", "查准率", "查全率")
            .Rows(result.Curve, point => [Number(point.From), point.Precision.ToString(), point.Recall.ToString()]));
        page.Append(new HtmlTable("校准：得分与实际", "得分区间", "平均得分", "实际正确")
            .Rows(result.Calibration, band => [$"{Number(band.From)}–{Number(band.To)}", Number(band.MeanScore), band.Right.ToString()]));
        page.Append(new HtmlTable("混淆（仅一种类型的违法信息）", "应为", "标为", "条数")
            .Rows(result.Confusion, cell => [ViolationType.NameOf(cell.Type), cell.FlaggedAs == "—" ? "未标记" : ViolationType.NameOf(cell.FlaggedAs), Number(cell.Count)]));
    }

    private static HtmlTable Mistakes(EvaluationResult result) =>
        new HtmlTable("最严重的错误", "编号", "内容", "应为", "漏标", "误标", "研判依据").Rows(result.Worst, mistake =>
        [
            mistake.Labelled.Listing.Id,
            string.Join(" ／ ", new[] { mistake.Labelled.Listing.Title, mistake.Labelled.Listing.Text }.Where(part => !string.IsNullOrEmpty(part))),
            Names(mistake.Labelled.Types),
            Names(mistake.Missed),
            Names(mistake.Wrong),
            Explanation(mistake.Assessment),
        ]);

    private static string Explanation(Assessment assessment) => assessment.Findings.IsEmpty
        ? "规则与模型均未达到待复核界线"
        : string.Join("；", assessment.Findings.Select(finding =>
            $"{ViolationType.NameOf(finding.Type)} {Number(finding.Score)}（{finding.Rule ?? "模型"}：{string.Join("、", finding.Spans.Select(span => span.Text))}"
            + (finding.Against.IsEmpty ? "）" : $"；反证 {string.Join("、", finding.Against.Select(against => Wording.OfCounterEvidence(against.Kind)))}）")));

    private static string Curve(string name, IReadOnlyList<CurvePoint> curve)
    {
        var points = curve.Where(point => point.Precision.Value is not null && point.Recall.Value is not null)
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{40 + (300 * point.Recall.Value!.Value):0.#},{320 - (300 * point.Precision.Value!.Value):0.#}"));
        return $"""
            <figure><figcaption>{WebUtility.HtmlEncode(name)}</figcaption>
            <svg viewBox="0 0 360 350" role="img" aria-label="{WebUtility.HtmlEncode(name)}的查准率与查全率曲线"><path d="M40 20V320H340" fill="none" stroke="#57606a"/>
            <polyline points="{string.Join(' ', points)}" fill="none" stroke="#0969da" stroke-width="2"/>
            <text x="190" y="345" font-size="13" text-anchor="middle">查全率 0–1</text><text x="14" y="170" font-size="13" transform="rotate(-90 14 170)" text-anchor="middle">查准率 0–1</text></svg></figure>

            """;
    }

    private static string? Interval((double? Value, double Low, double High) score) =>
        score.Value is null ? null : string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.000} [{score.Low:0.000}–{score.High:0.000}]");

    private static string Names(IEnumerable<string> types) => string.Join("、", types.Select(ViolationType.NameOf)) is { Length: > 0 } names ? names : "—";

    private static string? Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
}
