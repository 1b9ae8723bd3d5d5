using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>A filtered list of leads as an address asks for it; the same names serve the API, the export and the page.</summary>
/// <remarks>All members are text, so that what is wrong is answered in one Chinese sentence and never by the binder.</remarks>
public sealed record LeadListQuery
{
    [FromQuery(Name = "type"), Description("涉嫌违法类型的代号，可重复，例如 guarantee")]
    public string[]? Type { get; init; }

    [FromQuery(Name = "platform"), Description("平台名称，可重复，例如 闲鱼")]
    public string[]? Platform { get; init; }

    [FromQuery(Name = "item"), Description("证书，可重复，例如 低压电工证")]
    public string[]? Item { get; init; }

    [FromQuery(Name = "decision"), Description("研判结论，可重复：flag、review、clear")]
    public string[]? Decision { get; init; }

    [FromQuery(Name = "state"), Description("处理状态，可重复：new、confirmed、rejected；all 为全部")]
    public string[]? State { get; init; }

    [FromQuery(Name = "source"), Description("监测源代号，可重复")]
    public string[]? Source { get; init; }

    [FromQuery(Name = "risk_from"), Description("最低风险，0 至 1")]
    public string? RiskFrom { get; init; }

    [FromQuery(Name = "risk_to"), Description("最高风险，0 至 1")]
    public string? RiskTo { get; init; }

    [FromQuery(Name = "first_from"), Description("首次发现不早于这一天（北京时间），例如 2026-11-01")]
    public string? FirstFrom { get; init; }

    [FromQuery(Name = "first_to"), Description("首次发现不晚于这一天（北京时间）")]
    public string? FirstTo { get; init; }

    [FromQuery(Name = "last_from"), Description("最近发现不早于这一天（北京时间）")]
    public string? LastFrom { get; init; }

    [FromQuery(Name = "last_to"), Description("最近发现不晚于这一天（北京时间）")]
    public string? LastTo { get; init; }

    [FromQuery(Name = "operator"), Description("线索编号：只列与它属于同一经营者的线索，含它自己")]
    public string? Operator { get; init; }

    [FromQuery(Name = "q"), Description("标题、正文、经营者、商品编号或链接含有的文字")]
    public string? Text { get; init; }

    [FromQuery(Name = "sort"), Description("排序：rank（默认）、risk、uncertain（未处理的在前，其中最不确定的在前）、first_seen、last_seen、price、title、platform、seller、state")]
    public string? Sort { get; init; }

    [FromQuery(Name = "direction"), Description("asc 或 desc；默认数字和时间 desc，文字 asc")]
    public string? Direction { get; init; }

    [FromQuery(Name = "page"), Description("第几页，从 1 开始")]
    public string? Page { get; init; }

    [FromQuery(Name = "size"), Description("每页几条，1 至 500，默认 50")]
    public string? Size { get; init; }

    /// <inheritdoc cref="AddressQuery{T}.Of"/>
    public static LeadListQuery Of(string queryString) => AddressQuery<LeadListQuery>.Of(queryString);

    /// <inheritdoc cref="AddressQuery{T}.Text"/>
    public string ToQueryString() => AddressQuery<LeadListQuery>.Text(this);

    /// <summary>What the query asks for, or the sentence that says what is wrong with it.</summary>
    public bool TryRead([NotNullWhen(true)] out LeadListRequest? request, [NotNullWhen(false)] out string? problem)
    {
        var reader = new QueryReader();
        var order = reader.Word(Sort, "sort", LeadOrder.Rank);
        var falls = order is LeadOrder.Rank or LeadOrder.Risk or LeadOrder.Uncertain or LeadOrder.FirstSeen or LeadOrder.LastSeen or LeadOrder.Price;
        var filter = new LeadFilter
        {
            Types = reader.Known(Type, "type", [.. ViolationType.All.Select(type => type.Id)]),
            Platforms = QueryReader.Given(Platform),
            Items = QueryReader.Given(Item),
            Sources = QueryReader.Given(Source),
            Decisions = reader.Words<Decision>(Decision, "decision"),
            States = QueryReader.Given(State) is ["all"] ? [] : reader.Words<LeadState>(State, "state"),
            RiskFrom = reader.Risk(RiskFrom, "risk_from"),
            RiskTo = reader.Risk(RiskTo, "risk_to"),
            FirstSeen = reader.Days(FirstFrom, FirstTo, "first"),
            LastSeen = reader.Days(LastFrom, LastTo, "last"),
            Operator = reader.Lead(Operator, "operator"),
            Contains = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
            Order = order,
            Reversed = reader.Rises(Direction) is { } rises && rises == falls,
        };
        reader.Ordered(filter.RiskFrom, filter.RiskTo, "risk");
        var page = reader.Count(Page, "page", 1, 1_000_000);
        var size = reader.Count(Size, "size", 50, 500);
        problem = reader.Problem;
        request = problem is null ? new LeadListRequest(filter, page, size) : null;
        return problem is null;
    }
}

/// <summary>A page of a filtered list.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Size">Rows a page.</param>
public sealed record LeadListRequest(LeadFilter Filter, int Page, int Size);
