using System.Diagnostics;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;

namespace Surveillance.Crawler.Frontier;

/// <summary>What became of a page that was fetched and read.</summary>
/// <param name="Reason">One short Chinese phrase; null for <see cref="PageState.Done"/>.</param>
/// <param name="Content">As read, corrected where the status says more than the page does.</param>
internal sealed record PageVerdict(PageState State, string? Reason, PageContent Content)
{
    private static readonly string[] LoginNames = ["login", "signin", "sign-in", "passport", "sso"];

    /// <summary>404 and 410 are gone whatever the page shows; a wall is a wall whatever the status says; an error page is no result.</summary>
    public static PageVerdict Of(FetchOutcome.Fetched fetched, PageContent content) => fetched.Status switch
    {
        404 or 410 => new PageVerdict(PageState.Gone, $"HTTP {fetched.Status}", content with { Outcome = PageOutcome.Gone, Blocked = null, Listings = [] }),
        _ when content.Outcome == PageOutcome.Blocked => Blocked(content, content.Blocked ?? BlockKind.Denied),
        401 => Blocked(content, BlockKind.Login),
        403 or 451 => Blocked(content, BlockKind.Denied),
        >= 200 and < 300 when LeadsToLogin(fetched) => Blocked(content, BlockKind.Login),
        >= 200 and < 300 => ByContent(content),
        _ => new PageVerdict(PageState.Failed, $"HTTP {fetched.Status}", content with { Listings = [] }),
    };

    private static PageVerdict ByContent(PageContent content) => content.Outcome switch
    {
        PageOutcome.Ok => new PageVerdict(PageState.Done, null, content),
        PageOutcome.Empty => new PageVerdict(PageState.Empty, "没有搜索结果", content with { Listings = [] }),
        PageOutcome.Gone => new PageVerdict(PageState.Gone, "商品或网页已删除", content with { Listings = [] }),
        _ => throw new UnreachableException(),
    };

    private static PageVerdict Blocked(PageContent content, BlockKind kind)
    {
        var reason = kind switch
        {
            BlockKind.Captcha => "验证码或滑块",
            BlockKind.Login => "需要登录",
            BlockKind.Denied => "拒绝访问",
            BlockKind.Interstitial => "中间跳转页",
            BlockKind.Corrupt => "正文损坏",
            _ => throw new UnreachableException(),
        };
        return new PageVerdict(PageState.Blocked, reason, content with { Outcome = PageOutcome.Blocked, Blocked = kind, Listings = [] });
    }

    /// <summary>A redirect from a page that is no login page to one that is.</summary>
    private static bool LeadsToLogin(FetchOutcome.Fetched fetched) =>
        fetched.Redirects.Count > 0 && IsLogin(fetched.FinalUrl) && !IsLogin(fetched.Redirects[0]);

    private static bool IsLogin(Uri url) =>
        url.Host.Split('.').SkipLast(2)
            .Concat(url.AbsolutePath.Split('/').Select(part => Path.GetFileNameWithoutExtension(part)))
            .Any(part => LoginNames.Contains(part, StringComparer.OrdinalIgnoreCase));
}
