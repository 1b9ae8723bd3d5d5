using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>A marketplace on loopback whose list pages have one size and different listings, for comparing crawlers.</summary>
/// <remarks>Every tenth listing is an unlawful offer. Listings' own pages lie on another host, so that nobody follows them.</remarks>
internal sealed class PeerSite : IAsyncDisposable
{
    /// <summary>In one page.</summary>
    public const int Listings = 20;

    private static readonly string[] Goods =
        ["二手书桌 实木 自提", "九成新电饭煲", "儿童自行车 16 寸", "搬家出书架", "机械键盘 茶轴", "空调安装维修", "吉他 初学 送教材", "登山鞋 42 码", "猫粮 未拆封", "显示器 27 寸 高清"];

    private static readonly string[] Offers =
        ["低压电工证包过 不过退款", "高压电工证 免考拿证", "特种作业操作证 三天出证", "电工证代考 内部名额", "操作证现货 联网可查"];

    private readonly WebApplication _app;
    private readonly PageShape _shape;
    private long _first;

    private PeerSite(WebApplication app, PageShape shape)
    {
        _app = app;
        _shape = shape;
    }

    /// <summary>Where the lists lie.</summary>
    public Uri Base { get; private set; } = null!;

    /// <summary>When the first list was asked for since <see cref="Forget"/>; null where none was.</summary>
    public DateTimeOffset? FirstAsked => Volatile.Read(ref _first) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public static async Task<PeerSite> StartAsync(PageShape shape)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        var site = new PeerSite(app, shape);
        app.MapGet("/robots.txt", () => "");
        app.MapGet("/list", site.ListAsync);
        await app.StartAsync();
        site.Base = new Uri(app.Urls.Single());
        return site;
    }

    /// <param name="site">Where the lists lie.</param>
    public static IEnumerable<Uri> Pages(Uri site, int count) => Enumerable.Range(0, count).Select(page => new Uri(site, string.Create(CultureInfo.InvariantCulture, $"/list?page={page}")));

    public void Forget() => Volatile.Write(ref _first, 0);

    /// <summary>The sum of all prices on the first pages: what a crawler must have stored.</summary>
    public static long PriceSum(int pages) => Enumerable.Range(0, pages * Listings).Sum(listing => (long)Price(listing));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task ListAsync(int page, HttpContext context)
    {
        Interlocked.CompareExchange(ref _first, TimeProvider.System.GetUtcNow().UtcTicks, 0);
        var body = Encoding.UTF8.GetBytes(Body(page));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private string Body(int page)
    {
        var html = new StringBuilder(_shape.Bytes).Append("<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>同城二手 第").Append(page).Append("页</title>").Append(_shape.Head)
            .Append("</head><body><header><a href=/>同城二手</a><form action=/search><input name=q></form></header><main><ul class=items>");
        for (var listing = page * Listings; listing < (page + 1) * Listings; listing++)
        {
            Card(html, listing);
        }

        return html.Append("</ul></main><footer>同城二手市场 演示用</footer>").Append(_shape.Foot).Append("</body></html>").ToString();
    }

    private void Card(StringBuilder html, int listing)
    {
        var title = listing % 10 == 3 ? Offers[listing / 10 % Offers.Length] : Goods[listing % Goods.Length];
        html.Append(CultureInfo.InvariantCulture,
            $"<li class=item><a class=title href=\"http://items.example/item/{listing}\">{title} {listing}号</a><span class=price>¥{Price(listing)}</span>")
            .Append(CultureInfo.InvariantCulture, $"<span class=seller>卖家{listing % 977}号店</span><span class=location>{(listing % 3 == 0 ? "武汉" : "成都")}</span><p class=desc>")
            .Append("东西保养得很好，用了不到一年，需要的直接联系，可以当面看货，不议价。").Append("</p>").Append(_shape.PerCard).Append("</li>");
    }

    private static int Price(int listing) => 20 + (listing % 900);
}

/// <summary>What a page holds besides its listings.</summary>
/// <param name="Bytes">The page's size, about.</param>
internal sealed record PageShape(string Name, int Bytes, string Head, string Foot, string PerCard)
{
    /// <summary>8 KB: little more than the listings.</summary>
    public static PageShape Small { get; } = new("8 KB", 8 << 10, "<link rel=stylesheet href=/s.css>", "", "");

    /// <summary>280 KB as shops send them: styles, scripts and state before and after, and much markup around each listing.</summary>
    public static PageShape Real { get; } = new("280 KB", 280 << 10, Styles(70_000), Scripts(90_000), Markup(4_600));

    private static string Styles(int bytes)
    {
        var css = new StringBuilder("<style>");
        for (var rule = 0; css.Length < bytes; rule++)
        {
            css.Append(CultureInfo.InvariantCulture, $".m{rule} .k{rule * 7}:hover>span{{margin:{rule % 9}px {rule % 5}px;color:#{rule * 4099 % 0xFFFFFF:x6};background:url(/i/{rule}.png) no-repeat}}\n");
        }

        return css.Append("</style>").ToString();
    }

    private static string Scripts(int bytes)
    {
        var script = new StringBuilder("<script>");
        for (var part = 0; script.Length < bytes; part++)
        {
            script.Append(CultureInfo.InvariantCulture, $"!function(e,t){{var n{part}=e.q||[];for(var i=0;i<n{part}.length;i++)t.push({{k:'e{part}',v:n{part}[i]<{part % 13}?\"a\":'b'}})}}(window.w{part}||{{}},[]);\n");
        }

        return script.Append("</script>").ToString();
    }

    private static string Markup(int bytes)
    {
        var html = new StringBuilder("<div class=more>");
        for (var part = 0; html.Length < bytes; part++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"c-{part} box\" data-spm=\"a{part}.b\"><i class=icon style=\"width:{part}px\"></i><svg viewBox=\"0 0 16 16\"><path d=\"M{part} 1h6v{part}z\"/></svg></div>");
        }

        return html.Append("</div>").ToString();
    }
}
