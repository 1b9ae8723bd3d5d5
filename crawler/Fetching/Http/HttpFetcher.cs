using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Surveillance.Crawler.Fetching.Http;

/// <summary>Fetches pages as a server sends them, without running what they contain.</summary>
internal sealed class HttpFetcher(IOptions<CrawlOptions> options, TimeProvider time) : IFetcher, IDisposable
{
    private readonly CrawlOptions _options = options.Value;
    private readonly GuardedClients _clients = new();

    public string Name => "http";

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.FetchTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(FetchErrorKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"{_options.FetchTime.TotalSeconds} 秒内未收完"));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            return OutcomeOf(error);
        }
    }

    public void Dispose() => _clients.Dispose();

    private async Task<FetchOutcome> FollowAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        var redirects = new List<Uri>();
        while (true)
        {
            if (url.Scheme is not ("http" or "https"))
            {
                return new FetchOutcome.Declined($"只访问 http 和 https 地址，不访问 {url.Scheme}");
            }

            if (redirects.Count > 0 && request.Objection is { } objection && await objection(url, cancellationToken) is { } reason)
            {
                return new FetchOutcome.Declined(reason);
            }

            using var response = await _clients.For(request).SendAsync(Ask(url, request, redirects.Count == 0), cancellationToken);
            Keep(request.Cookies, url, response);
            if (TryRedirect(response, url) is not { } next)
            {
                return await ReadAsync(response, url, redirects, cancellationToken);
            }

            redirects.Add(url);
            if (redirects.Count > _options.MaxRedirects)
            {
                return Failed(FetchErrorKind.TooManyRedirects, $"重定向超过 {_options.MaxRedirects} 次");
            }

            url = next;
        }
    }

    /// <param name="isFirst">Validators belong to the page asked for, not to where it leads.</param>
    private HttpRequestMessage Ask(Uri url, FetchRequest request, bool isFirst)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5");
        message.Headers.TryAddWithoutValidation("Accept-Language", "zh-CN,zh;q=0.9");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        Add(message, "Cookie", request.Cookies?.GetCookieHeader(url));
        Add(message, "If-None-Match", isFirst ? request.Known?.ETag : null);
        Add(message, "If-Modified-Since", isFirst ? request.Known?.LastModified : null);
        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Keep(CookieContainer? jar, Uri url, HttpResponseMessage response)
    {
        if (jar is null || !response.Headers.NonValidated.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            try
            {
                jar.SetCookies(url, cookie);
            }
            catch (CookieException)
            {
                // The server's cookie is malformed, too large or for another domain; browsers ignore such too.
            }
        }
    }

    private async Task<FetchOutcome> ReadAsync(HttpResponseMessage response, Uri url, List<Uri> redirects, CancellationToken cancellationToken)
    {
        var limit = _options.MaxBodyBytes;
        var tooLarge = Failed(FetchErrorKind.TooLarge, $"正文超过 {limit} 字节");
        if (Header(response.Content.Headers, "Content-Length") is { } said && long.TryParse(said, CultureInfo.InvariantCulture, out var length) && length > limit)
        {
            return tooLarge;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (await BoundedBody.ReadAsync(stream, limit, cancellationToken) is not { } received)
        {
            return tooLarge;
        }

        var at = time.GetUtcNow();
        if (await BoundedBody.DecodeAsync(received, Header(response.Content.Headers, "Content-Encoding"), limit, cancellationToken) is not { } body)
        {
            return Failed(FetchErrorKind.TooLarge, $"正文解压后超过 {limit} 字节");
        }

        return new FetchOutcome.Fetched((int)response.StatusCode, body, url, Header(response.Content.Headers, "Content-Type"), HeaderLines(response), redirects, at)
        {
            RetryAfter = RetryAfter.TryRead(Header(response.Headers, "Retry-After"), at),
        };
    }

    private static Uri? TryRedirect(HttpResponseMessage response, Uri url) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
            && Header(response.Headers, "Location") is { } location
            && Uri.TryCreate(url, location, out var next)
            ? new UriBuilder(next) { Fragment = "" }.Uri
            : null;

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static string HeaderLines(HttpResponseMessage response)
    {
        var lines = new StringBuilder();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                lines.Append(name).Append(": ").Append(value.ReplaceLineEndings(" ")).Append('\n');
            }
        }

        return lines.ToString();
    }

    private static FetchOutcome OutcomeOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefusedException refused)
            {
                return new FetchOutcome.Declined(refused.Reason);
            }

            if (cause is AuthenticationException)
            {
                return Failed(FetchErrorKind.Tls, cause is TlsRefusedException ? cause.Message : $"{TlsFaults.Handshake}：{cause.Message}");
            }
        }

        return error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            ? Failed(FetchErrorKind.TooLarge, "响应头过大")
            : Failed(FetchErrorKind.Network, $"网络错误：{error.GetBaseException().Message}");
    }

    private static FetchOutcome.Failed Failed(FetchErrorKind kind, string reason) => new(new FetchError(kind, reason));
}
