using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Surveillance.Classifier;

namespace Surveillance.Api.Search.Server;

/// <summary>Says a <see cref="SearchQuery"/> in the server's query language.</summary>
internal static class ServerQuery
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // Risks are rounded to this many steps (DESIGN section 5), and held as floats, whose own rounding bounds between two steps must not meet.
    private const decimal RiskSteps = 10_000;

    /// <summary>What matches, with a score that says nothing but the decision: the server can't sort words by an order of ours, and has scripts only where they are installed.</summary>
    public static JsonObject Ranked(SearchQuery query)
    {
        var matching = Matching(query);
        matching["bool"]!["should"] = new JsonArray(Rank(Decision.Flag), Rank(Decision.Review));
        matching["bool"]!["minimum_should_match"] = 0;
        return matching;
    }

    /// <summary>The order of results; by its values <c>search_after</c> goes on.</summary>
    public static JsonArray Order() => [Falling("_score"), Falling("risk"), Falling("last_seen"), new JsonObject { ["id"] = "asc" }];

    public static JsonArray After(SearchCursor cursor) =>
        [Score(cursor.Decision), cursor.Risk, cursor.LastSeen.ToUnixTimeMilliseconds(), cursor.Id];

    /// <summary>What matches, all with a score of nothing.</summary>
    public static JsonObject Matching(SearchQuery query)
    {
        // With nothing that must match, one of the ranks would have to.
        var filters = new JsonArray(new JsonObject { ["match_all"] = new JsonObject() });
        var excluded = new JsonArray();
        foreach (var term in query.Terms)
        {
            (term.IsExcluded ? excluded : filters).Add(Any(term.Phrases.Select(PhraseQuery.Of)));
        }

        foreach (var filter in query.Filters)
        {
            (filter.IsExcluded ? excluded : filters).Add(Condition(filter));
        }

        if (query.LeadsOnly)
        {
            filters.Add(new JsonObject { ["exists"] = new JsonObject { ["field"] = "state" } });
            excluded.Add(All(Is("state", "new"), Is("decision", "clear")));
        }

        return new JsonObject { ["bool"] = new JsonObject { ["filter"] = filters, ["must_not"] = excluded } };
    }

    private static JsonObject Condition(SearchFilter filter) => filter switch
    {
        SearchFilter.OneOf { Field: SearchField.Type } one => Nested("findings", Terms("findings.type", one.Values)),
        SearchFilter.OneOf { Field: SearchField.Contact } one => Nested("contacts", Terms("contacts.value", one.Values)),
        SearchFilter.OneOf { Field: SearchField.Item } one => Terms("items", one.Values),
        SearchFilter.OneOf one => Terms(one.Field, one.Values),
        SearchFilter.NumberRange { Field: SearchField.Risk } range => Range(range.Field, Stepped(range.From, Math.Ceiling), Stepped(range.To, Math.Floor)),
        SearchFilter.NumberRange range => Range(range.Field, range.From, range.To),
        SearchFilter.TimeRange range => Range(range.Field, range.From, range.Before),
        _ => throw new UnreachableException(),
    };

    private static JsonObject Terms(string field, IEnumerable<string> values) =>
        new() { ["terms"] = new JsonObject { [field] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) } };

    private static JsonObject Nested(string path, JsonNode query) => new() { ["nested"] = new JsonObject { ["path"] = path, ["query"] = query } };

    private static JsonObject Range(string field, double? from, double? to)
    {
        // JSON has no infinity: as an open end it is no bound, as the other end nothing reaches it.
        if (from is double.PositiveInfinity or double.NaN || to is double.NegativeInfinity or double.NaN)
        {
            return new JsonObject { ["match_none"] = new JsonObject() };
        }

        return Range(field, "lte", from is double.NegativeInfinity ? null : from, to is double.PositiveInfinity ? null : to);
    }

    private static JsonObject Range(string field, DateTimeOffset? from, DateTimeOffset? before) => Range(field, "lt", Time(from), Time(before));

    private static JsonObject Range(string field, string toName, JsonNode? from, JsonNode? to)
    {
        var bounds = new JsonObject();
        if (from is not null)
        {
            bounds["gte"] = from;
        }

        if (to is not null)
        {
            bounds[toName] = to;
        }

        // A range without an end still asks for a value.
        return bounds.Count > 0
            ? new JsonObject { ["range"] = new JsonObject { [field] = bounds } }
            : new JsonObject { ["exists"] = new JsonObject { ["field"] = field } };
    }

    private static double? Stepped(double? bound, Func<decimal, decimal> round) =>
        bound is not { } value || !double.IsFinite(value) ? bound : (double)(round((decimal)Math.Clamp(value, -1, 2) * RiskSteps) / RiskSteps);

    private static JsonValue? Time(DateTimeOffset? time) =>
        time is { } at ? JsonValue.Create(at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)) : null;

    private static JsonNode Any(IEnumerable<JsonNode> queries)
    {
        JsonNode[] all = [.. queries];
        return all is [var only] ? only : new JsonObject { ["bool"] = new JsonObject { ["should"] = new JsonArray(all), ["minimum_should_match"] = 1 } };
    }

    private static JsonObject All(params JsonNode[] queries) => new() { ["bool"] = new JsonObject { ["filter"] = new JsonArray(queries) } };

    private static JsonObject Is(string field, string value) => new() { ["term"] = new JsonObject { [field] = value } };

    private static JsonObject Rank(Decision decision) =>
        new() { ["constant_score"] = new JsonObject { ["filter"] = Is("decision", DocumentFields.NameOf(decision)), ["boost"] = Score(decision) } };

    private static int Score(Decision decision) => decision switch
    {
        Decision.Flag => 2,
        Decision.Review => 1,
        Decision.Clear => 0,
        _ => throw new UnreachableException(),
    };

    private static JsonObject Falling(string field) => new() { [field] = "desc" };
}
