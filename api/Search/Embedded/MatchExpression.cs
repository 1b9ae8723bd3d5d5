namespace Surveillance.Api.Search.Embedded;

/// <summary>Writes the part of a query that SQLite's full-text index answers: terms, and fields that are filtered letter by letter. Ranges are no part of it.</summary>
internal static class MatchExpression
{
    /// <returns>Null where the query has no such part.</returns>
    public static string? Of(SearchQuery query)
    {
        var conditions = query.Terms.Select(term => (term.IsExcluded, Text: Any(term.Phrases.Select(Phrase))))
            .Concat(query.Filters.OfType<SearchFilter.OneOf>().Select(filter => (filter.IsExcluded, Text: Any(filter.Values.Select(value => Facet(IndexTokens.Of(filter.Field, value)))))))
            .ToLookup(condition => condition.IsExcluded, condition => condition.Text);
        var wanted = conditions[false].Any() ? string.Join(" AND ", conditions[false]) : Facet(IndexTokens.Any);
        return conditions.Count == 0 ? null
            : conditions[true].Any() ? $"({wanted}) NOT {Any(conditions[true])}"
            : wanted;
    }

    private static string Any(IEnumerable<string> conditions) => $"({string.Join(" OR ", conditions)})";

    private static string Facet(string token) => $"facets : \"{token}\"";

    private static string Phrase(GramPhrase phrase) =>
        $"{(phrase.Units.Count == 1 ? "singles" : "pairs")} : \"{string.Join(' ', IndexTokens.Of(phrase))}\"{(phrase.IsPrefix ? " *" : "")}";
}
