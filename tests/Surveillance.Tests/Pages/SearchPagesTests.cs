using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Surveillance.Api.Search;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Search.Feeding;
using static Microsoft.Playwright.Assertions;

namespace Surveillance.Tests.Pages;

/// <summary>Searching and the state of the index, in a real browser.</summary>
/// <remarks>Set SURVEIL_TEST_PICTURES to a folder to keep the pictures of docs/images.</remarks>
public sealed class SearchPagesTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly TroubledIndex _index = new();
    private readonly List<IPage> _open = [];
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var book = new LeadBook();
        await BusyDay.FillAsync(book);
        _host = await PagesHost.StartAsync(book, index: _index);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _open)
        {
            await page.Context.CloseAsync();
        }

        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Finds_what_is_typed_and_marks_it_as_it_stands_there()
    {
        var page = await OpenAsync("/search");
        await page.GetByLabel("查询语句").FillAsync("包过 低压电工证");
        await page.GetByLabel("查询语句").PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex("/search\\?q="));
        await Expect(page.Locator(".hit-row").First).ToContainTextAsync("低压电工证 报过");
        await Expect(page.Locator("mark.hit").Filter(new() { HasText = "报过" }).First).ToBeVisibleAsync();
        await PictureAsync(page, "search.png");
        await AxeAsync(page);
    }

    [Fact]
    public async Task A_facet_narrows_and_is_taken_back()
    {
        var page = await OpenAsync("/search?q=%E5%8C%85%E8%BF%87");
        var all = await page.Locator(".hit-row").CountAsync();

        await page.Locator(".facets a").Filter(new() { HasText = "闲鱼" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("platform="));
        await Expect(page.Locator(".facets a[aria-current]")).ToContainTextAsync("闲鱼");
        Assert.True(await page.Locator(".hit-row").CountAsync() < all);

        await page.Locator(".facets a[aria-current]").ClickAsync();
        await Expect(page.Locator(".hit-row")).ToHaveCountAsync(all);
    }

    [Fact]
    public async Task Turns_pages_by_cursor_and_opens_a_lead()
    {
        var page = await OpenAsync("/search?size=50");
        await Expect(page.Locator(".hit-row")).ToHaveCountAsync(50);

        await page.GetByText("下一页").ClickAsync();
        await Expect(page.Locator(".hit-row")).ToHaveCountAsync(10);
        await Expect(page.GetByText("下一页")).ToHaveCountAsync(0);

        await page.Locator(".hit-row a.row-link").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/leads/[0-9a-f]{20}"));
    }

    [Fact]
    public async Task A_query_that_can_t_be_understood_is_one_sentence()
    {
        var page = await OpenAsync($"/search?q={Uri.EscapeDataString("pirce:100")}");

        await Expect(page.Locator(".notice.problem")).ToContainTextAsync("price");
        await Expect(page.Locator(".hit-row")).ToHaveCountAsync(0);
        await AxeAsync(page);
    }

    [Fact]
    public async Task A_hostile_title_stays_text()
    {
        var page = await OpenAsync($"/search?q={Uri.EscapeDataString("\"<script>\"")}");

        await Expect(page.Locator(".hit-row").First).ToContainTextAsync("<script>");
        await Expect(page.Locator(".hit-row").First).ToContainTextAsync("⟨202E⟩");
        Assert.NotEqual("x", await page.TitleAsync());
    }

    [Fact]
    public async Task Without_the_index_the_pages_go_on_and_say_so()
    {
        _index.Trouble = new SearchUnavailableException("the search server http://127.0.0.1:9 can't be reached");
        _host.Book.Put(61, Some.Listing("低压电工证 包过 新到"), Some.Assessment(Some.Finding("guarantee")));
        var page = await OpenAsync("/search?q=%E6%96%B0%E5%88%B0");

        await Expect(page.Locator(".hit-row")).ToHaveCountAsync(1);
        await Expect(page.Locator(".notice")).ToContainTextAsync("检索服务暂时不可用");
        await Expect(page.Locator(".notice")).ToContainTextAsync("待写入索引的变更 1 条");

        var status = await OpenAsync("/status");
        await Expect(status.Locator("#content")).ToContainTextAsync("the search server http://127.0.0.1:9 can't be reached");
        await AxeAsync(status);
    }

    [Fact]
    public async Task The_state_of_the_index_and_what_it_refuses_are_shown_and_sent_again()
    {
        _index.Instead = document => document.Id == LeadBook.IdOf(61).Value ? new WriteOutcome.Rejected("document too large") : null;
        _host.Book.Put(61, Some.Listing("太长的信息"), Some.Assessment(Some.Finding("guarantee")));
        await _host.CatchUpAsync();
        var page = await OpenAsync("/status");

        await Expect(page.Locator("#content")).ToContainTextAsync("surveil-listings-000001");
        await Expect(page.Locator(".history")).ToContainTextAsync("document too large");
        await PictureAsync(page, "status.png");
        await AxeAsync(page);

        _index.Instead = _ => null;
        await page.GetByText("重新发送").ClickAsync();
        await Expect(page.GetByText("已重新排队")).ToBeVisibleAsync();
        await _host.CatchUpAsync();
        Assert.Equal(61, _index.Documents.Count);
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await chromium.OpenAsync(_host.Address);
        _open.Add(page);
        await page.GotoAsync(path);
        // The page answers to clicks once its circuit stands.
        await page.WaitForFunctionAsync("() => document.body.dataset.ready === 'yes'");
        return page;
    }

    private static async Task AxeAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync();
        TestContext.Current.AddAttachment(name, picture, "image/png");
        if (Environment.GetEnvironmentVariable("SURVEIL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), picture, LeadBook.Token);
        }
    }
}
