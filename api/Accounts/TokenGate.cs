using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Surveillance.Api.Accounts;

/// <summary>Lets nothing through that may not pass: every route, page, file and socket lies behind it.</summary>
/// <remarks>
/// Without a token it admits this machine alone, by its own names. With one it admits requests that carry it as
/// <c>Authorization: Bearer</c>, and browsers that gave it to the form at <c>/login</c>. Actions begun by another site's page are refused in both cases.
/// </remarks>
public sealed class TokenGate(RequestDelegate next, AccessOptions access, TimeProvider time)
{
    private const string LoginPath = "/login";

    public Task InvokeAsync(HttpContext context)
    {
        if (RequestOrigin.IsForeignAction(context.Request))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "不接受其他网站发起的操作。");
        }

        return access.Token is { } token ? WithTokenAsync(context, token) : LocallyAsync(context);
    }

    private Task LocallyAsync(HttpContext context)
    {
        if (!RequestOrigin.IsLocal(context))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "未设置 SURVEIL_TOKEN 时只接受本机访问。");
        }

        return RequestOrigin.HasLocalHost(context.Request)
            ? next(context)
            : RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "请用 localhost 或 127.0.0.1 访问本机。");
    }

    private Task WithTokenAsync(HttpContext context, string token)
    {
        var request = context.Request;
        if (CarriesToken(request, token) || Session.IsValid(request.Cookies[Session.Cookie], token, time.GetUtcNow()))
        {
            return next(context);
        }

        if (request.Path.Equals(LoginPath, StringComparison.Ordinal))
        {
            return HttpMethods.IsPost(request.Method) ? LogInAsync(context, token) : ShowLoginAsync(context, null);
        }

        if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{LoginPath}?return={UrlEncoder.Default.Encode(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "请求须带访问令牌：Authorization: Bearer 令牌。");
    }

    private async Task LogInAsync(HttpContext context, string token)
    {
        var given = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["token"].ToString() : "";
        if (!Session.SameText(given.Trim(), token))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await ShowLoginAsync(context, "访问令牌不对，请核对后重新输入。");
            return;
        }

        var cookie = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = Session.Lifetime,
            Path = "/",
        };
        context.Response.Cookies.Append(Session.Cookie, Session.Issue(token, time.GetUtcNow()), cookie);
        context.Response.Redirect(LocalPath(context.Request.Query["return"]));
    }

    private static bool CarriesToken(HttpRequest request, string token)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && Session.SameText(header[Scheme.Length..].Trim(), token);
    }

    /// <summary>A path of this server; anything that could lead elsewhere becomes the start page.</summary>
    private static string LocalPath(string? path) =>
        path is ['/', ..]
        && Uri.TryCreate($"http://localhost{path}", UriKind.Absolute, out var target)
        && !target.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? target.PathAndQuery
            : "/";

    private static Task ShowLoginAsync(HttpContext context, string? problem)
    {
        var target = UrlEncoder.Default.Encode(LocalPath(context.Request.Query["return"]));
        var notice = problem is null ? "" : $"""<p class="problem" role="alert">{problem}</p>""";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $$"""
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>登录 · 证件违法信息监测</title>
            <style>
            body { font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; background: #f3f5f8; color: #1c2733; display: grid; place-items: center; min-height: 90vh }
            main { background: #fff; border: 1px solid #d5dce4; border-radius: 6px; padding: 28px 32px; width: 320px }
            h1 { font-size: 18px; margin: 0 0 16px } input, button { font: inherit; box-sizing: border-box; width: 100%; padding: 7px 10px; border-radius: 4px }
            input { border: 1px solid #6b7a8a; margin: 4px 0 16px } button { border: 0; background: #1b4f8f; color: #fff }
            .problem { color: #a4161a }
            </style></head>
            <body><main><h1>证件违法信息监测</h1>{{notice}}
            <form method="post" action="{{LoginPath}}?return={{target}}">
            <label for="token">访问令牌</label><input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
            <button type="submit">登录</button></form></main></body></html>
            """,
            context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        ProblemHttpResult problem = TypedResults.Problem(sentence, statusCode: status, title: "拒绝访问");
        return problem.ExecuteAsync(context);
    }
}
