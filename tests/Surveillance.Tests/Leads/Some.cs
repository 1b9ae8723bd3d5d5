using System.Collections.Immutable;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

/// <summary>Invented listings and assessments, each good enough for what a test does not look at.</summary>
internal static class Some
{
    public static DateOnly Day { get; } = new(2026, 11, 20);

    public static Listing Listing(string title = "低压电工证报名 包过", string? text = null, string platform = "闲鱼", decimal? price = 380) => new()
    {
        Id = "9000000001",
        Platform = platform,
        Title = title,
        Text = text,
        Price = price,
        PriceText = price is { } amount ? $"¥{amount}" : null,
        Currency = price is null ? null : "CNY",
        Seller = "某某教育",
        Url = "https://market.example/item/9000000001",
        Observed = Day,
    };

    public static Assessment Assessment(params Finding[] findings) => Assessment(Decision.Flag, findings);

    public static Assessment Assessment(Decision decision, params Finding[] findings) =>
        new("9000000001", decision, findings.Length == 0 ? 0 : findings.Max(finding => finding.Score), Day, ["低压电工证"], [.. findings], [], "r1", null);

    /// <summary>A finding whose spans are where the given passages stand in a title and a text.</summary>
    public static Finding Finding(string type, double score = 0.98, Listing? within = null, params string[] passages) =>
        new(
            type,
            score,
            $"{type}.test",
            [$"{type}.test"],
            ["rule"],
            within is null ? [] : [.. passages.Select(passage => SpanOf(within, passage))],
            [BasisOf(type)],
            []);

    public static Span SpanOf(Listing listing, string passage, string? canonical = null, string? fold = null)
    {
        var title = listing.Title?.IndexOf(passage, StringComparison.Ordinal) ?? -1;
        var (field, start) = title >= 0 ? ("title", title) : ("text", listing.Text!.IndexOf(passage, StringComparison.Ordinal));
        return new Span(field, start, start + passage.Length, passage, canonical ?? passage, fold);
    }

    public static CitedBasis BasisOf(string type) => type switch
    {
        "restricted-item" => new("中华人民共和国电子商务法", "29", null, null, new(2019, 1, 1), "verified", null, new("80", 1, 2)),
        "fake-certificate" => new("中华人民共和国刑法", "280", 1, null, new(2024, 3, 1), "verified", null, null),
        "state-organ" => new("中华人民共和国广告法", "9", null, 2, new(2021, 4, 29), "verified", null, new("57", null, 1)),
        "false-claim" => new("特种作业人员安全技术培训考核管理规定", "21", null, null, null, "待核", null, null),
        _ => new("中华人民共和国广告法", "24", null, 1, new(2021, 4, 29), "verified", null, new("58", 1, 6)),
    };

    public static ImmutableArray<CounterEvidence> Against(Listing listing, string kind, string passage) => [new(kind, [SpanOf(listing, passage)])];
}
