using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Search;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket.Barriers;

/// <summary>What keeps a crawler out: log-in, slider, refusal, load and robots.txt.</summary>
internal static class BarrierEndpoints
{
    public static IEndpointRouteBuilder MapBarriers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", () => TypedResults.Text("User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n", "text/plain", Encoding.UTF8));
        routes.MapGet("/private/search", PrivateSearch);
        routes.MapGet("/busy/search", BusySearch);
        routes.MapGet("/member/{**path}", ToLogin);
        routes.MapMethods("/login", ["GET", "POST"], () => Markup.Html(LoginPage));
        routes.MapGet("/captcha/search", () => Markup.Html(CaptchaPage));
        routes.MapGet("/denied/search", () => Markup.Html(DeniedPage, StatusCodes.Status403Forbidden));
        return routes;
    }

    private static IResult PrivateSearch(MarketStock stock, string? q, string? page) =>
        Markup.Html(SearchPage.Render(HitList.Of(stock, q, page), new Frame("/private")));

    private static IResult BusySearch(MarketStock stock, BusyGate gate, HttpResponse response, string? q, string? page)
    {
        var list = HitList.Of(stock, q, page);
        if (gate.Admits(list.Query, list.Page))
        {
            return Markup.Html(SearchPage.Render(list, new Frame("/busy")));
        }
        response.Headers.RetryAfter = "1";
        return Markup.Html(Bare("访问过于频繁", "<h2>访问过于频繁</h2><p>您的操作太快了，请稍后再试</p>"), StatusCodes.Status429TooManyRequests);
    }

    private static RedirectHttpResult ToLogin(HttpRequest request) =>
        TypedResults.Redirect($"/login?redirect={Uri.EscapeDataString(request.Path + request.QueryString)}");

    private static string LoginPage { get; } = Bare("用户登录", """
        <h2>账号登录</h2>
        <p>登录后才能查看更多商品</p>
        <form action="/login" method="post" class="login-form">
          <p><label>手机号 <input type="tel" name="account" autocomplete="username"></label></p>
          <p><label>登录密码 <input type="password" name="password" autocomplete="current-password"></label></p>
          <p><button type="submit">登录</button> <a href="/login">忘记密码</a> <a href="/login">免费注册</a></p>
        </form>
        """);

    private static string CaptchaPage { get; } = Bare("安全验证", """
        <h2>请完成安全验证</h2>
        <p>亲，请按住滑块，拖动到最右边，通过验证后继续访问</p>
        <div id="nc_1_wrapper" class="captcha-track"><span class="captcha-slider" role="slider" tabindex="0" aria-label="滑动验证" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">&gt;&gt; 滑动验证</span></div>
        """);

    private static string DeniedPage { get; } = Bare("访问被拒绝", "<h2>403 访问被拒绝</h2><p>您的访问存在风险，已被拦截，如有疑问请联系客服</p>");

    private static string Bare(string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><title>{title} - {Frame.Name}</title><link rel="stylesheet" href="/static/market.css"></head>
        <body><div class="notice-box">{content}</div></body></html>
        """;
}
