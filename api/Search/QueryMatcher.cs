namespace Surveillance.Api.Search;

/// <summary>Whether a document answers a query, read from the document alone; for searching without an index. Thread safe.</summary>
public sealed class QueryMatcher
{
    private readonly SearchQuery _query;
    private readonly (bool IsExcluded, Needle[] Phrases)[] _terms;

    public QueryMatcher(SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _terms = [.. query.Terms.Select(term => (term.IsExcluded, term.Phrases.Select(Needle.Of).ToArray()))];
    }

    /// <param name="document">With its <see cref="IndexDocument.Grams"/>.</param>
    public bool Holds(IndexDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return (document.IsLead || !_query.LeadsOnly)
            && _query.Filters.All(filter => Holds(filter, document) != filter.IsExcluded)
            && _terms.All(term => term.Phrases.Any(phrase => document.Grams.Any(phrase.IsIn)) != term.IsExcluded);
    }

    private static bool Holds(SearchFilter filter, IndexDocument document) => filter switch
    {
        SearchFilter.OneOf oneOf => DocumentFields.ValuesOf(oneOf.Field, document).Any(oneOf.Values.Contains),
        SearchFilter.NumberRange range => DocumentFields.NumberOf(range.Field, document) is { } number && !(number < range.From) && !(number > range.To),
        SearchFilter.TimeRange range => DocumentFields.TimeOf(range.Field, document) is var time && !(time < range.From) && !(time >= range.Before),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A phrase as it stands in <see cref="IndexDocument.Grams"/>.</summary>
    private sealed record Needle(string Text, bool IsPrefix)
    {
        public static Needle Of(GramPhrase phrase) => new(Search.Grams.Join(phrase.Units, phrase.AsTyped), phrase.IsPrefix);

        /// <summary>Whole units only: a space or an end on both sides.</summary>
        public bool IsIn(string gram)
        {
            for (var at = gram.IndexOf(Text, StringComparison.Ordinal); at >= 0; at = gram.IndexOf(Text, at + 1, StringComparison.Ordinal))
            {
                var end = at + Text.Length;
                if ((at == 0 || gram[at - 1] == ' ') && (IsPrefix || end == gram.Length || gram[end] == ' '))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
