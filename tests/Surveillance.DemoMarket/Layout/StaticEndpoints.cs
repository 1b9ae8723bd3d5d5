using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Layout;

/// <summary>Style, scripts, the entrance and the plain pages of the footer.</summary>
internal static class StaticEndpoints
{
    public static IEndpointRouteBuilder MapStatic(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.Redirect("/search"));
        routes.MapGet("/static/market.css", () => TypedResults.Text(ListingFiles.Text("market.css"), "text/css", Encoding.UTF8));
        routes.MapGet("/static/market.js", () => Script("market.js"));
        routes.MapGet("/static/app.js", () => Script("app.js"));
        routes.MapGet("/static/blank.svg", () => TypedResults.Text("""<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>""", "image/svg+xml"));
        routes.MapGet("/about", () => Plain("关于我们", "旧物集市是演示用的二手交易站点，所有卖家、价格和联系方式均为虚构。"));
        routes.MapGet("/rules", () => Plain("平台规则", "禁止发布法律法规禁止交易的商品和服务信息，违者下架。"));
        routes.MapGet("/help", () => Plain("帮助中心", "交易问题请通过站内私信与卖家沟通，举报请点击商品页的举报按钮。"));
        return routes;
    }

    private static ContentHttpResult Script(string name) => TypedResults.Text(ListingFiles.Text(name), "text/javascript", Encoding.UTF8);

    private static IResult Plain(string title, string text) =>
        Markup.Html(new Frame().Render(title, "", $"""<article class="detail"><h1 class="detail-title">{title}</h1><p>{text}</p></article>""", []));
}
