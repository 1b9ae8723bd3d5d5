using System.Net;
using HtmlAgilityPack;
using Surveillance.DemoMarket;

namespace Surveillance.Tests.DemoMarket;

/// <summary>A marketplace of a test class's own, and a client that follows no redirect.</summary>
public sealed class RunningMarket : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private MarketplaceServer? _server;

    public MarketplaceServer Server => _server ?? throw new InvalidOperationException("The market has not been started.");

    public async ValueTask InitializeAsync()
    {
        _server = await MarketplaceServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _client.BaseAddress = _server.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) =>
        _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public async Task<string> TextAsync(string path)
    {
        using var response = await GetAsync(path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HtmlNode> PageAsync(string path) => Parse(await TextAsync(path));

    public Task<HttpResponseMessage> PostAsync(string path) =>
        _client.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken);

    public static HtmlNode Parse(string html)
    {
        var document = new HtmlDocument();
        document.LoadHtml(html);
        return document.DocumentNode;
    }

    /// <summary>The ids of a list page's cards in page order, ads left out.</summary>
    public static IReadOnlyList<string> HitIds(HtmlNode page) =>
        [.. Nodes(page, "//div[@class='item-card'][not(.//i[@class='tag-ad'])]").Select(card => card.GetAttributeValue("data-id", ""))];

    /// <summary>The only one that matches.</summary>
    public static HtmlNode Node(HtmlNode page, string xpath) => Assert.Single(Nodes(page, xpath));

    /// <summary>Empty, not null, where nothing matches.</summary>
    public static IReadOnlyList<HtmlNode> Nodes(HtmlNode page, string xpath) => page.SelectNodes(xpath)?.ToList() ?? [];

    public static string Text(HtmlNode page, string xpath) => WebUtility.HtmlDecode(page.SelectSingleNode(xpath)?.InnerText ?? "").Trim();
}
