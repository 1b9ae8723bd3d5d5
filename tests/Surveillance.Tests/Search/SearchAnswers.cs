using Surveillance.Api.Search;
using Surveillance.Classifier;

namespace Surveillance.Tests.Search;

/// <summary>Whatever answers searches, held against the naive scan.</summary>
internal sealed class SearchAnswers(
    IReadOnlyList<IndexDocument> documents,
    Func<SearchRequest, Task<SearchPage>> search,
    Func<SearchQuery, Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>>> count)
{
    private readonly NaiveListing[] _listings = [.. documents.Select(document => new NaiveListing(document))];

    /// <summary>Ids, order, totals, pages to the end, and facets of every query.</summary>
    /// <returns>One sentence for each query that is answered otherwise.</returns>
    public async Task<IReadOnlyList<string>> WrongAsync(IEnumerable<SearchCase> cases)
    {
        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var expected = one.Expected(_listings);
            string[] ids = [.. expected.Select(document => document.Id)];
            foreach (var size in new[] { 1000, Math.Max(1, ids.Length / 3) })
            {
                var (found, totals) = await PagesAsync(one.Parsed, size);
                if (!found.SequenceEqual(ids))
                {
                    wrong.Add($"{one.Query} (pages of {size}): expected {ids.Length}, got {found.Count}; too many: {Texts(found.Except(ids))}; missing: {Texts(ids.Except(found))}");
                }

                if (totals.Any(total => total != ids.Length))
                {
                    wrong.Add($"{one.Query}: expected a total of {ids.Length} on each page, got {string.Join(' ', totals)}");
                }
            }

            await AddWrongFacetsAsync(one, expected, wrong);
        }

        return wrong;
    }

    private async Task<(List<string> Ids, List<long> Totals)> PagesAsync(SearchQuery query, int size)
    {
        var ids = new List<string>();
        var totals = new List<long>();
        SearchCursor? after = null;
        do
        {
            var page = await search(new SearchRequest(query, size, after));
            Assert.True(page.Hits.Count == size || page.Next is null, "only the last page may be short");
            ids.AddRange(page.Hits.Select(hit => hit.Id));
            totals.Add(page.Total);
            after = page.Next;
        }
        while (after is not null);
        return (ids, totals);
    }

    private async Task AddWrongFacetsAsync(SearchCase one, IReadOnlyList<IndexDocument> expected, List<string> wrong)
    {
        var facets = await count(one.Parsed);
        foreach (var facet in Facet.All)
        {
            var naive = Count(facet, expected);
            if (!facets[facet].SequenceEqual(naive))
            {
                wrong.Add($"{one.Query}, by {facet}: expected {string.Join(' ', naive)}, got {string.Join(' ', facets[facet])}");
            }
        }
    }

    private static FacetCount[] Count(string facet, IReadOnlyList<IndexDocument> documents)
    {
        var counts = documents.SelectMany(document => Keys(facet, document)).GroupBy(key => key).Select(group => new FacetCount(group.Key, group.Count()));
        return facet == Facet.Day
            ? [.. counts.OrderBy(count => count.Key, StringComparer.Ordinal)]
            : [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Keys(string facet, IndexDocument document) => facet switch
    {
        "type" => document.Findings.Select(finding => finding.Type),
        "platform" => document.Platform is { } platform ? [platform] : [],
        "item" => document.Items,
        "region" => document.Region is { } region ? [region] : [],
        "day" => [SearchCases.Day(new NaiveListing(document))],
        "decision" => [document.Decision switch { Decision.Flag => "flag", Decision.Review => "review", _ => "clear" }],
        "state" => document.State is { } state ? [state] : [],
        _ => throw new ArgumentException($"unknown facet {facet}", nameof(facet)),
    };

    private string Texts(IEnumerable<string> ids) =>
        string.Join(" | ", ids.Take(3).Select(id => documents.FirstOrDefault(document => document.Id == id) is { } document ? $"{document.Title}/{document.Text}" : id));
}
