using Surveillance.DemoMarket.Items;
using Surveillance.DemoMarket.Layout;

namespace Surveillance.DemoMarket.Lookups;

/// <summary>The look-up sites, each without anything of the marketplace around it.</summary>
internal static class LookupEndpoints
{
    public static IEndpointRouteBuilder MapLookups(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lookup/{number:int}", Lookup);
        return routes;
    }

    private static IResult Lookup(int number) => LookupPage.All.FirstOrDefault(page => page.Number == number) is { } page
        ? Markup.Html(Render(page))
        : Markup.Html(ItemPage.NotFound(new Frame()), StatusCodes.Status404NotFound);

    private static string Render(LookupPage page) => $"""
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Markup.Encode(page.Title)} - {Markup.Encode(page.Organ)}</title><link rel="stylesheet" href="/static/market.css"></head>
        <body>
        <div class="lookup-head"><p>{Markup.Encode(page.Organ)}</p><h1>{Markup.Encode(page.Title)}</h1></div>
        <div class="lookup-box"><p class="lookup-notice">{Markup.Encode(page.Notice)}</p>{Form(page)}</div>
        <div class="foot"><div class="foot-inner">{Markup.Encode(page.Footer)}</div></div>
        </body>
        </html>
        """;

    private static string Form(LookupPage page) => page.Fields.Count == 0 ? "" : $"""
        <form action="/lookup/{page.Number}" method="get">{string.Concat(page.Fields.Select((field, index) =>
            $"""<label>{Markup.Encode(field)} <input type="text" name="f{index}"></label>"""))}<button type="submit">查询</button></form>
        """;
}
