using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>The one Chromium that all rendered pages share; started when first needed, replaced when it is worn, and started again after a crash.</summary>
internal sealed class Chromium(IOptions<CrawlOptions> options, ILogger<Chromium> logger) : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Flags =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-default-apps", "--metrics-recording-only", "--mute-audio", "--hide-scrollbars",

        // WebRTC would send UDP past the proxy.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ];

    /// <summary>Playwright's driver is a process of its own; when that dies, calls to it are never answered, so every one is bounded.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    /// <summary>Weighing asks every process of the browser, so not after each page.</summary>
    private const int PagesPerWeighing = 20;

    private readonly SemaphoreSlim _places = new(options.Value.RenderedAtOnce);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlaywright? _playwright;
    private RunningBrowser? _running;
    private bool _rootMentioned;

    /// <summary>The executable on PATH, null where there is none.</summary>
    public static string? TryFind(string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Waits for a place in the running browser. One that was used often, or has grown large, is replaced first.</summary>
    /// <exception cref="ChromiumMissingException">There is no Chromium on PATH.</exception>
    /// <exception cref="PlaywrightException">It would not start.</exception>
    /// <exception cref="TimeoutException">It did not start in time.</exception>
    public async Task<BrowserPlace> RentAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return new BrowserPlace(this, await TakeAsync(cancellationToken));
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Gives a place back.</summary>
    public async ValueTask ReturnAsync(RunningBrowser running)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            running.Open--;
            running.IsRetired |= running.Pages >= options.Value.PagesPerBrowser || (running.Pages % PagesPerWeighing == 0 && await IsTooLargeAsync(running));
            if (running is { IsRetired: true, Open: 0 })
            {
                await CloseAsync(running);
            }
        }
        finally
        {
            _turn.Release();
            _places.Release();
        }
    }

    /// <summary>Ends a browser that no longer obeys; the next page starts another.</summary>
    public async Task AbandonAsync(IBrowser browser)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (ReferenceEquals(browser, _running?.Browser))
            {
                await CloseAsync(_running);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { Browser.IsConnected: true } running)
        {
            await AbandonAsync(running.Browser);
        }

        DropDriver();
        _turn.Dispose();
        _places.Dispose();
    }

    private async Task<RunningBrowser> TakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_running is not { IsRetired: false, Browser.IsConnected: true })
            {
                _running = new RunningBrowser(await StartAsync());
            }

            _running.Pages++;
            _running.Open++;
            return _running;
        }
        catch (TimeoutException)
        {
            DropDriver();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> IsTooLargeAsync(RunningBrowser running)
    {
        try
        {
            return running.Browser.IsConnected && await running.MemoryBytesAsync().WaitAsync(ClosingTime) > options.Value.MaxBrowserBytes;
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            logger.LogWarning(error, "A Chromium that did not say how large it is will be replaced.");
            return true;
        }
    }

    private async Task CloseAsync(RunningBrowser running)
    {
        _running = ReferenceEquals(running, _running) ? null : _running;
        try
        {
            await running.Browser.CloseAsync().WaitAsync(ClosingTime);
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            logger.LogWarning(error, "A Chromium that no longer answered could not be closed in order.");
            DropDriver();
        }
    }

    /// <summary>Ends the driver's process, and any browser with it; the next page starts others.</summary>
    private void DropDriver()
    {
        _running = null;
        _playwright?.Dispose();
        _playwright = null;
    }

    private async Task<IBrowser> StartAsync()
    {
        var executable = TryFind(Environment.GetEnvironmentVariable("PATH")) ?? throw new ChromiumMissingException();
        if (Environment.IsPrivilegedProcess && !_rootMentioned)
        {
            _rootMentioned = true;
            logger.LogWarning("Running as root, where Chromium refuses its sandbox: it is started without. Run as another user to have it.");
        }

        _playwright ??= await Playwright.CreateAsync().WaitAsync(StartTime);
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
            Args = Flags,
            HandleSIGINT = false,
            HandleSIGTERM = false,
            HandleSIGHUP = false,
            Timeout = (float)StartTime.TotalMilliseconds,
        }).WaitAsync(StartTime);
    }
}

/// <summary>There is no Chromium on PATH; costs the sources that need one, and no others.</summary>
internal sealed class ChromiumMissingException() : Exception("No chromium, chromium-browser or google-chrome was found on PATH.");
