using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>The one Chromium that all rendered pages share; started when first needed and again after a crash.</summary>
internal sealed class Chromium(ILogger<Chromium> logger) : IAsyncDisposable
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

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private bool _rootMentioned;

    /// <summary>The executable on PATH, null where there is none.</summary>
    public static string? TryFind(string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .FirstOrDefault(File.Exists);

    /// <summary>The running browser.</summary>
    /// <exception cref="ChromiumMissingException">There is no Chromium on PATH.</exception>
    /// <exception cref="PlaywrightException">It would not start.</exception>
    /// <exception cref="TimeoutException">It did not start in time.</exception>
    public async Task<IBrowser> GetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_browser is not { IsConnected: true })
            {
                _browser = await StartAsync();
            }

            return _browser;
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

    /// <summary>Ends a browser that no longer obeys; the next page starts another.</summary>
    public async Task AbandonAsync(IBrowser browser)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (ReferenceEquals(browser, _browser))
            {
                _browser = null;
                await browser.CloseAsync().WaitAsync(ClosingTime);
            }
        }
        catch (Exception error) when (error is PlaywrightException or TimeoutException)
        {
            logger.LogWarning(error, "A Chromium that no longer answered could not be closed in order.");
            DropDriver();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is { IsConnected: true } browser)
        {
            await AbandonAsync(browser);
        }

        DropDriver();
        _turn.Dispose();
    }

    /// <summary>Ends the driver's process, and any browser with it; the next page starts others.</summary>
    private void DropDriver()
    {
        _browser = null;
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
