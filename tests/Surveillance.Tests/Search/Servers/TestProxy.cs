using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Surveillance.Tests.Search.Servers;

/// <summary>Stands before a search server, with TLS and a demand for credentials where that is asked for, and makes the trouble that it is told to.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri? _server;
    private readonly WebApplication _app;

    private TestProxy(Uri? server, TestAuthority? authority)
    {
        _server = server;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => Listen(listen, authority));
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>True where it has answered itself.</summary>
    public Func<HttpContext, Task<bool>> Trouble { get; set; } = _ => Task.FromResult(false);

    /// <summary>The header that each request must carry; null for none.</summary>
    public string? Authorization { get; init; }

    public Uri Address => new(_app.Urls.First());

    /// <param name="server">Null where the trouble answers everything.</param>
    public static async Task<TestProxy> StartAsync(Uri? server, TestAuthority? authority = null, string? authorization = null)
    {
        var proxy = new TestProxy(server, authority) { Authorization = authorization };
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>The first <paramref name="times"/> requests whose path contains <paramref name="path"/> get this answer.</summary>
    public void Refuse(string path, int times, int status, string body = "{}", string? retryAfter = null)
    {
        var left = times;
        Trouble = async context =>
        {
            if (!context.Request.Path.Value!.Contains(path, StringComparison.Ordinal) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
            return true;
        };
    }

    /// <summary>The first request whose path contains this gets half of its answer, or none, and then no connection.</summary>
    public void CutOff(string path, bool withHalf)
    {
        var left = 1;
        Trouble = async context =>
        {
            if (!context.Request.Path.Value!.Contains(path, StringComparison.Ordinal) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            if (withHalf)
            {
                var (_, body) = await ForwardAsync(context);
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
            return true;
        };
    }

    /// <summary>At the first request that writes, does this and answers nothing.</summary>
    /// <param name="passOn">Whether the server does what it was asked to before that.</param>
    public void AtFirstBulk(bool passOn, Action then)
    {
        var left = 1;
        Trouble = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("_bulk", StringComparison.Ordinal) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            if (passOn)
            {
                await ForwardAsync(context);
            }

            then();
            context.Abort();
            return true;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static void Listen(ListenOptions listen, TestAuthority? authority)
    {
        if (authority is not null)
        {
            listen.UseHttps(authority.Certificate);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Authorization is not null && context.Request.Headers.Authorization != Authorization)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("""{"error":{"type":"security_exception","reason":"unable to authenticate"},"status":401}""");
        }
        else if (!await Trouble(context))
        {
            var (answer, body) = await ForwardAsync(context);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            if (answer.Headers.TryGetValues("X-elastic-product", out var product))
            {
                context.Response.Headers["X-elastic-product"] = product.First();
            }

            await context.Response.Body.WriteAsync(body);
        }
    }

    private async Task<(HttpResponseMessage Answer, byte[] Body)> ForwardAsync(HttpContext context)
    {
        var request = context.Request;
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_server!, request.Path + request.QueryString.ToString()));
        if (request.ContentType is not null)
        {
            message.Content = new StreamContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            message.Content.Headers.ContentLength = request.ContentLength;
        }

        using var answer = await _client.SendAsync(message, context.RequestAborted);
        return (answer, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
    }
}
