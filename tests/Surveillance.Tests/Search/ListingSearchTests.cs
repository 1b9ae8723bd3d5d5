using Dapper;
using Surveillance.Api.Search;
using Surveillance.Tests.Search.Feeding;

namespace Surveillance.Tests.Search;

public sealed class ListingSearchTests : IAsyncLifetime
{
    private static readonly SearchUnavailableException Away = new("the search server http://127.0.0.1:9 can't be reached");

    private readonly SearchBook _book = new();

    public async ValueTask InitializeAsync()
    {
        _book.Fill(30);
        await _book.CatchUpAsync();
    }

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Theory]
    [InlineData("包过", true, 15)]
    [InlineData("旧书", true, 0)]
    [InlineData("旧书", false, 15)]
    [InlineData("", false, 30)]
    [InlineData("包过 第4期", true, 1)]
    public async Task Without_the_index_the_records_give_the_same_answer(string text, bool leadsOnly, int expected)
    {
        var query = _book.Search.Parse(text, leadsOnly);
        var indexed = await AskAsync(query);
        _book.Index.Trouble = Away;
        var scanned = await AskAsync(query);

        Assert.False(indexed.IsFromRecords);
        Assert.True(scanned.IsFromRecords);
        Assert.Equal(expected, indexed.Ids.Count);
        Assert.Equal(indexed.Ids, scanned.Ids);
        Assert.Equal(indexed.Exported, scanned.Exported);
        Assert.Equal(indexed.Ids, indexed.Exported);
        Assert.Equal(indexed.Facets, scanned.Facets);
    }

    [Fact]
    public async Task It_comes_back_by_itself()
    {
        var query = _book.Search.Parse("包过", leadsOnly: true);
        _book.Index.Trouble = Away;
        Assert.True((await AskAsync(query)).IsFromRecords);
        Assert.Equal(Away.Message, _book.Search.Condition.Problem);
        _book.Index.Trouble = null;
        Assert.True((await AskAsync(query)).IsFromRecords);

        Assert.False(await _book.Gate.IsOpenAsync(SearchBook.Token));
        _book.Time.Now += TimeSpan.FromMinutes(1);
        Assert.True(await _book.Gate.IsOpenAsync(SearchBook.Token));

        Assert.False((await AskAsync(query)).IsFromRecords);
        Assert.Null(_book.Search.Condition.Problem);
    }

    [Fact]
    public async Task An_engine_that_a_person_must_mend_leaves_the_records_too()
    {
        _book.Index.Trouble = new SearchUnusableException("the search server refuses the key");

        Assert.True((await AskAsync(_book.Search.Parse("包过", leadsOnly: true))).IsFromRecords);
        Assert.True(_book.Search.Condition.IsUnusable);
    }

    [Fact]
    public async Task Facets_count_what_the_record_store_counts()
    {
        var facets = (await _book.Search.CountAsync(_book.Search.Parse("", leadsOnly: false), SearchBook.Token)).Value;
        using var connection = _book.Database.Open();
        foreach (var (facet, sql) in new[]
        {
            (Facet.Type, "SELECT type, count(*) FROM finding GROUP BY type"),
            (Facet.Platform, "SELECT platform, count(*) FROM listing WHERE platform IS NOT NULL GROUP BY platform"),
            (Facet.Item, "SELECT item, count(*) FROM listing_item GROUP BY item"),
            (Facet.Decision, "SELECT decision, count(*) FROM assessment GROUP BY decision"),
            (Facet.State, "SELECT state, count(*) FROM lead GROUP BY state"),
            (Facet.Day, "SELECT date(first_seen, '+8 hours'), count(*) FROM listing GROUP BY 1"),
        })
        {
            var stored = connection.Query<(string Key, long Count)>(sql).Select(row => $"{row.Key} {row.Count}").Order(StringComparer.Ordinal);
            Assert.Equal(stored, facets[facet].Select(count => $"{count.Key} {count.Count}").Order(StringComparer.Ordinal));
        }
    }

    private async Task<(bool IsFromRecords, List<string> Ids, List<string> Exported, List<string> Facets)> AskAsync(SearchQuery query)
    {
        var (ids, isFromRecords) = (new List<string>(), false);
        for (SearchCursor? after = null; ;)
        {
            var answer = await _book.Search.SearchAsync(new SearchRequest(query, 7, after), SearchBook.Token);
            ids.AddRange(answer.Value.Hits.Select(hit => hit.Id));
            isFromRecords |= answer.IsFromRecords;
            after = answer.Value.Next;
            if (after is null)
            {
                break;
            }
        }

        var exported = await _book.Search.ReadAsync(query, SearchBook.Token).Select(document => document.Id).ToListAsync(SearchBook.Token);
        var facets = (await _book.Search.CountAsync(query, SearchBook.Token)).Value.SelectMany(facet => facet.Value.Select(count => $"{facet.Key} {count.Key} {count.Count}")).ToList();
        return (isFromRecords, ids, exported, facets);
    }
}
