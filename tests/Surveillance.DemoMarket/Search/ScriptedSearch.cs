using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Search;

/// <summary>A search whose cards only a script builds: from an API, or from a state object inside the page.</summary>
internal static class ScriptedSearch
{
    private static readonly string[] Success = ["SUCCESS::调用成功"];

    // Leaves Chinese readable and still keeps a listing's text from ending the script element.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Shell { get; } = $"""
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Frame.Name}</title><link rel="stylesheet" href="/static/market.css"></head>
        <body><div class="main-wrap"><main id="app" class="content"></main></div><noscript>请开启 JavaScript 后访问</noscript><script src="/static/app.js"></script></body></html>
        """;

    /// <summary>What the shell's script fetches.</summary>
    public static string ApiAnswer(HitList list) => JsonSerializer.Serialize(
        new
        {
            ret = Success,
            data = new { keyword = list.Query, list.Page, list.PageCount, list.Total, items = list.InPlace().Select(Item) },
        },
        Json);

    public static string StatePage(HitList list)
    {
        var state = JsonSerializer.Serialize(
            new { user = (string?)null, search = new { keyword = list.Query, list.Page, list.Total, filters = (string?)null, list = list.InPlace().Select(StateEntry) } },
            Json);
        // As scripts print a state object; inside strings the quotes are escaped, so only members match.
        foreach (var member in (string[])["user", "filters", "coupon"])
        {
            state = state.Replace($"\"{member}\":null", $"\"{member}\":undefined", StringComparison.Ordinal);
        }
        return $"""
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>{Markup.Encode(list.Query)} 搜索 - {Frame.Name}</title><link rel="stylesheet" href="/static/market.css"></head>
            <body><div id="root"></div>
            <script>window.__INITIAL_STATE__={state};(function(){"{"}var s;(s=document.currentScript).parentNode.removeChild(s);{"}"}());</script>
            </body></html>
            """;
    }

    private static object Item(MarketListing listing) => new
    {
        listing.Id,
        listing.Title,
        desc = listing.Text,
        listing.Price,
        listing.PriceText,
        listing.Seller,
        city = listing.Location,
        listing.Published,
        pic = Picture(listing),
        url = $"/item/{listing.Id}",
        ad = listing.IsAd,
    };

    private static object StateEntry(MarketListing listing) => new
    {
        itemId = listing.Id,
        listing.Title,
        price = listing.PriceText,
        user = new { nick = listing.Seller, city = listing.Location },
        publishTime = listing.Published,
        picUrl = Picture(listing),
        coupon = (string?)null,
        isAd = listing.IsAd,
        detailUrl = $"/item/{listing.Id}",
        desc = listing.Text,
    };

    private static string? Picture(MarketListing listing) => listing.Images.Count == 0 ? null : $"/pictures/{listing.Images[0]}";
}
