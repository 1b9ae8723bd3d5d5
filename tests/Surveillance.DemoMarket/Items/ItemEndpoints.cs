using System.Diagnostics;
using System.Globalization;
using System.Text;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Listings;
using Surveillance.DemoMarket.Search;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket.Items;

/// <summary>Item pages in both charsets, a seller's other offers, and the pictures.</summary>
internal static class ItemEndpoints
{
    public static IEndpointRouteBuilder MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/item/{id}", Item);
        routes.MapGet("/gb/item/{id}", ItemInGb);
        routes.MapGet("/seller/{name}", SellerOffers);
        routes.MapGet("/pictures/{name}", Picture);
        return routes;
    }

    private static IResult Item(MarketStock stock, HttpRequest request, string id)
    {
        var (html, status) = Page(stock, request, id, new Frame());
        return Markup.Html(html, status);
    }

    private static IResult ItemInGb(MarketStock stock, HttpRequest request, string id)
    {
        var (html, status) = Page(stock, request, id, new Frame("/gb"));
        return Gb18030.Html(html, status);
    }

    private static (string Html, int Status) Page(MarketStock stock, HttpRequest request, string id, Frame frame)
    {
        var guesses = HitList.GuessesOf(stock, id.Length == 0 ? 1 : id[^1]);
        return stock.Find(id) switch
        {
            ShelfPlace.Shown shown => (ItemPage.Render(shown.Listing, frame, new Uri($"{request.Scheme}://{request.Host}"), guesses), StatusCodes.Status200OK),
            ShelfPlace.Removed => (ItemPage.Gone(frame, guesses), StatusCodes.Status200OK),
            ShelfPlace.Unknown => (ItemPage.NotFound(frame), StatusCodes.Status404NotFound),
            _ => throw new UnreachableException(),
        };
    }

    private static IResult SellerOffers(MarketStock stock, string name)
    {
        List<MarketListing> offers = [.. stock.Search("").Concat(stock.Ads()).Where(listing => listing.Seller == name)];
        var frame = new Frame();
        return offers.Count == 0
            ? Markup.Html(ItemPage.NotFound(frame), StatusCodes.Status404NotFound)
            : Markup.Html(frame.Render($"{name} 的店铺", "", SellerList(name, offers, frame), []));
    }

    private static string SellerList(string name, IEnumerable<MarketListing> offers, Frame frame)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""<div class="detail"><h1 class="detail-title">{Markup.Encode(name)} 的店铺</h1><ul class="seller-items">""");
        foreach (var offer in offers)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<li><a href="{frame.ItemPath(offer.Id)}">{Markup.Encode(offer.Title)}</a></li>""");
        }
        return html.Append("</ul></div>").ToString();
    }

    private static IResult Picture(string name) =>
        ListingPictures.Find(name) is var (bytes, contentType) ? TypedResults.Bytes(bytes, contentType) : TypedResults.NotFound();
}
