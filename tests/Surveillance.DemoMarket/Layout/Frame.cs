using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Layout;

/// <summary>What surrounds every page of the marketplace: head, navigation, sidebar and footer.</summary>
/// <param name="Root">Prefix of the page's own section, e.g. <c>/gb</c>; empty for the main one.</param>
internal sealed record Frame(string Root = "")
{
    public const string Name = "旧物集市";

    private static readonly string Style = ListingFiles.Text("market.css");

    private static readonly string[] Topics = ["电工证", "题库", "教材", "工具", "招聘", "劳保", "办证", "驾照"];

    private bool IsGb => Root == "/gb";

    /// <param name="content">HTML.</param>
    /// <param name="guesses">What the sidebar 猜你喜欢 shows.</param>
    public string Render(string title, string keyword, string content, IReadOnlyList<MarketListing> guesses) => $"""
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        {Head(title)}
        </head>
        <body>
        <header class="top-bar"><div class="top-inner">
          <a class="logo" href="{Root}/search">{Name}</a>
          <form class="search-form" action="{SearchAction}" method="get" accept-charset="utf-8" role="search">
            <input type="search" name="q" value="{Markup.Encode(keyword)}" placeholder="搜一搜你想要的宝贝" aria-label="搜索商品"><button type="submit">搜索</button>
          </form>
          <nav aria-label="分类"><ul class="nav-list">{string.Concat(Topics.Select(Topic))}</ul></nav>
        </div></header>
        <div class="main-wrap">
          <main class="content">
        {content}
          </main>
          <aside class="guess"><h4>猜你喜欢</h4><ul>{string.Concat(guesses.Select(Guess))}</ul></aside>
        </div>
        <footer class="foot"><div class="foot-inner"><p><a href="/about">关于我们</a> | <a href="/rules">平台规则</a> | <a href="/help">帮助中心</a></p>
          <p>{Name} 演示站点 ICP备00000000号 违法和不良信息举报：站内举报</p></div></footer>
        <script src="/static/market.js" defer></script>
        <script>window._trace=window._trace||[];_trace.push(['page','{(Root.Length == 0 ? "main" : Root[1..])}']);</script>
        </body>
        </html>
        """;

    /// <summary>Where an item of this section is found.</summary>
    public string ItemPath(string id) => IsGb ? $"/gb/item/{id}" : $"/item/{id}";

    private string SearchAction => $"{Root}/search";

    // Old templates declare their charset only after long inline styles: further in than a reader of the first kilobyte looks.
    private string Head(string title) => IsGb
        ? $"""
        <style>
        {Style}</style>
        <meta http-equiv="Content-Type" content="text/html; charset=gb18030">
        <title>{Markup.Encode(title)} - {Name}</title>
        """
        : $"""
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Markup.Encode(title)} - {Name}</title>
        <link rel="stylesheet" href="/static/market.css">
        """;

    private string Topic(string topic) => $"""<li><a href="{SearchAction}?q={Uri.EscapeDataString(topic)}">{topic}</a></li>""";

    private string Guess(MarketListing listing) => $"""
        <li><a href="{ItemPath(listing.Id)}">{Markup.Encode(listing.Title)}</a> <span class="guess-price">{Markup.Encode(listing.PriceText ?? "")}</span></li>
        """;
}
