using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pages;

namespace Surveillance.Tests.Accounts;

public sealed class TokenGateTests : IAsyncLifetime
{
    private const string Token = "a-token-for-this-test";

    private PagesHost _guarded = null!;
    private PagesHost _local = null!;

    public async ValueTask InitializeAsync()
    {
        _guarded = await PagesHost.StartAsync(new LeadBook(), Token);
        _local = await PagesHost.StartAsync(new LeadBook());
    }

    public async ValueTask DisposeAsync()
    {
        await _guarded.DisposeAsync();
        await _local.DisposeAsync();
    }

    [Fact]
    public async Task Every_route_refuses_a_request_without_the_token()
    {
        var routes = _guarded.Routes;
        Assert.True(routes.Count > 15, $"only {routes.Count} routes");
        foreach (var route in routes)
        {
            var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : "x"));
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var response = await _guarded.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), LeadBook.Token);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answered {response.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("/app.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/nowhere")]
    public async Task Files_sockets_and_unknown_paths_refuse_too(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _guarded.Client.GetAsync(path, LeadBook.Token)).StatusCode);

    [Theory]
    [InlineData("Bearer a-token-for-this-test", HttpStatusCode.OK)]
    [InlineData("bearer a-token-for-this-test", HttpStatusCode.OK)]
    [InlineData("Bearer a-token-for-this-tes", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic a-token-for-this-test", HttpStatusCode.Unauthorized)]
    public async Task Admits_by_header(string header, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/leads");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(expected, (await _guarded.Client.SendAsync(request, LeadBook.Token)).StatusCode);
    }

    [Fact]
    public async Task A_browser_is_led_to_the_form_and_back()
    {
        using var first = new HttpRequestMessage(HttpMethod.Get, "/leads?platform=闲鱼");
        first.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var led = await _guarded.Client.SendAsync(first, LeadBook.Token);
        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);

        using var shown = await _guarded.Client.GetAsync(led.Headers.Location, LeadBook.Token);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        using var given = await LogInAsync(led.Headers.Location!, Token);
        var cookie = given.Headers.GetValues("Set-Cookie").Single();

        Assert.Equal("/leads?platform=%E9%97%B2%E9%B1%BC", given.Headers.Location?.OriginalString);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusWithCookieAsync(cookie.Split(';')[0]));
    }

    [Fact]
    public async Task A_wrong_token_gives_no_cookie()
    {
        using var refused = await LogInAsync(new Uri("/login", UriKind.Relative), "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        Assert.Contains("不对", await refused.Content.ReadAsStringAsync(LeadBook.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_ends_after_a_working_day_and_cannot_be_prolonged_by_hand()
    {
        using var given = await LogInAsync(new Uri("/login", UriKind.Relative), Token);
        var cookie = given.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var forged = cookie.Replace("surveil_session=1", "surveil_session=9", StringComparison.Ordinal);
        Assert.NotEqual(cookie, forged);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithCookieAsync(forged));
        _guarded.Book.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithCookieAsync(cookie));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task The_form_leads_nowhere_else(string target)
    {
        using var given = await LogInAsync(new Uri($"/login?return={Uri.EscapeDataString(target)}", UriKind.Relative), Token);

        Assert.Equal("/", given.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("POST", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("POST", "Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("POST", "Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    [InlineData("GET", "Sec-Fetch-Site", "cross-site", HttpStatusCode.NotFound)]
    public async Task Another_sites_page_may_not_act(string method, string header, string value, HttpStatusCode expected)
    {
        var path = method == "POST" ? $"/api/leads/{LeadBook.IdOf(1)}/confirm" : $"/api/leads/{LeadBook.IdOf(1)}";
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation(header, value);
        request.Content = method == "POST" ? new StringContent("""{"revision":0}""", System.Text.Encoding.UTF8, "application/json") : null;

        Assert.Equal(expected, (await _local.Client.SendAsync(request, LeadBook.Token)).StatusCode);
    }

    [Fact]
    public async Task Another_sites_page_may_not_open_a_socket()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.TryAddWithoutValidation("Origin", "https://evil.example");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");

        Assert.Equal(HttpStatusCode.Forbidden, (await _local.Client.SendAsync(request, LeadBook.Token)).StatusCode);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:5000", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.1.5", HttpStatusCode.MisdirectedRequest)]
    public async Task Without_a_token_only_this_machines_own_names_are_served(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/leads");
        request.Headers.Host = host;

        Assert.Equal(expected, (await _local.Client.SendAsync(request, LeadBook.Token)).StatusCode);
    }

    [Theory]
    [InlineData("/leads")]
    [InlineData("/api/leads")]
    [InlineData("/app.css")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var response = await _local.Client.GetAsync(path, LeadBook.Token);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private Task<HttpResponseMessage> LogInAsync(Uri form, string token) =>
        _guarded.Client.PostAsync(form, new FormUrlEncodedContent([new("token", token)]), LeadBook.Token);

    private async Task<HttpStatusCode> StatusWithCookieAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/leads");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return (await _guarded.Client.SendAsync(request, LeadBook.Token)).StatusCode;
    }
}
