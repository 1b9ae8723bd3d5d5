using Microsoft.Playwright;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>Gives a page that has loaded time to show what late scripts bring.</summary>
internal static class PageSettling
{
    /// <summary>How long one scroll may take to bring more.</summary>
    private static readonly TimeSpan ScrollTime = TimeSpan.FromSeconds(2);

    /// <summary>Waits as the source says, and takes the page as it stands when that takes too long.</summary>
    public static async Task SettleAsync(IPage page, SourceRendering rendering, CrawlOptions limits, TimeProvider time)
    {
        var began = time.GetTimestamp();
        await PatientlyAsync(rendering.Wait is { } selector
            ? page.WaitForSelectorAsync(selector, new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached, Timeout = (float)limits.SettleTime.TotalMilliseconds })
            : page.WaitForLoadStateAsync(LoadState.NetworkIdle, new PageWaitForLoadStateOptions { Timeout = (float)limits.SettleTime.TotalMilliseconds }));

        // Half of the page's time: what has come by then is to be kept, not lost to the limit.
        for (var scroll = 0; scroll < rendering.Scroll && time.GetElapsedTime(began) < limits.FetchTime / 2; scroll++)
        {
            var height = await page.EvaluateAsync<int>("() => { const end = document.documentElement.scrollHeight; scrollTo(0, end); return end; }");
            var more = page.WaitForFunctionAsync(
                "height => document.documentElement.scrollHeight > height", height, new PageWaitForFunctionOptions { Timeout = (float)ScrollTime.TotalMilliseconds });
            if (!await PatientlyAsync(more))
            {
                break;
            }
        }
    }

    /// <summary>False where the time ran out: pages that poll for ever never fall silent, and lists come to an end.</summary>
    private static async Task<bool> PatientlyAsync(Task wait)
    {
        try
        {
            await wait;
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
