using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.DemoMarket.Barriers;

namespace Surveillance.DemoMarket.Stock;

/// <summary>The levers of tests and of the demo: take an item down, let days pass, see who asked for what.</summary>
internal static class ControlEndpoints
{
    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/control").AddEndpointFilter(RefuseOtherMachinesAsync);
        control.MapPost("/takedown/{id}", TakeDown);
        control.MapPost("/day", MoveOn);
        control.MapGet("/requests", Requests);
        return routes;
    }

    private static Results<NoContent, NotFound> TakeDown(MarketStock stock, string id) =>
        stock.TakeDown(id) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static Results<Ok<MarketDay>, BadRequest<string>> MoveOn(MarketStock stock, int n = 1) =>
        n is >= 1 and <= 3650
            ? TypedResults.Ok(new MarketDay(stock.MoveOn(n)))
            : TypedResults.BadRequest($"Expected n from 1 to 3650, got {n}.");

    private static Ok<IReadOnlyDictionary<string, int>> Requests(RequestCount count) => TypedResults.Ok(count.ByPath());

    private static async ValueTask<object?> RefuseOtherMachinesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? await next(context)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}

/// <summary>The market's day after it was moved on.</summary>
internal sealed record MarketDay(DateOnly Day);
