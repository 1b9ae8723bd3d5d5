using System.Globalization;
using System.IO.Compression;
using System.Text;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Search;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket.Hostile;

/// <summary>Pages that would hurt a careless crawler. Each stops when its reader leaves or the server stops.</summary>
internal static class HostileEndpoints
{
    public const long EndlessBytes = 1L << 30;
    public const int DripSeconds = 600;
    public const int Depth = 10_000;
    public const int LinkCount = 100_000;

    public static IEndpointRouteBuilder MapHostile(this IEndpointRouteBuilder routes)
    {
        var hostile = routes.MapGroup("/hostile");
        hostile.MapGet("/endless-redirect", (int n = 0) => TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"/hostile/endless-redirect?n={(n + 1L) % int.MaxValue}")));
        hostile.MapGet("/to-private", () => TypedResults.Redirect("http://169.254.169.254/"));
        hostile.MapGet("/huge", Huge);
        hostile.MapGet("/slow-drip", SlowDrip);
        hostile.MapGet("/zip-bomb", ZipBomb);
        hostile.MapGet("/deep", () => Markup.Html(Deep()));
        hostile.MapGet("/links", () => Markup.Html(Links()));
        hostile.MapGet("/nul", (MarketStock stock) => Markup.Html(WithNuls(stock)));
        hostile.MapGet("/wrong-charset", (MarketStock stock) => TypedResults.Bytes(InGb(stock), "text/html; charset=utf-8"));
        return routes;
    }

    private static HostileStream Huge() => new("text/html; charset=utf-8", async (body, cancellationToken) =>
    {
        await body.WriteAsync("<!DOCTYPE html><html><body>"u8.ToArray(), cancellationToken);
        await FillAsync(body, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>填充内容，没有尽头。</p>", 2000))), cancellationToken);
    });

    private static HostileStream ZipBomb(HttpResponse response)
    {
        response.Headers.ContentEncoding = "gzip";
        return new("text/html; charset=utf-8", async (body, cancellationToken) =>
        {
            await using var gzip = new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true);
            await FillAsync(gzip, new byte[64 * 1024], cancellationToken);
        });
    }

    private static HostileStream SlowDrip(TimeProvider timeProvider) => new("text/html; charset=utf-8", async (body, cancellationToken) =>
    {
        for (var second = 0; second < DripSeconds; second++)
        {
            await body.WriteAsync("."u8.ToArray(), cancellationToken);
            await body.FlushAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), timeProvider, cancellationToken);
        }
    });

    private static async Task FillAsync(Stream body, byte[] chunk, CancellationToken cancellationToken)
    {
        for (long written = 0; written < EndlessBytes; written += chunk.Length)
        {
            await body.WriteAsync(chunk, cancellationToken);
        }
    }

    private static string Deep() =>
        $"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>深层页面</title></head><body>{string.Concat(Enumerable.Repeat("<div>", Depth))}<p>最里面一层</p>{string.Concat(Enumerable.Repeat("</div>", Depth))}</body></html>""";

    private static string Links()
    {
        var html = new StringBuilder("""<!DOCTYPE html><html><head><meta charset="utf-8"><title>链接大全</title></head><body>""");
        for (var number = 1; number <= LinkCount; number++)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<a href="/search?q=&amp;page={number}">{number}</a> """);
        }
        return html.Append("</body></html>").ToString();
    }

    private static string WithNuls(MarketStock stock) =>
        SearchPage.Render(HitList.Of(stock, "电工", null), new Frame()).Replace("电", "电\0", StringComparison.Ordinal).Replace("<div", "\0<div", StringComparison.Ordinal);

    private static byte[] InGb(MarketStock stock) => Gb18030.Bytes(SearchPage.Render(HitList.Of(stock, "电工", null), new Frame("/gb")));
}
