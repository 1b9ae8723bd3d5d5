using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>A marketplace on loopback: lists of twenty items, each item with a page of its own; on as many ports as are asked for.</summary>
internal sealed class BenchSite : IAsyncDisposable
{
    private const int ItemsPerList = 20;
    private readonly WebApplication _app;

    private BenchSite(WebApplication app) => _app = app;

    public IReadOnlyList<Uri> Hosts { get; private set; } = [];

    /// <param name="items">On each host.</param>
    /// <param name="asked">Told of every request but those for robots.txt; what it returns is waited for before the answer.</param>
    public static async Task<BenchSite> StartAsync(int hosts, int items, Func<HttpContext, Task> asked)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var host = 0; host < hosts; host++)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        app.MapGet("/robots.txt", () => "");
        app.MapGet("/list", async (int page, HttpContext context) =>
        {
            await asked(context);
            return Page(List(page, items));
        });
        app.MapGet("/item/{n:int}", async (int n, HttpContext context) =>
        {
            await asked(context);
            return Page($"<h1>低压电工证包过 第{n}号</h1><p class=price>¥{380 + n}</p><p>不过退款，三天拿证，编号 {n}。</p>");
        });
        await app.StartAsync();
        return new BenchSite(app) { Hosts = [.. app.Urls.Select(url => new Uri(url))] };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static string List(int page, int items) =>
        "<ul>" + string.Concat(Enumerable.Range(page * ItemsPerList, ItemsPerList).Select(n => $"<li><a href=\"/item/{n}\">低压电工证包过 第{n}号</a><span class=price>¥{380 + n}</span></li>")) + "</ul>"
        + ((page + 1) * ItemsPerList < items ? $"<a class=next href=\"/list?page={page + 1}\">下一页</a>" : "");

    private static IResult Page(string body) =>
        Results.Text($"<!DOCTYPE html><html><head><meta charset=utf-8><title>市场</title></head><body>{body}</body></html>", "text/html; charset=utf-8");
}
