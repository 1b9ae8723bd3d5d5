using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Surveillance.Tests.Crawling;

/// <summary>A real web server on loopback whose answers a test writes.</summary>
public sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ConcurrentDictionary<int, bool> _callers = new();

    private LoopbackSite(WebApplication app) => _app = app;

    public Uri Base { get; private set; } = new("http://127.0.0.1");

    /// <summary>Paths with queries, in order of arrival, robots.txt left out.</summary>
    public IReadOnlyList<string> Asked => [.. _asked.Where(path => path != "/robots.txt")];

    /// <summary>The ports from which requests came.</summary>
    public IReadOnlyCollection<int> Callers => [.. _callers.Keys];

    public int RobotsAsked => _asked.Count(path => path == "/robots.txt");

    public static async Task<LoopbackSite> StartAsync(Action<WebApplication> map, string robots = "")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        var site = new LoopbackSite(app);
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            site._callers.TryAdd(context.Connection.RemotePort, true);
            site._asked.Enqueue(context.Request.Path + context.Request.QueryString);
            await next(context);
        });
        app.UseRouting();
        app.MapGet("/robots.txt", () => robots);
        map(app);
        app.UseEndpoints(_ => { });
        await app.StartAsync();
        site.Base = new Uri(app.Urls.First());
        return site;
    }

    public string Url(string path) => new Uri(Base, path).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
