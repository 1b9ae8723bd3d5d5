using System.Net;

namespace Surveillance.Tests.DemoMarket;

public sealed class BarrierTests(RunningMarket market) : IClassFixture<RunningMarket>
{
    [Theory]
    [InlineData("/login", HttpStatusCode.OK, "登录密码")]
    [InlineData("/captcha/search?q=x", HttpStatusCode.OK, "滑动验证")]
    [InlineData("/denied/search?q=x", HttpStatusCode.Forbidden, "访问被拒绝")]
    public async Task A_barrier_says(string path, HttpStatusCode status, string words)
    {
        using var response = await market.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("item-card", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_members_part_leads_to_the_log_in_page()
    {
        using var response = await market.GetAsync("/member/orders?page=2");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login?redirect=%2Fmember%2Forders%3Fpage%3D2", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_busy_page_answers_at_the_third_asking_and_each_page_counts_for_itself()
    {
        foreach (var page in (int[])[1, 2])
        {
            List<HttpStatusCode> answers = [];
            for (var attempt = 0; attempt < 4; attempt++)
            {
                using var response = await market.GetAsync($"/busy/search?q=&page={page}");
                answers.Add(response.StatusCode);
                Assert.Equal(attempt < 2 ? TimeSpan.FromSeconds(1) : null, response.Headers.RetryAfter?.Delta);
            }
            Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK], answers);
        }
        Assert.Equal(20, RunningMarket.HitIds(await market.PageAsync("/busy/search?q=&page=2")).Count);
    }

    [Fact]
    public async Task Robots_txt_forbids_the_private_part_and_a_visit_there_is_counted()
    {
        Assert.Contains("Disallow: /private/\n", await market.TextAsync("/robots.txt"), StringComparison.Ordinal);
        Assert.DoesNotContain("/private/search", market.Server.Requests.ByPath().Keys);
        Assert.Equal(20, RunningMarket.HitIds(await market.PageAsync("/private/search?q=&page=3")).Count);
        Assert.Contains("\"/private/search\":1", await market.TextAsync("/control/requests"), StringComparison.Ordinal);
    }
}
