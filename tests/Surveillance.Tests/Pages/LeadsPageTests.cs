using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Surveillance.Api.Leads;
using Surveillance.Api.Sources;
using Surveillance.Crawler.Pictures;
using Surveillance.Crawler.Scheduling;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pictures;
using static Microsoft.Playwright.Assertions;

namespace Surveillance.Tests.Pages;

/// <summary>What an officer does, in a real browser.</summary>
/// <remarks>Set SURVEIL_TEST_PICTURES to a folder to keep the pictures of docs/images.</remarks>
public sealed class LeadsPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly List<IPage> _open = [];
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(new LeadBook(), roster: Roster());
        await BusyDay.FillAsync(_host.Book);
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
    public async Task Shows_the_ranked_leads_with_what_was_found()
    {
        var page = await OpenAsync("/leads");

        await Expect(page.Locator("a.row-link").First).ToContainTextAsync("现货操作证");
        await Expect(page.Locator("a.row-link mark.t-fake-certificate").First).ToHaveAttributeAsync("title", "制售、买卖假证 · 规则 fake-certificate.test · 现货操作证");
        await Expect(page.Locator(".todo")).ToContainTextAsync("待处理 53 条");
        await PictureAsync(page, "leads.png");
    }

    [Fact]
    public async Task Filters_stand_in_the_address_so_that_a_link_can_be_shared()
    {
        var page = await OpenAsync("/leads");
        await page.GetByLabel("平台").SelectOptionAsync("转转");
        await Expect(page).ToHaveURLAsync(new Regex("/leads\\?platform="));
        await page.GetByLabel("最低风险").FillAsync("0.95");
        await page.GetByLabel("最低风险").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("risk_from=0\\.95"));
        await Expect(page.Locator("tr[data-lead]")).ToHaveCountAsync(3);

        var colleague = await OpenAsync(new Uri(page.Url).PathAndQuery);

        await Expect(colleague.Locator("tr[data-lead]")).ToHaveCountAsync(3);
        await Expect(colleague.GetByLabel("平台")).ToHaveValueAsync("转转");
    }

    [Fact]
    public async Task Confirms_from_the_keyboard_and_takes_it_back()
    {
        var page = await OpenAsync("/leads");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        var id = await page.EvaluateAsync<string>("document.activeElement.closest('tr').dataset.lead");

        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator(".notice")).ToContainTextAsync("已确认");
        Assert.Equal(LeadState.Confirmed, await StateAsync(id));
        await Expect(page.Locator(".todo")).ToContainTextAsync("待处理 52 条");

        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(".todo")).ToContainTextAsync("待处理 53 条");
        Assert.Equal(LeadState.New, await StateAsync(id));
    }

    [Fact]
    public async Task A_key_decides_on_nothing_while_no_row_is_in_focus()
    {
        var page = await OpenAsync("/leads");

        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("r");
        await page.GetByLabel("含有").FillAsync("cr");

        await Expect(page.Locator(".rz-dialog")).ToHaveCountAsync(0);
        Assert.Equal(53, (await _host.Book.Leads.CountAsync(LeadBook.Token)).New);
    }

    [Fact]
    public async Task Sorts_on_the_server()
    {
        var page = await OpenAsync("/leads");

        await page.Locator("th").Filter(new() { HasText = "价格" }).Locator("[role=button], .rz-column-title, div").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=price"));

        await Expect(page.Locator("tr[data-lead]").First).ToContainTextAsync("¥150");
    }

    [Fact]
    public async Task Offers_the_most_uncertain_leads_first_and_goes_back()
    {
        var id = LeadBook.IdOf(5);
        _host.Book.Reassess(id, (await _host.Book.FindAsync(id)).Row.Assessment with { Uncertainty = 0.99 });
        var page = await OpenAsync("/leads");

        await page.GetByText("最不确定的先审").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=uncertain"));
        await Expect(page.Locator("tr[data-lead]").First).ToHaveAttributeAsync("data-lead", id.Value);
        await PictureAsync(page, "leads-uncertain.png");
        await AxeAsync(page);

        await page.GetByText("最不确定的先审").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("sort"));
    }

    [Fact]
    public async Task Opens_a_lead_rejects_it_with_a_reason_and_undoes()
    {
        var page = await OpenAsync("/leads");
        await page.Locator("a.row-link").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/leads/0"));
        var id = new Uri(page.Url).Segments[^1];
        await Expect(page.Locator(".lead-head")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("r");
        await page.GetByLabel("招聘、求职信息").CheckAsync();
        await page.GetByLabel("补充说明").FillAsync("看过原网页");
        await AxeAsync(page);
        await page.Locator(".reject button[type=submit]").ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("招聘、求职信息：看过原网页");
        Assert.Equal(LeadState.Rejected, await StateAsync(id));

        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(".lead-head .state")).ToHaveTextAsync("待处理");
        await page.Keyboard.PressAsync("n");
        await Expect(page).Not.ToHaveURLAsync(new Regex(id));
    }

    [Fact]
    public async Task The_detail_shows_passages_law_capture_and_history()
    {
        var page = await OpenAsync($"/leads/{LeadBook.IdOf(1)}");

        await Expect(page.Locator(".finding").First).ToContainTextAsync("报过 读作 包过（谐音）");
        await Expect(page.Locator(".basis").First).ToContainTextAsync("《中华人民共和国广告法》第二十四条第一项");
        await Expect(page.Locator(".basis").First).ToContainTextAsync("《中华人民共和国广告法》第五十八条第一款第六项");
        await Expect(page.Locator(".facts code")).ToHaveTextAsync(new Regex("^[0-9a-f]{64}$"));
        await Expect(page.Locator(".history li")).ToHaveCountAsync(3);
        await Expect(page.Locator("details")).ToHaveCountAsync(2);
        await PictureAsync(page, "lead.png");
    }

    [Fact]
    public async Task A_colleagues_decision_shows_at_once()
    {
        var page = await OpenAsync($"/leads/{LeadBook.IdOf(2)}");
        var other = await OpenAsync($"/leads/{LeadBook.IdOf(2)}");

        await other.Keyboard.PressAsync("c");

        await Expect(page.Locator(".lead-head .state")).ToHaveTextAsync("已确认");
    }

    [Fact]
    public async Task A_hostile_title_is_text()
    {
        var page = await OpenAsync($"/leads?state=all&q={Uri.EscapeDataString("<script>")}");

        await Expect(page.Locator("a.row-link").First).ToContainTextAsync("<script>document.title='x'</script><b>低压电工证</b> 包⟨202E⟩过");
        await page.Locator("a.row-link").First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("<script>");
        Assert.NotEqual("x", await page.TitleAsync());
        await Expect(page.Locator("main img, main script")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Exports_the_list_that_is_shown()
    {
        var page = await OpenAsync("/leads?state=confirmed");
        var shown = await page.Locator("tr[data-lead]").CountAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("导出 CSV").ClickAsync());

        var rows = CsvText.Rows(await File.ReadAllBytesAsync(await download.PathAsync(), LeadBook.Token));
        Assert.Equal(shown + 1, rows.Count);
        Assert.All(rows.Skip(1), row => Assert.Equal("已确认", row[1]));
        Assert.StartsWith("线索-", download.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_lead_says_so_with_404()
    {
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _host.Client.GetAsync("/leads/nonsense", LeadBook.Token)).StatusCode);
        var page = await OpenAsync("/leads/nonsense");
        await Expect(page.Locator("h1")).ToHaveTextAsync("没有这个页面");
    }

    [Theory]
    [InlineData("/leads")]
    [InlineData("/leads?state=all&sort=risk")]
    [InlineData("/leads?type=nonsense")]
    [InlineData("/leads/00000000000000000001")]
    [InlineData("/leads/00000000000000000030")]
    [InlineData("/sources")]
    [InlineData("/nowhere")]
    public async Task Everyone_can_use(string path)
    {
        var page = await OpenAsync(path);

        await AxeAsync(page);
        // Nothing is cut off at the width of an officer's screen.
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task A_lead_shows_its_pictures_and_who_else_carries_them()
    {
        var (lead, other) = (LeadBook.IdOf(2), LeadBook.IdOf(3));
        await _host.ShowPictureAsync(lead, Drawn.Poster(1), "https://img.example/a.png");
        await _host.ShowPictureAsync(lead, [], "https://img.example/b.png", PictureState.Gone);
        await _host.ShowPictureAsync(other, Drawn.Poster(1), "https://img.example/c.png");

        var page = await OpenAsync($"/leads/{lead}");
        var pictures = page.GetByRole(AriaRole.Region, new() { Name = "图片" });
        await pictures.ScrollIntoViewIfNeededAsync();

        await page.WaitForFunctionAsync("() => document.querySelector('.pictures img').naturalWidth === 600");
        await Expect(pictures).ToContainTextAsync("另有 1 条线索使用同样的图片：");
        await Expect(pictures.GetByRole(AriaRole.Link, new() { Name = "现货操作证" })).ToHaveAttributeAsync("href", $"/leads/{other}");
        await Expect(pictures).ToContainTextAsync("待处理 · 同一图片文件 · 转转");
        await Expect(pictures).ToContainTextAsync("图片 2 没有可显示的原件：图片另有情况。");
        await PictureAsync(page, "lead-pictures.png");
        await AxeAsync(page);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task The_source_page_shows_state_faults_and_starts_a_run()
    {
        var page = await OpenAsync("/sources");
        await Expect(page.GetByText("第 7 行：没有名为 sedes 的项。")).ToBeVisibleAsync();

        await page.GetByLabel("立即运行 演示市场").ClickAsync();

        await Expect(page.GetByText("已开始运行")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("立即运行 淘宝搜索")).ToBeDisabledAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await chromium.OpenAsync(_host.Address);
        _open.Add(page);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync(path);
        // The page answers to clicks once its circuit stands.
        await page.WaitForFunctionAsync("() => document.body.dataset.ready === 'yes'");
        Assert.Empty(complaints);
        return page;
    }

    private static async Task AxeAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    private async Task<LeadState> StateAsync(string id) => (await _host.Book.FindAsync(LeadId.Parse(id))).Row.Standing.State;

    private static async Task PictureAsync(IPage page, string name)
    {
        var picture = await page.ScreenshotAsync();
        TestContext.Current.AddAttachment(name, picture, "image/png");
        if (Environment.GetEnvironmentVariable("SURVEIL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), picture, LeadBook.Token);
        }
    }

    private static SourceRoster Roster() => new(
        () =>
        [
            new SourceEntry("demo-market", "演示市场", "演示市场", true, null, "每天 06:00"),
            new SourceEntry("taobao", "淘宝搜索", "淘宝", false, null, "每天 02:30"),
            new SourceEntry("broken", "百度推广", null, true, "第 7 行：没有名为 sedes 的项。", null),
        ],
        id => id == "demo-market" ? new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero) : null,
        (_, _) => Task.FromResult(RunNowOutcome.Started));
}
