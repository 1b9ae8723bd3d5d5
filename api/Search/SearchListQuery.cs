using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Surveillance.Api.Leads;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>A search as an address asks for it; the same names serve the API, the export and the page.</summary>
/// <remarks>All members are text, so that what is wrong is answered in one Chinese sentence and never by the binder.</remarks>
public sealed record SearchListQuery
{
    public const int UsualSize = 50;
    public const int LargestSize = 500;

    [FromQuery(Name = "q"), Description("查询语句：词之间用空格，引号内按原样查，-词 排除，字段:值 筛选；留空为全部")]
    public string? Text { get; init; }

    [FromQuery(Name = "type"), Description("涉嫌违法类型的代号，可重复，例如 guarantee")]
    public string[]? Type { get; init; }

    [FromQuery(Name = "platform"), Description("平台名称，可重复，例如 闲鱼")]
    public string[]? Platform { get; init; }

    [FromQuery(Name = "item"), Description("证书，可重复，例如 低压电工证")]
    public string[]? Item { get; init; }

    [FromQuery(Name = "region"), Description("省级行政区，可重复，例如 广东")]
    public string[]? Region { get; init; }

    [FromQuery(Name = "decision"), Description("研判结论，可重复：flag、review、clear")]
    public string[]? Decision { get; init; }

    [FromQuery(Name = "state"), Description("处理状态，可重复：new、confirmed、rejected")]
    public string[]? State { get; init; }

    [FromQuery(Name = "first_from"), Description("首次发现不早于这一天（北京时间），例如 2026-11-01")]
    public string? FirstFrom { get; init; }

    [FromQuery(Name = "first_to"), Description("首次发现不晚于这一天（北京时间）")]
    public string? FirstTo { get; init; }

    [FromQuery(Name = "all"), Description("true 为全部信息；默认只查线索")]
    public string? All { get; init; }

    [FromQuery(Name = "size"), Description("每页几条，1 至 500，默认 50")]
    public string? Size { get; init; }

    [FromQuery(Name = "cursor"), Description("上一页给出的 next；留空为第一页")]
    public string? Cursor { get; init; }

    /// <inheritdoc cref="AddressQuery{T}.Of"/>
    public static SearchListQuery Of(string queryString) => AddressQuery<SearchListQuery>.Of(queryString);

    /// <inheritdoc cref="AddressQuery{T}.Text"/>
    public string ToQueryString() => AddressQuery<SearchListQuery>.Text(this);

    /// <summary>What is asked for, or the sentence that says what is wrong with it.</summary>
    public bool TryRead(ListingSearch search, [NotNullWhen(true)] out SearchRequest? request, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(search);
        request = null;
        var reader = new Leads.QueryReader();
        var filters = Filters(reader);
        var size = reader.Count(Size, "size", UsualSize, LargestSize);
        problem = reader.Problem ?? (All is null or "" or "true" or "false" ? null : "参数 all 应为 true 或 false。");
        SearchCursor? after = null;
        if (problem is null && !string.IsNullOrEmpty(Cursor) && !CursorText.TryRead(Cursor, out after))
        {
            problem = "参数 cursor 应为上一页给出的 next。";
        }

        if (problem is not null)
        {
            return false;
        }

        try
        {
            var query = search.Parse(Text ?? "", leadsOnly: All != "true");
            request = new SearchRequest(query with { Filters = [.. query.Filters, .. filters] }, size, after);
            return true;
        }
        catch (SearchQueryException error)
        {
            problem = error.InChinese;
            return false;
        }
    }

    private List<SearchFilter> Filters(Leads.QueryReader reader)
    {
        var filters = new List<SearchFilter>();
        void Add(string field, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                filters.Add(new SearchFilter.OneOf(field, values));
            }
        }

        Add(SearchField.Type, reader.Known(Type, "type", [.. ViolationType.All.Select(type => type.Id)]));
        Add(SearchField.Platform, Leads.QueryReader.Given(Platform));
        Add(SearchField.Item, Leads.QueryReader.Given(Item));
        Add(SearchField.Region, Leads.QueryReader.Given(Region));
        Add(SearchField.Decision, [.. reader.Words<Decision>(Decision, "decision").Select(StoredName.Of)]);
        Add(SearchField.State, [.. reader.Words<LeadState>(State, "state").Select(StoredName.Of)]);
        if (reader.Days(FirstFrom, FirstTo, "first") is var days && (days.From ?? days.To) is not null)
        {
            filters.Add(new SearchFilter.TimeRange(
                SearchField.FirstSeen,
                days.From is { } first ? StoredTime.StartOf(first) : null,
                days.To is { } last && last < DateOnly.MaxValue ? StoredTime.StartOf(last.AddDays(1)) : null));
        }

        return filters;
    }
}
