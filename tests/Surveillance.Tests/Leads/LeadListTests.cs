using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

/// <summary>Filters, order and pages of <see cref="LeadStore.ListAsync"/> over five leads.</summary>
public sealed class LeadListTests : IDisposable
{
    private readonly LeadBook _book = new();

    public LeadListTests()
    {
        _book.Put(1, Some.Listing("甲 包过", platform: "闲鱼", price: 100), Some.Assessment(Decision.Review, Some.Finding("guarantee", 0.60)));
        _book.Time.Advance(TimeSpan.FromDays(1));
        _book.Put(2, Some.Listing("乙 100%通过", platform: "淘宝", price: 300), Some.Assessment(Decision.Flag, Some.Finding("guarantee", 0.90)));
        _book.Put(3, Some.Listing("丙 免考", platform: "淘宝", price: null), Some.Assessment(Decision.Flag, Some.Finding("exam-bypass", 0.90)), source: "other");
        _book.Time.Advance(TimeSpan.FromDays(1));
        _book.Put(4, Some.Listing("丁 内部名额", "正文里写着 a_b", "转转", 200), Some.Assessment(Decision.Flag, Some.Finding("insider", 0.99)));
        _book.Put(5, Some.Listing("戊", platform: "转转", price: 50), Some.Assessment(Decision.Flag, Some.Finding("insider", 0.90)));
    }

    public static TheoryData<string, string> Queries => new()
    {
        { "", "4 5 2 3 1" },
        { "?type=insider", "4 5" },
        { "?type=insider&type=exam-bypass", "4 5 3" },
        { "?platform=淘宝", "2 3" },
        { "?item=低压电工证&decision=review", "1" },
        { "?item=高压电工证", "" },
        { "?decision=flag&risk_from=0.95", "4" },
        { "?risk_to=0.9&risk_from=0.9", "5 2 3" },
        { "?source=other", "3" },
        { "?q=包过", "1" },
        { "?q=100%25", "2" },
        { "?q=A_B", "4" },
        { "?q=%25", "2" },
        { "?q='; DROP TABLE lead; --", "" },
        // The clock began at 09:00 on the 20th in Shanghai and moved on by days.
        { "?first_from=2026-11-21&first_to=2026-11-21", "2 3" },
        { "?last_from=2026-11-22", "4 5" },
        { "?last_to=2026-11-20", "1" },
        { "?sort=price", "2 4 1 5 3" },
        { "?sort=price&direction=asc", "5 1 4 2 3" },
        { "?sort=risk&direction=asc", "1 2 3 5 4" },
        { "?sort=first_seen", "4 5 2 3 1" },
        { "?direction=asc", "1 2 3 5 4" },
        { "?state=new", "4 5 2 3 1" },
        { "?state=all", "4 5 2 3 1" },
        { "?state=confirmed", "" },
    };

    public void Dispose() => _book.Dispose();

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Lists(string query, string expected)
    {
        Assert.True(LeadListQuery.Of(query).TryRead(out var request, out var problem), problem);

        var ids = await _book.IdsAsync(request.Filter);

        Assert.Equal(expected, string.Join(' ', ids.Select(id => Convert.ToInt32(id.Value, 16))));
    }

    [Fact]
    public async Task Unanswered_leads_come_most_uncertain_first_and_answered_ones_behind_them()
    {
        // 5 keeps none, as what was assessed before the column was there.
        foreach (var (number, uncertainty) in new[] { (1, 0.7), (2, 0.95), (3, 0.8), (4, 0.99) })
        {
            _book.Reassess(LeadBook.IdOf(number), Some.Assessment(Decision.Flag, Some.Finding("guarantee", 0.9)) with { Uncertainty = uncertainty });
        }

        await _book.DecideAsync(LeadBook.IdOf(4), new LeadDecision.Confirm());
        Assert.True(LeadListQuery.Of("?sort=uncertain").TryRead(out var request, out var problem), problem);

        var page = await _book.Leads.ListAsync(request.Filter, 0, 9, LeadBook.Token);

        Assert.Equal("2 3 1 5 4", string.Join(' ', page.Rows.Select(row => Convert.ToInt32(row.Id.Value, 16))));
        Assert.Equal([0.95, 0.8, 0.7, null, 0.99], page.Rows.Select(row => row.Assessment.Uncertainty));
        Assert.Equal(LeadBook.IdOf(3), await _book.Leads.NextAsync(request.Filter, LeadBook.IdOf(2), LeadBook.Token));
    }

