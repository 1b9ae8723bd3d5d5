using Surveillance.Api.Search;

namespace Surveillance.Tests.Search;

public sealed class DocumentScanTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Answers_as_a_naive_scan_does()
    {
        var documents = SearchCorpus.Documents;
        var answers = new SearchAnswers(
            documents,
            request => DocumentScan.SearchAsync(documents.ToAsyncEnumerable(), request, TestContext.Current.CancellationToken),
            query => DocumentScan.CountAsync(documents.ToAsyncEnumerable(), query, TestContext.Current.CancellationToken));
        Assert.Equal("", string.Join('\n', await answers.WrongAsync(SearchCases.All)));
        output.WriteLine($"{documents.Count} listings, {SearchCases.All.Count} queries");
    }

    [Fact]
    public void The_cases_are_many_and_most_find_something()
    {
        NaiveListing[] listings = [.. SearchCorpus.Documents.Select(document => new NaiveListing(document))];
        string[] barren = [.. SearchCases.All.Where(one => one.Expected(listings).Count == 0).Select(one => one.Query).Order(StringComparer.Ordinal)];
        Assert.True(listings.Length >= 500 && SearchCases.All.Count >= 60);
        Assert.Equal(new[] { "不存在的词", "电工证在此", "vi", "\"vi\"", "\"保证通过 没有闭合", "type:superlative", "platform:\"some market\"" }.Order(StringComparer.Ordinal), barren);
    }
}
