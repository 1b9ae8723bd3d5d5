using System.Net;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>Carries a run's cookies from page to page, each of which has a context of its own.</summary>
internal static class BrowserCookies
{
    public static async Task GiveAsync(IBrowserContext context, CookieContainer? jar)
    {
        var cookies = jar?.GetAllCookies().Where(cookie => !cookie.Expired).Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = cookie.Domain,
            Path = cookie.Path,
            Secure = cookie.Secure,
            HttpOnly = cookie.HttpOnly,
        }).ToList();
        if (cookies is { Count: > 0 })
        {
            await context.AddCookiesAsync(cookies);
        }
    }

    public static async Task KeepAsync(IBrowserContext context, CookieContainer? jar)
    {
        if (jar is null)
        {
            return;
        }

        foreach (var cookie in await context.CookiesAsync())
        {
            try
            {
                jar.Add(new System.Net.Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Secure = cookie.Secure, HttpOnly = cookie.HttpOnly });
            }
            catch (CookieException)
            {
                // Chromium takes names and values that the jar does not; the next page goes without that one.
            }
        }
    }
}