    [Fact]
    public async Task Pages_join_to_the_whole_list_and_each_gives_the_total()
    {
        var filter = new LeadFilter();
        List<LeadId> joined = [];
        for (var skip = 0; skip < 8; skip += 2)
        {
            var page = await _book.Leads.ListAsync(filter, skip, 2, LeadBook.Token);
            Assert.Equal(5, page.Total);
            joined.AddRange(page.Rows.Select(row => row.Id));
        }

        Assert.Equal(await _book.IdsAsync(filter), joined);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 2)]
    [InlineData(1, null)]
    public async Task Next_follows_the_order_of_the_list(int current, int? expected) =>
        Assert.Equal(
            expected is { } number ? LeadBook.IdOf(number) : null,
            await _book.Leads.NextAsync(new LeadFilter { States = [LeadState.New] }, LeadBook.IdOf(current), LeadBook.Token));

    [Fact]
    public async Task Next_is_found_from_a_lead_that_has_just_left_the_list()
    {
        await _book.DecideAsync(LeadBook.IdOf(4), new LeadDecision.Confirm());

        Assert.Equal(LeadBook.IdOf(5), await _book.Leads.NextAsync(new LeadFilter { States = [LeadState.New] }, LeadBook.IdOf(4), LeadBook.Token));
    }

    [Fact]
    public async Task Counts_and_facets_say_what_there_is()
    {
        await _book.DecideAsync(LeadBook.IdOf(4), new LeadDecision.Confirm());
        await _book.DecideAsync(LeadBook.IdOf(5), new LeadDecision.Reject("误报"));

        Assert.Equal(new LeadCounts(3, 2, 1, 1), await _book.Leads.CountAsync(LeadBook.Token));
        var facets = await _book.Leads.FacetsAsync(LeadBook.Token);
        Assert.Equal(["guarantee", "insider", "exam-bypass"], facets.Types);
        Assert.Equal(3, facets.Platforms.Count);
        Assert.Equal(["other", "test-source"], facets.Sources);
    }

    [Theory]
    [InlineData("?risk_from=abc", "risk_from")]
    [InlineData("?risk_from=1.5", "0 至 1")]
    [InlineData("?risk_from=NaN", "risk_from")]
    [InlineData("?risk_from=0.9&risk_to=0.1", "不大于")]
    [InlineData("?first_from=2026-13-01", "first_from")]
    [InlineData("?last_from=2026-11-02&last_to=2026-11-01", "不晚于")]
    [InlineData("?type=guarante", "guarantee")]
    [InlineData("?state=open", "rejected")]
    [InlineData("?decision=Flag", "flag")]
    [InlineData("?sort=title;", "first_seen")]
    [InlineData("?direction=up", "asc")]
    [InlineData("?page=0", "page")]
    [InlineData("?size=501", "500")]
    public void Says_what_is_wrong_with(string query, string expected)
    {
        Assert.False(LeadListQuery.Of(query).TryRead(out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?type=guarantee&platform=%E6%B7%98%E5%AE%9D&state=all&risk_from=0.5&q=a%20b&sort=risk&page=2")]
    [InlineData("")]
    public void Survives_the_way_into_an_address_and_back(string query) =>
        Assert.Equal(query, LeadListQuery.Of(query).ToQueryString());
}
