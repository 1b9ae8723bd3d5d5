using System.Diagnostics;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>One Chromium with how much it has been used.</summary>
/// <remarks>Not thread safe but for <see cref="MemoryBytesAsync"/>.</remarks>
internal sealed class RunningBrowser(IBrowser browser)
{
    public IBrowser Browser => browser;

    /// <summary>Pages that it was rented for.</summary>
    public int Pages { get; set; }

    /// <summary>Pages that it is rented for now.</summary>
    public int Open { get; set; }

    /// <summary>Takes no more pages, and is closed with its last one.</summary>
    public bool IsRetired { get; set; }

    /// <summary>What all its processes hold in memory, pages that they share counted in each.</summary>
    /// <exception cref="PlaywrightException">It no longer answers.</exception>
    public async Task<long> MemoryBytesAsync()
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var answer = await session.SendAsync("SystemInfo.getProcessInfo");
        await session.DetachAsync();
        return answer is { } processes
            ? processes.GetProperty("processInfo").EnumerateArray().Sum(process => MemoryBytesOf(process.GetProperty("id").GetInt32()))
            : 0;
    }

    private static long MemoryBytesOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WorkingSet64;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // It has ended since Chromium named it.
            return 0;
        }
    }
}

/// <summary>Leave to render one page.</summary>
internal sealed class BrowserPlace(Chromium chromium, RunningBrowser running) : IAsyncDisposable
{
    public IBrowser Browser => running.Browser;

    public ValueTask DisposeAsync() => chromium.ReturnAsync(running);
}
