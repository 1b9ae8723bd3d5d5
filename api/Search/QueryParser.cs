using System.Globalization;
using System.Text;
using Surveillance.Api.Settings;
using Surveillance.Classifier.Text;

namespace Surveillance.Api.Search;

/// <summary>Reads what an officer types as a <see cref="SearchQuery"/>: DESIGN section 5, "Query"; docs/search.md. Thread safe.</summary>
/// <param name="normalizer">The one that documents go through.</param>
public sealed class QueryParser(Normalizer normalizer, Synonyms synonyms)
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestQuery = 1000;

    /// <summary>Terms and filters together.</summary>
    public const int MostTerms = 50;

    /// <summary>Answers for any text: a query, or one sentence. An empty one asks for everything.</summary>
    /// <exception cref="SearchQueryException">It is too long, or a part of it can't be understood.</exception>
    public SearchQuery Parse(string text, bool leadsOnly = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestQuery)
        {
            throw new SearchQueryException(
                string.Create(CultureInfo.InvariantCulture, $"expected a query of at most {LongestQuery} characters, got {text.Length}"),
                string.Create(CultureInfo.InvariantCulture, $"查询语句最多 {LongestQuery} 个字符，实际为 {text.Length} 个。"));
        }

        var terms = new List<SearchTerm>();
        var filters = new List<SearchFilter>();
        foreach (var part in new QueryReader(text).Read())
        {
            switch (part)
            {
                case QueryPart.Filter filter:
                    filters.Add(Filter(filter));
                    break;
                case QueryPart.Quoted quoted when Quoted(quoted) is { } term:
                    terms.Add(term);
                    break;
                case QueryPart.Word word:
                    terms.Add(Word(word));
                    break;
            }
        }

        return terms.Count + filters.Count <= MostTerms
            ? new SearchQuery { Terms = terms, Filters = filters, LeadsOnly = leadsOnly }
            : throw new SearchQueryException(
                string.Create(CultureInfo.InvariantCulture, $"expected at most {MostTerms} terms, got {terms.Count + filters.Count}"),
                string.Create(CultureInfo.InvariantCulture, $"查询词最多 {MostTerms} 个，实际为 {terms.Count + filters.Count} 个。"));
    }

    private static SearchFilter Filter(QueryPart.Filter filter)
    {
        if (!SearchField.All.Contains(filter.Field))
        {
            var nearest = NearestName.Of(filter.Field, SearchField.All);
            throw new SearchQueryException(
                $"unknown field '{filter.Field}', the nearest known one is '{nearest}'; quote it to search for it as text",
                $"没有“{filter.Field}”这个筛选项，最接近的是“{nearest}”；如要按文字查找，请加引号。");
        }

        return FilterReader.Read(filter);
    }

    /// <returns>Null where nothing stands between the quotes.</returns>
    private SearchTerm? Quoted(QueryPart.Quoted quoted)
    {
        var units = Grams.Units(normalizer.FoldGlobally(quoted.Text).Text);
        return quoted.Text.Length == 0 ? null
            : units.Count == 0 ? throw NothingIn(quoted.Text)
            : new SearchTerm([new GramPhrase(units), new GramPhrase(units, AsTyped: true)], quoted.IsExcluded);
    }

    private SearchTerm Word(QueryPart.Word word)
    {
        if (word.Text.EndsWith('*') && word.Text.TrimEnd('*') is var beginning && UnitReader.Read(normalizer.FoldGlobally(beginning).Text) is [.., { Kind: UnitKind.Run }])
        {
            // The beginning of a word may read as another word: initials, say. So it stands for itself, in both readings of a text.
            var units = Grams.Units(normalizer.FoldGlobally(beginning).Text);
            return new SearchTerm([new GramPhrase(units, IsPrefix: true), new GramPhrase(units, IsPrefix: true, AsTyped: true)], word.IsExcluded);
        }

        var normal = normalizer.Normalize(word.Text.TrimEnd('*')).Text.Trim();
        return normal.EnumerateRunes().Any(IsSearchable)
            ? new SearchTerm([.. synonyms.Of(normal).Select(form => new GramPhrase(Grams.Units(form)))], word.IsExcluded)
            : throw NothingIn(word.Text);
    }

    /// <summary>Whether anything is to be found by it: letters, digits, ideographs, emoji, currency; not punctuation and the like.</summary>
    private static bool IsSearchable(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.PrivateUse;

    private static SearchQueryException NothingIn(string text) => new(
        $"nothing to search for in '{text}': expected letters, digits or Chinese; quote punctuation to search for it",
        $"“{text}”中没有可查的文字；如要查标点，请加引号。");
}
