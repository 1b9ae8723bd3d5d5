using System.Text.Json;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

/// <summary>What every engine must do. An engine derives from it and makes an index of nothing, of its own for each call.</summary>
public abstract class ListingIndexContract(ITestOutputHelper output)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An index that no other test reads or writes, opened, without a document.</summary>
    protected abstract Task<IListingIndex> MakeAsync();

    [Fact]
    public async Task Answers_as_a_naive_scan_does()
    {
        await using var index = await FilledAsync(SearchCorpus.Documents);
        Assert.Equal("", string.Join('\n', await Answers(index, SearchCorpus.Documents).WrongAsync(SearchCases.All)));
        output.WriteLine($"{index.Name}: {SearchCorpus.Documents.Count} listings, {SearchCases.All.Count} queries");
    }

    [Fact]
    public async Task Finds_random_terms_in_random_texts_as_a_naive_scan_does()
    {
        var random = new Random(7);
        IndexDocument[] documents = [.. Enumerable.Range(0, 400).Select(number => SearchCorpus.Document($"{number:x20}", RandomText.Of(random, 12), random.Next(2) == 0 ? null : RandomText.Of(random, 30)))];
        SearchCase[] cases = [.. Enumerable.Range(0, 300).Select(_ => RandomText.Case(random)).OfType<SearchCase>()];
        Assert.True(cases.Length > 100);
        await using var index = await FilledAsync(documents);
        Assert.Equal("", string.Join('\n', await Answers(index, documents).WrongAsync(cases)));
    }

    [Fact]
    public async Task The_longest_queries_are_answered()
    {
        var longest = string.Concat(Enumerable.Range(0, 1000).Select(place => "电工证考"[place * 7 % 4]));
        await using var index = await FilledAsync([SearchCorpus.Document("a", "低压电工证包过", "x" + longest), SearchCorpus.Document("b", "无")]);
        foreach (var (query, ids) in new[]
        {
            (longest, "a"),
            (string.Join(' ', Enumerable.Repeat("低压证", 50)), "a"),
            (string.Join(' ', Enumerable.Repeat("-低压证", 50)), "b"),
            (string.Join(' ', Enumerable.Range(0, 50).Select(number => $"-platform:p{number},q{number}")), "a b"),
        })
        {
            var page = await index.SearchAsync(new SearchRequest(SearchCases.Parser.Parse(query), 10), Cancelled);
            Assert.Equal(ids, string.Join(' ', page.Hits.Select(hit => hit.Id)));
        }
    }

    [Fact]
    public async Task Gives_documents_back_as_they_were()
    {
        await using var index = await FilledAsync(SearchCorpus.Documents);
        var written = SearchCorpus.Documents.ToDictionary(document => document.Id);
        await foreach (var document in index.ReadAsync(new SearchQuery { LeadsOnly = false }, Cancelled))
        {
            // What can't be written as JSON, half a surrogate pair, comes back as U+FFFD.
            Assert.Equal(JsonOf(JsonSerializer.Deserialize<IndexDocument>(JsonOf(written[document.Id]), ContractJson.Options)!), JsonOf(document));
            Assert.Equal(written[document.Id].Version, document.Version);
            written.Remove(document.Id);
        }

        Assert.Empty(written);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("包过", false)]
    [InlineData("type:guarantee price:50.. -包", true)]
    [InlineData("不存在的词", false)]
    public async Task Reads_all_that_pages_show(string text, bool leadsOnly)
    {
        await using var index = await FilledAsync(SearchCorpus.Documents);
        var query = SearchCases.Parser.Parse(text, leadsOnly);
        string[] read = [.. await index.ReadAsync(query, Cancelled).Select(document => document.Id).ToListAsync(Cancelled)];
        Assert.Equal((await index.SearchAsync(new SearchRequest(query, 1000), Cancelled)).Hits.Select(hit => hit.Id), read);
    }

    [Fact]
    public async Task Reads_what_was_there_when_the_reading_began()
    {
        await using var index = await FilledAsync(SearchCorpus.Documents);
        var reading = index.ReadAsync(new SearchQuery { LeadsOnly = false }, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await reading.MoveNextAsync());
        var ids = new List<string> { reading.Current.Id };
        await index.DeleteAsync(null, [.. SearchCorpus.Documents.Take(300).Select(document => document.Id)], Cancelled);
        await index.WriteAsync(null, [SearchCorpus.Document("new", "包过") with { Risk = 1 }], Cancelled);
        await index.RefreshAsync(null, Cancelled);
        while (await reading.MoveNextAsync())
        {
            ids.Add(reading.Current.Id);
        }

        await reading.DisposeAsync();
        Assert.Equal(SearchCorpus.Documents.Select(document => document.Id).Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        Assert.Equal(SearchCorpus.Documents.Count - 299, (await index.SearchAsync(new SearchRequest(new SearchQuery { LeadsOnly = false }, 1), Cancelled)).Total);
    }

    [Fact]
    public async Task Lists_ids_and_versions_by_id()
    {
        await using var index = await FilledAsync(SearchCorpus.Documents);
        Assert.Equal(
            SearchCorpus.Documents.OrderBy(document => document.Id, StringComparer.Ordinal).Select(document => new IndexedVersion(document.Id, document.Version)),
            await index.VersionsAsync(null, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task An_older_state_never_replaces_a_newer_one()
    {
        await using var index = await MakeAsync();
        foreach (var (version, title) in new[] { (5L, "焊工五"), (3L, "焊工三"), (5L, "焊工五"), (9L, "焊工九"), (8L, "焊工八") })
        {
            Assert.IsType<WriteOutcome.Written>(Assert.Single(await index.WriteAsync(null, [SearchCorpus.Document("a", title, version: version)], Cancelled)));
        }

        await index.RefreshAsync(null, Cancelled);
        Assert.Equal([new IndexedVersion("a", 9)], await index.VersionsAsync(null, Cancelled).ToListAsync(Cancelled));
        Assert.Equal(["焊工九"], await TitlesAsync(index, "焊工"));
        foreach (var gone in new[] { "五", "三", "八" })
        {
            Assert.Empty(await TitlesAsync(index, gone));
        }
    }

    [Fact]
    public async Task A_state_written_twice_in_one_batch_ends_as_the_newer()
    {
        await using var index = await MakeAsync();
        await index.WriteAsync(null, [SearchCorpus.Document("a", "二", version: 2), SearchCorpus.Document("a", "一", version: 1), SearchCorpus.Document("b", "一"), SearchCorpus.Document("b", "二", version: 2)], Cancelled);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal(["二", "二"], await TitlesAsync(index, ""));
    }

    [Fact]
    public async Task A_changed_document_is_found_by_what_it_says_now()
    {
        await using var index = await FilledAsync([SearchCorpus.Document("a", "旧词")]);
        var changed = SearchCorpus.Document("a", "新词", version: 2) with { State = "rejected", Decision = Decision.Clear, Risk = 0.1, Price = 5, Platform = "淘宝" };
        foreach (var document in new[] { changed, changed with { Version = 3, State = "new" }, changed with { Version = 4, LastSeen = Some.Noon.AddDays(9), Price = 7 } })
        {
            await index.WriteAsync(null, [document], Cancelled);
            await index.RefreshAsync(null, Cancelled);
            Assert.Equal("", string.Join('\n', await Answers(index, [document]).WrongAsync(
            [
                new SearchCase("旧词", listing => listing.Has("旧词"), LeadsOnly: false),
                new SearchCase("新词", listing => listing.Has("新词")),
                new SearchCase("新词", listing => listing.Has("新词"), LeadsOnly: false),
                new SearchCase("state:rejected", listing => listing.Document.State == "rejected", LeadsOnly: false),
                new SearchCase("price:7", listing => listing.Document.Price == 7, LeadsOnly: false),
                new SearchCase("decision:flag", listing => listing.Document.Decision == Decision.Flag, LeadsOnly: false),
            ])));
        }
    }

    [Fact]
    public async Task A_refused_document_stops_no_other()
    {
        await using var index = await MakeAsync();
        var refused = SearchCorpus.Document("b", "二") with { Seller = new string('店', 20_000) };
        var outcomes = await index.WriteAsync(null, [SearchCorpus.Document("a", "一"), refused, SearchCorpus.Document("c", "三")], Cancelled);
        await index.RefreshAsync(null, Cancelled);
        Assert.IsType<WriteOutcome.Written>(outcomes[0]);
        Assert.NotEmpty(Assert.IsType<WriteOutcome.Rejected>(outcomes[1]).Reason);
        Assert.IsType<WriteOutcome.Written>(outcomes[2]);
        Assert.Equal(["一", "三"], await TitlesAsync(index, ""));
    }

    [Fact]
    public async Task Takes_documents_away()
    {
        await using var index = await FilledAsync([SearchCorpus.Document("a", "包过一"), SearchCorpus.Document("b", "包过二"), SearchCorpus.Document("c", "包过三")]);
        await index.DeleteAsync(null, ["b", "never there"], Cancelled);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal(["包过一", "包过三"], await TitlesAsync(index, "包过"));
        Assert.Equal(2, (await index.OpenAsync(Cancelled)).Documents);
        await index.WriteAsync(null, [SearchCorpus.Document("b", "包过再来", version: 7)], Cancelled);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal(["包过一", "包过再来", "包过三"], await TitlesAsync(index, "包过"));
    }

    [Fact]
    public async Task The_next_index_is_built_beside_and_switched_to()
    {
        await using var index = await FilledAsync([SearchCorpus.Document("a", "旧一")]);
        var first = await index.OpenAsync(Cancelled);
        var next = await index.CreateNextAsync(Cancelled);
        Assert.True(string.CompareOrdinal(first.Index, next) < 0);
        await index.WriteAsync(next, [SearchCorpus.Document("a", "新一"), SearchCorpus.Document("b", "新二")], Cancelled);
        await index.WriteAsync(null, [SearchCorpus.Document("c", "旧三")], Cancelled);
        await index.RefreshAsync(next, Cancelled);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal(["旧一", "旧三"], await TitlesAsync(index, ""));
        Assert.Equal(["a", "b"], await index.VersionsAsync(next, Cancelled).Select(version => version.Id).ToListAsync(Cancelled));

        await index.DeleteAsync(next, ["b"], Cancelled);
        await index.SwitchAsync(next, Cancelled);
        Assert.Equal(["新一"], await TitlesAsync(index, ""));
        var status = await index.OpenAsync(Cancelled);
        Assert.Equal((next, IndexSchema.Version, 1L), (status.Index, status.SchemaVersion, status.Documents));
        Assert.Equal([first.Index], status.Others);

        Assert.Equal([first.Index], await index.DropOldAsync(Cancelled));
        Assert.Empty((await index.OpenAsync(Cancelled)).Others);
        Assert.Empty(await index.DropOldAsync(Cancelled));
        Assert.True(string.CompareOrdinal(next, await index.CreateNextAsync(Cancelled)) < 0);
        Assert.Equal(["新一"], await TitlesAsync(index, ""));
    }

    private async Task<IListingIndex> FilledAsync(IReadOnlyList<IndexDocument> documents)
    {
        var index = await MakeAsync();
        foreach (var batch in documents.Chunk(250))
        {
            Assert.All(await index.WriteAsync(null, batch, Cancelled), outcome => Assert.IsType<WriteOutcome.Written>(outcome));
        }

        await index.RefreshAsync(null, Cancelled);
        return index;
    }

    private static SearchAnswers Answers(IListingIndex index, IReadOnlyList<IndexDocument> documents) =>
        new(documents, request => index.SearchAsync(request, Cancelled), query => index.CountAsync(query, Cancelled));

    private static async Task<IReadOnlyList<string?>> TitlesAsync(IListingIndex index, string query) =>
        [.. (await index.SearchAsync(new SearchRequest(SearchCases.Parser.Parse(query, leadsOnly: false), 10), Cancelled)).Hits.Select(hit => hit.Title)];

    private static string JsonOf(IndexDocument document) => JsonSerializer.Serialize(document with { Grams = [] }, ContractJson.Options);
}
