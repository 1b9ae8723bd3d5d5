using Surveillance.Api.Leads;
using Surveillance.Api.Takedowns;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pages;

namespace Surveillance.Tests.Takedowns;

public sealed class TakedownEndpointsTests : IAsyncLifetime
{
    private PagesHost _host = null!;

    private LeadBook Book => _host.Book;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(new LeadBook());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Holds_only_confirmed_leads_of_the_one_platform()
    {
        var confirmed = Book.Put(1, Some.Listing("确认的"), Some.Assessment(Some.Finding("guarantee")));
        Book.Put(2, Some.Listing("待处理的"), Some.Assessment(Some.Finding("guarantee")));
        var rejected = Book.Put(3, Some.Listing("排除的"), Some.Assessment(Some.Finding("guarantee")));
        var elsewhere = Book.Put(4, Some.Listing("别家的", platform: "淘宝"), Some.Assessment(Some.Finding("guarantee")));
        var undone = Book.Put(5, Some.Listing("撤销的"), Some.Assessment(Some.Finding("guarantee")));
        await Book.DecideAsync(confirmed, new LeadDecision.Confirm());
        await Book.DecideAsync(rejected, new LeadDecision.Reject("误报"));
        await Book.DecideAsync(elsewhere, new LeadDecision.Confirm());
        await Book.DecideAsync(undone, new LeadDecision.Confirm());
        await Book.DecideAsync(undone, new LeadDecision.Undo());

        var rows = await ListAsync("闲鱼");

        Assert.Equal(TakedownList.Header, rows[0]);
        Assert.Equal(["确认的"], rows.Skip(1).Select(row => row[2]));
        Assert.Single(await ListAsync("拼多多"));
    }

    [Fact]
    public async Task A_row_says_what_was_observed_when_and_under_which_article()
    {
        var listing = Some.Listing("低压电工证 报过");
        var finding = Some.Finding("guarantee") with { Spans = [Some.SpanOf(listing, "报过", "包过", "homophone")] };
        var id = Book.Put(1, listing, Some.Assessment(finding), "https://market.example/item/1");
        Book.Time.Advance(TimeSpan.FromMinutes(90));
        await Book.DecideAsync(id, new LeadDecision.Confirm());

        var row = (await ListAsync("闲鱼"))[1];

        var capture = (await Book.FindAsync(id)).Capture!;
        Assert.Equal(
            [
                "闲鱼", "9000000001", "低压电工证 报过", "https://market.example/item/9000000001", "某某教育", "保证性承诺",
                "《中华人民共和国广告法》第二十四条第一项", "标题：报过 读作 包过（谐音）", "2026-11-20 09:00:00", "2026-11-20 09:00:00",
                capture.Digest, "2026-11-20 09:00:00", "2026-11-20 10:30:00",
            ],
            row);
    }

    [Fact]
    public async Task What_new_rules_found_after_the_decision_is_not_listed()
    {
        var listing = Some.Listing("包过 内部名额");
        var id = Book.Put(1, listing, Some.Assessment(Some.Finding("guarantee", 0.9, listing, "包过")));
        await Book.DecideAsync(id, new LeadDecision.Confirm());
        Book.Reassess(id, Some.Assessment(Some.Finding("insider", 0.99, listing, "内部名额"), Some.Finding("guarantee", 0.9, listing, "包过")));

        var row = (await ListAsync("闲鱼"))[1];

        Assert.Equal(("保证性承诺", "标题：包过"), (row[5], row[7]));
    }

    [Fact]
    public async Task Without_a_capture_the_digest_is_empty_and_an_unverified_article_says_so()
    {
        var id = Book.Put(1, Some.Listing("终身有效"), Some.Assessment(Some.Finding("false-claim")));
        await Book.DecideAsync(id, new LeadDecision.Confirm());

        var row = (await ListAsync("闲鱼"))[1];

        Assert.EndsWith("（待核）", row[6], StringComparison.Ordinal);
        Assert.Equal(("", ""), (row[10], row[11]));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    public async Task No_cell_is_a_formula(string hostile)
    {
        var id = Book.Put(1, Some.Listing(hostile) with { Seller = hostile }, Some.Assessment(Some.Finding("guarantee")));
        await Book.DecideAsync(id, new LeadDecision.Confirm());

        var row = (await ListAsync("闲鱼"))[1];

        Assert.Equal(("'" + hostile, "'" + hostile), (row[2], row[4]));
        Assert.DoesNotContain(row, cell => cell.StartsWith(hostile[0]));
    }

    [Fact]
    public async Task The_file_begins_with_a_byte_order_mark_and_is_named_for_platform_and_day()
    {
        using var response = await _host.Client.GetAsync("/api/takedowns.csv?platform=闲鱼", LeadBook.Token);

        Assert.Equal("下架清单-闲鱼-2026-11-20.csv", response.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal([0xEF, 0xBB, 0xBF], (await response.Content.ReadAsByteArrayAsync(LeadBook.Token))[..3]);
    }

    private async Task<IReadOnlyList<string[]>> ListAsync(string platform) =>
        CsvText.Rows(await _host.Client.GetByteArrayAsync($"/api/takedowns.csv?platform={Uri.EscapeDataString(platform)}", LeadBook.Token));
}
