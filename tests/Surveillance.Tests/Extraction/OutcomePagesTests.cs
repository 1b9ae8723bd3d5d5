using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Written pages that stand in the way, are gone or found nothing, and others that only look so; the file's name begins with what it is.</summary>
public sealed class OutcomePagesTests
{
    public static TheoryData<string> Pages => [.. WrittenPages.In("Outcomes").Concat(WrittenPages.In("OutcomesUnseen")).Concat(WrittenPages.In("OutcomesBlind"))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tells_a_wall_an_absence_and_an_empty_search_from_what_looks_like_one(string name)
    {
        var content = WrittenPages.Read(name);

        Assert.Equal(Path.GetFileName(name).Split('-')[0], Ending(content));
        Assert.True(content.Outcome == PageOutcome.Ok || content.Listings.Count == 0);
    }

    private static string Ending(PageContent content) => content switch
    {
        { Outcome: PageOutcome.Ok } => "open",
        { Blocked: { } kind } => kind.ToString().ToLowerInvariant(),
        _ => content.Outcome.ToString().ToLowerInvariant(),
    };
}
