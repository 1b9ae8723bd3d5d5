using Dapper;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Leads;

/// <summary>A filter as SQL conditions with parameters; nothing that a person typed becomes SQL.</summary>
internal sealed class LeadSql
{
    private readonly List<string> _conditions = [];

    public LeadSql(LeadFilter filter)
    {
        Filter = filter;
        AddSets(filter);
        AddRanges(filter);
        if (filter.Operator is { } listing)
        {
            Parameters.Add("operator", listing.Value);
            _conditions.Add(
                """
                (lead.listing_id = @operator OR lead.listing_id IN (
                    SELECT listing_id FROM operator_member WHERE operator_id = (SELECT operator_id FROM operator_member WHERE listing_id = @operator)))
                """);
        }

        if (filter.Contains is { Length: > 0 } typed)
        {
            Parameters.Add("contains", $"%{Escaped(typed)}%");
            _conditions.Add(
                """
                (content.title LIKE @contains ESCAPE '\' OR content.text LIKE @contains ESCAPE '\' OR content.seller LIKE @contains ESCAPE '\'
                 OR listing.item_id LIKE @contains ESCAPE '\' OR listing.url LIKE @contains ESCAPE '\')
                """);
        }
    }

    public LeadFilter Filter { get; }

    public DynamicParameters Parameters { get; } = new();

    /// <summary>
    /// Tables, joined, that the conditions and the order need. The indexes are named because the planner would rather read the whole
    /// rows, which hold the long bodies.
    /// </summary>
    public string From =>
        """
        lead
        JOIN listing ON listing.id = lead.listing_id
        JOIN assessment INDEXED BY assessment_in_brief ON assessment.listing_id = lead.listing_id AND assessment.is_lead = 1
        """ + Content;

    public string Where => string.Join(" AND ", _conditions);

    public string OrderBy
    {
        get
        {
            var (falling, rising) = Filter.Reversed ? ("ASC", "DESC") : ("DESC", "ASC");
            var keys = Filter.Order switch
            {
                LeadOrder.Risk => $"assessment.risk {falling}",
                LeadOrder.Uncertain => $"lead.state <> 'new', assessment.uncertainty IS NULL, assessment.uncertainty {falling}",
                LeadOrder.FirstSeen => $"listing.first_seen {falling}",
                LeadOrder.LastSeen => $"listing.last_seen {falling}",
                LeadOrder.Price => $"content.price IS NULL, content.price {falling}",
                LeadOrder.Title => $"content.title {rising}",
                LeadOrder.Platform => $"listing.platform IS NULL, listing.platform {rising}",
                LeadOrder.Seller => $"content.seller IS NULL, content.seller {rising}",
                LeadOrder.State => $"CASE lead.state WHEN 'new' THEN 0 WHEN 'confirmed' THEN 1 ELSE 2 END {rising}",
                _ => $"CASE assessment.decision WHEN 'flag' THEN 2 WHEN 'review' THEN 1 ELSE 0 END {falling}, assessment.risk {falling}, listing.last_seen {falling}",
            };
            return $"{keys}, lead.listing_id";
        }
    }

    private string Content
    {
        get
        {
            const string Current = "content.listing_id = lead.listing_id AND content.version = listing.version";
            return Filter switch
            {
                { Contains.Length: > 0 } => $" JOIN listing_version AS content ON {Current}",
                { Order: LeadOrder.Price or LeadOrder.Title or LeadOrder.Seller } => $" JOIN listing_version AS content INDEXED BY listing_version_in_brief ON {Current} AND content.is_lead = 1",
                _ => "",
            };
        }
    }

    private void AddSets(LeadFilter filter)
    {
        AddSet("types", filter.Types, "EXISTS (SELECT 1 FROM finding WHERE finding.listing_id = lead.listing_id AND finding.type IN @types)");
        AddSet("items", filter.Items, "EXISTS (SELECT 1 FROM listing_item WHERE listing_item.listing_id = lead.listing_id AND listing_item.item IN @items)");
        AddSet("platforms", filter.Platforms, "listing.platform IN @platforms");
        AddSet("sources", filter.Sources, "listing.source_id IN @sources");
        AddSet("states", [.. filter.States.Select(StoredName.Of)], "lead.state IN @states");
        AddSet("decisions", [.. filter.Decisions.Select(StoredName.Of)], "assessment.decision IN @decisions");
        if (filter.Decisions.Count == 0)
        {
            _conditions.Add("(assessment.decision <> 'clear' OR lead.state <> 'new')");
        }
    }

    private void AddSet(string name, IReadOnlyList<string> values, string condition)
    {
        if (values.Count > 0)
        {
            Parameters.Add(name, values);
            _conditions.Add(condition);
        }
    }

    private void AddRanges(LeadFilter filter)
    {
        AddBound("riskFrom", filter.RiskFrom, "assessment.risk >= @riskFrom");
        AddBound("riskTo", filter.RiskTo, "assessment.risk <= @riskTo");
        AddBound("firstFrom", StartOf(filter.FirstSeen.From), "listing.first_seen >= @firstFrom");
        AddBound("firstBefore", EndOf(filter.FirstSeen.To), "listing.first_seen < @firstBefore");
        AddBound("lastFrom", StartOf(filter.LastSeen.From), "listing.last_seen >= @lastFrom");
        AddBound("lastBefore", EndOf(filter.LastSeen.To), "listing.last_seen < @lastBefore");
    }

    private void AddBound(string name, object? value, string condition)
    {
        if (value is not null)
        {
            Parameters.Add(name, value);
            _conditions.Add(condition);
        }
    }

    private static string? StartOf(DateOnly? day) => day is { } from ? StoredTime.Of(StoredTime.StartOf(from)) : null;

    // The last day that the calendar knows has no next one, and so no end to compare with.
    private static string? EndOf(DateOnly? day) => day is { } to && to < DateOnly.MaxValue ? StoredTime.Of(StoredTime.StartOf(to.AddDays(1))) : null;

    private static string Escaped(string typed) =>
        typed.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
