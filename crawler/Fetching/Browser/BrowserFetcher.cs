using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>Fetches pages that only say something once their scripts have run, and keeps what they show then.</summary>
/// <remarks>
/// Each page has a context of its own: no caches or service workers from others, and no cookies but those of its run. Downloads,
/// dialogs and further windows are refused, the resources that its source blocks are not asked for, a <see cref="NavigationWatch"/>
/// asks before the page goes elsewhere, and all its traffic goes through a <see cref="GuardedProxy"/>.
/// </remarks>
internal sealed class BrowserFetcher(Chromium chromium, IOptions<CrawlOptions> options, TimeProvider time) : IFetcher
{
    /// <summary>Scripts and data of one page together, in bodies.</summary>
    private const int TrafficBodies = 4;

    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    private readonly CrawlOptions _options = options.Value;

    public string Name => "browser";

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (request.Url.Scheme is not ("http" or "https"))
        {
            return new FetchOutcome.Declined($"只访问 http 和 https 地址，不访问 {request.Url.Scheme}");
        }

        await using var proxy = new GuardedProxy(request, (long)_options.MaxBodyBytes * TrafficBodies);
        var rendering = new Rendering(request, proxy);
        try
        {
            await using var place = await chromium.RentAsync(cancellationToken);
            return await InContextAsync(place.Browser, rendering, cancellationToken);
        }
        catch (ChromiumMissingException)
        {
            return Failed(FetchErrorKind.BrowserMissing, "本机没有 Chromium，无法渲染网页");
        }
        catch (Exception error) when (error is OperationCanceledException or PlaywrightException && proxy.LimitReached.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed(FetchErrorKind.TooLarge, $"网页流量超过 {(long)_options.MaxBodyBytes * TrafficBodies} 字节");
        }
        catch (TimeoutException)
        {
            return Failed(FetchErrorKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"{_options.FetchTime.TotalSeconds} 秒内未渲染完"));
        }
        catch (PlaywrightException error)
        {
            return OutcomeOf(error, rendering);
        }
    }

    private async Task<FetchOutcome> InContextAsync(IBrowser browser, Rendering rendering, CancellationToken cancellationToken)
    {
        var context = await OpenContextAsync(browser, rendering);
        try
        {
            // Playwright takes no cancellation token, and a script that never ends answers no call: the wait is bounded from outside.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(rendering.Proxy.LimitReached, cancellationToken);
            return await RenderAsync(context, rendering, either.Token).WaitAsync(_options.FetchTime, time, either.Token);
        }
        finally
        {
            await CloseAsync(browser, context);
        }
    }

    private async Task<IBrowserContext> OpenContextAsync(IBrowser browser, Rendering rendering)
    {
        var options = new BrowserNewContextOptions
        {
            AcceptDownloads = false,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ServiceWorkers = ServiceWorkerPolicy.Block,
            UserAgent = _options.UserAgent,
            Proxy = new Proxy { Server = rendering.Proxy.Address, Bypass = "<-loopback>" },
        };
        try
        {
            return await browser.NewContextAsync(options).WaitAsync(_options.FetchTime, time);
        }
        catch (TimeoutException)
        {
            // Its driver has died: calls to that are never answered.
            await chromium.AbandonAsync(browser);
            throw;
        }
    }

    private async Task<FetchOutcome> RenderAsync(IBrowserContext context, Rendering rendering, CancellationToken cancellationToken)
    {
        var request = rendering.Request;
        await BrowserCookies.GiveAsync(context, request.Cookies);
        var page = await OpenPageAsync(context, rendering, cancellationToken);
        var response = await page.GotoAsync(request.Url.AbsoluteUri, new PageGotoOptions
        {
            WaitUntil = WaitUntilState.Load,
            Timeout = (float)_options.FetchTime.TotalMilliseconds,
        });
        if (response is null)
        {
            return Failed(FetchErrorKind.NoPage, "该地址没有返回网页");
        }

        await PageSettling.SettleAsync(page, request.Rendering, _options, time);
        await BrowserCookies.KeepAsync(context, request.Cookies);
        return rendering.Refusal is { } refusal ? new FetchOutcome.Declined(refusal) : await CaptureAsync(page, response, rendering);
    }

    private static async Task<IPage> OpenPageAsync(IBrowserContext context, Rendering rendering, CancellationToken cancellationToken)
    {
        var page = await context.NewPageAsync();
        page.Request += (_, sent) => rendering.Note(sent);
        page.RequestFinished += (_, answered) => rendering.NoteAnswered(answered);
        page.Dialog += async (_, dialog) => await DismissAsync(dialog);
        context.Page += async (_, opened) => await RefuseAsync(opened);
        var blocked = rendering.Request.Rendering.Block;
        await page.RouteAsync("**/*", route => blocked.Contains(route.Request.ResourceType) ? route.AbortAsync() : route.ContinueAsync());
        await NavigationWatch.StartAsync(context, page, rendering, cancellationToken);
        return page;
    }

    private async Task<FetchOutcome> CaptureAsync(IPage page, IResponse response, Rendering rendering)
    {
        var length = await page.EvaluateAsync<long>("() => document.documentElement ? document.documentElement.outerHTML.length : 0");
        if (length > _options.MaxBodyBytes)
        {
            return Failed(FetchErrorKind.TooLarge, $"渲染后的网页超过 {_options.MaxBodyBytes} 字节");
        }

        var html = await page.ContentAsync();
        var at = time.GetUtcNow();
        var headers = await response.HeadersArrayAsync();
        var retryAfter = headers.FirstOrDefault(header => header.Name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase))?.Value;
        return new FetchOutcome.Fetched(
            response.Status,
            Encoding.UTF8.GetBytes(html),
            new Uri(page.Url),
            "text/html; charset=utf-8",
            string.Concat(headers.Select(header => $"{header.Name}: {header.Value.ReplaceLineEndings(" ")}\n")),
            RedirectsOf(response.Request),
            at)
        {
            Parts = await PageParts.ReadAsync(rendering.Answered, _options.MaxBodyBytes),
            RetryAfter = RetryAfter.TryRead(retryAfter, at),
        };
    }

    private async Task CloseAsync(IBrowser browser, IBrowserContext context)
    {
        try
        {
            await context.CloseAsync().WaitAsync(ClosingTime, time);
        }
        catch (Exception error) when (error is TimeoutException or PlaywrightException)
        {
            await chromium.AbandonAsync(browser);
        }
    }

    /// <summary>A window that a page opens is an advertisement or a trap, and nobody reads it.</summary>
    private static async Task RefuseAsync(IPage opened)
    {
        try
        {
            await opened.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // It has closed itself meanwhile.
        }
    }

    private static async Task DismissAsync(IDialog dialog)
    {
        try
        {
            await dialog.DismissAsync();
        }
        catch (PlaywrightException)
        {
            // The page has closed meanwhile, and the dialog with it.
        }
    }

    private static List<Uri> RedirectsOf(IRequest last)
    {
        var redirects = new List<Uri>();
        for (var request = last.RedirectedFrom; request is not null; request = request.RedirectedFrom)
        {
            redirects.Insert(0, new Uri(request.Url));
        }

        return redirects;
    }

    private static FetchOutcome OutcomeOf(PlaywrightException error, Rendering rendering)
    {
        if ((rendering.Refusal ?? rendering.Proxy.RefusalOf(rendering.Target.Host)) is { } refusal)
        {
            return new FetchOutcome.Declined(refusal);
        }

        var reason = error.Message.Split('\n')[0];
        return reason switch
        {
            _ when reason.Contains("Download is starting", StringComparison.Ordinal) => Failed(FetchErrorKind.NoPage, "该地址是下载文件，不是网页"),
            _ when reason.Contains("ERR_TOO_MANY_REDIRECTS", StringComparison.Ordinal) => Failed(FetchErrorKind.TooManyRedirects, "重定向过多"),
            _ when reason.Contains("ERR_CERT_", StringComparison.Ordinal) || reason.Contains("ERR_SSL_", StringComparison.Ordinal) => Failed(FetchErrorKind.Tls, TlsFaults.OfChromium(reason)),
            _ when reason.Contains("net::ERR_", StringComparison.Ordinal) => Failed(FetchErrorKind.Network, $"网络错误：{reason}"),
            _ => Failed(FetchErrorKind.Browser, $"浏览器出错：{reason}"),
        };
    }

    private static FetchOutcome.Failed Failed(FetchErrorKind kind, string reason) => new(new FetchError(kind, reason));
}
