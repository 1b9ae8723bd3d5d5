using System.Text;
using Surveillance.Crawler.Fetching.Robots;

namespace Surveillance.Tests.Fetching;

public sealed class RobotsRulesTests
{
    private const string Own = "SurveilBot";

    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("user-AGENT:*\r\nDISALLOW:/a\r\n", "/ab", false)]
    [InlineData("User-agent: *\rDisallow: /a", "/a", false)]
    [InlineData("\uFEFFUser-agent: *\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: * # all\nDisallow: /a # comment", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /a", "/A", true)]
    [InlineData("Disallow: /", "/a", true)]
    [InlineData("<html><body>User agents: none</body></html>", "/a", true)]
    public void Reads_lines(string text, string path, bool allowed) => AssertAllows(text, path, allowed);

    [Theory]
    [InlineData("/p", "/page", true)]
    [InlineData("/page", "/page", true)]
    [InlineData("/page", "/page/", true)]
    [InlineData("/page$", "/page", true)]
    [InlineData("/page$", "/page?x=1", false)]
    [InlineData("/*.php$", "/a/b.php", true)]
    [InlineData("/*.php$", "/a/b.php5", false)]
    [InlineData("/*.php", "/a/b.php5?x", true)]
    [InlineData("*", "/anything", true)]
    [InlineData("/s?", "/s?wd=1", true)]
    [InlineData("/s?", "/search", false)]
    [InlineData("/?*", "/?q=1", true)]
    [InlineData("/?*", "/index?q=1", false)]
    [InlineData("/a*b*c", "/a1b2b3c4", true)]
    [InlineData("/a*b*c$", "/a1b2b3c4", false)]
    [InlineData("/a*b*c$", "/acbbc", true)]
    [InlineData("/***a", "/xxa", true)]
    [InlineData("/a$b", "/a$b", true)]
    [InlineData("/证", "/%E8%AF%81", true)]
    [InlineData("/%e8%af%81", "/%E8%AF%81/1", true)]
    [InlineData("/%7Ea", "/~a", true)]
    [InlineData("/a%2Fb", "/a/b", false)]
    [InlineData("/a%2fb", "/a%2Fb", true)]
    [InlineData("a", "/a", false)]
    public void Matches_a_pattern(string pattern, string path, bool matches) =>
        AssertAllows($"User-agent: *\nDisallow: {pattern}", path, !matches);

    [Theory]
    [InlineData("Allow: /a/b\nDisallow: /a", "/a/b/c", true)]
    [InlineData("Disallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("Disallow: /a\nAllow: /a/b", "/a/c", false)]
    [InlineData("Disallow: /a\nAllow: /a", "/a", true)]
    [InlineData("Allow: /a\nDisallow: /a", "/a", true)]
    [InlineData("Allow: /$\nDisallow: /", "/", true)]
    [InlineData("Allow: /$\nDisallow: /", "/x", false)]
    [InlineData("Allow: /p\nDisallow: /*.html", "/p.html", false)]
    public void Lets_the_longest_match_decide(string rules, string path, bool allowed) =>
        AssertAllows("User-agent: *\n" + rules, path, allowed);

    [Theory]
    [InlineData("User-agent: surveilbot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", true)]
    [InlineData("User-agent: surveilbot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /b\n\nUser-agent: SurveilBot/1.0\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: x\nUser-agent: SurveilBot\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: x\nSitemap: http://s/\nUser-agent: SurveilBot\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: x\n\nUser-agent: SurveilBot\n\n\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: SurveilBot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: SurveilBot\nDisallow: /c", "/c", false)]
    [InlineData("User-agent: SurveilBot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: SurveilBot\nDisallow: /c", "/b", true)]
    [InlineData("User-agent: SurveilBotNews\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: Surveil\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: SurveilBot\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", true)]
    [InlineData("User-agent: SurveilBot\n\nUser-agent: *\nDisallow: /", "/a", false)]
    public void Follows_the_group_that_names_it_or_else_the_one_for_all(string text, string path, bool allowed) => AssertAllows(text, path, allowed);

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: soon", null)]
    [InlineData("User-agent: *\nCrawl-delay: 9\n\nUser-agent: SurveilBot\nCrawl-delay: 1", 1.0)]
    [InlineData("User-agent: other\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x", null)]
    public void Reads_the_crawl_delay(string text, double? seconds) =>
        Assert.Equal(seconds, RobotsRules.Parse(Encoding.UTF8.GetBytes(text), Own).CrawlDelay?.TotalSeconds);

    [Fact]
    public void Ignores_what_lies_beyond_its_limit()
    {
        var text = "User-agent: *\n" + new string('#', RobotsRules.MaxBytes) + "\nDisallow: /";
        AssertAllows(text, "/a", true);
    }

    private static void AssertAllows(string text, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(Encoding.UTF8.GetBytes(text), Own).Allows(new Uri("http://site.invalid" + path)));
}
