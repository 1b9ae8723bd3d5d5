using System.Text.Json;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>Asks, before a page goes to another address by redirect or by script, whether it may.</summary>
/// <remarks>
/// Playwright's route handlers never see the requests that a redirect leads to. Chromium's own interception pauses each of them.
/// </remarks>
internal sealed class NavigationWatch
{
    private readonly ICDPSession _session;
    private readonly Rendering _rendering;
    private readonly string _frame;
    private readonly CancellationToken _cancellationToken;

    private NavigationWatch(ICDPSession session, Rendering rendering, string frame, CancellationToken cancellationToken)
    {
        _session = session;
        _rendering = rendering;
        _frame = frame;
        _cancellationToken = cancellationToken;
    }

    public static async Task StartAsync(IBrowserContext context, IPage page, Rendering rendering, CancellationToken cancellationToken)
    {
        var session = await context.NewCDPSessionAsync(page);
        var tree = await session.SendAsync("Page.getFrameTree");
        var frame = tree!.Value.GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString()!;
        var watch = new NavigationWatch(session, rendering, frame, cancellationToken);
        session.Event("Fetch.requestPaused").OnEvent += async (_, paused) => await watch.AnswerAsync(paused!.Value);
        await session.SendAsync("Fetch.enable", new Dictionary<string, object>
        {
            ["patterns"] = new[] { new Dictionary<string, object> { ["urlPattern"] = "*", ["resourceType"] = "Document", ["requestStage"] = "Request" } },
        });
    }

    private async Task AnswerAsync(JsonElement paused)
    {
        var id = paused.GetProperty("requestId").GetString()!;
        try
        {
            if (paused.GetProperty("frameId").GetString() == _frame && await ObjectionAsync(paused.GetProperty("request").GetProperty("url").GetString()!) is { } reason)
            {
                _rendering.Refusal ??= reason;
                await _session.SendAsync("Fetch.failRequest", new Dictionary<string, object> { ["requestId"] = id, ["errorReason"] = "BlockedByClient" });
                return;
            }

            await _session.SendAsync("Fetch.continueRequest", new Dictionary<string, object> { ["requestId"] = id });
        }
        catch (Exception error) when (error is PlaywrightException or OperationCanceledException)
        {
            // The page was closed while it was waiting; nobody asks for it any more.
        }
    }

    /// <summary>The page's own address was allowed before it was asked for.</summary>
    private async Task<string?> ObjectionAsync(string address) =>
        _rendering.Request.Objection is { } objection
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url != _rendering.Request.Url
            ? await objection(url, _cancellationToken)
            : null;
}
