using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket.Search;

/// <summary>The same search in the ways that real marketplaces serve it.</summary>
internal static class SearchEndpoints
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/search", Search);
        routes.MapGet("/gb/search", SearchInGb);
        routes.MapGet("/app/search", () => Markup.Html(ScriptedSearch.Shell));
        routes.MapGet("/app/api/search", Api);
        routes.MapGet("/state/search", State);
        return routes;
    }

    private static IResult Search(MarketStock stock, string? q, string? page) =>
        Markup.Html(SearchPage.Render(HitList.Of(stock, q, page), new Frame()));

    private static IResult SearchInGb(MarketStock stock, string? q, string? page) =>
        Gb18030.Html(SearchPage.Render(HitList.Of(stock, q, page), new Frame("/gb")), StatusCodes.Status200OK);

    private static ContentHttpResult Api(MarketStock stock, string? q, string? page) =>
        TypedResults.Text(ScriptedSearch.ApiAnswer(HitList.Of(stock, q, page)), "application/json", Encoding.UTF8);

    private static IResult State(MarketStock stock, string? q, string? page) =>
        Markup.Html(ScriptedSearch.StatePage(HitList.Of(stock, q, page)));
}
