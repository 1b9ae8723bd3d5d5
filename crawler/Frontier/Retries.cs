using Microsoft.Extensions.Options;
using Surveillance.Crawler.Fetching;

namespace Surveillance.Crawler.Frontier;

/// <summary>Whether and when a page is asked for again.</summary>
internal sealed class Retries(IOptions<CrawlOptions> options)
{
    /// <summary>RFC 9110 and 6585: the request was fine, its time was not.</summary>
    public static bool IsPassing(int status) => status is 408 or 425 or 429 or 500 or 502 or 503 or 504;

    /// <summary>The host speaks for itself as a whole, not for this page.</summary>
    public static bool SilencesHost(int status) => status is 429 or 503;

    /// <summary>A page whose host is being left alone waits, unless that would outlast the run.</summary>
    public PageRecord AfterPostponing(FrontierPage page, FetchOutcome.Postponed postponed)
    {
        var isTooLong = postponed.Wait > options.Value.MaxPause;
        return Ending(page, isTooLong ? PageState.Failed : PageState.Queued, postponed.Reason, isTooLong ? null : postponed.Wait) with { Asked = false };
    }

    /// <summary>What becomes of a page that could not be fetched.</summary>
    public PageRecord AfterFailure(FrontierPage page, FetchOutcome.Failed failed) =>
        failed.Error.Passing && WaitAfter(page.Attempts, failed.RetryAfter) is { } wait
            ? Ending(page, PageState.Queued, failed.Error.Reason, wait)
            : Ending(page, PageState.Failed, failed.Error.Passing ? $"{failed.Error.Reason}（共 {page.Attempts} 次）" : failed.Error.Reason, null);

    /// <summary>How long to wait, null where it has been tried often enough or the host asks for more patience than a run has.</summary>
    /// <param name="attempts">So far.</param>
    /// <param name="asked">What the host asks for.</param>
    public TimeSpan? WaitAfter(int attempts, TimeSpan? asked)
    {
        var limits = options.Value;
        if (attempts >= limits.MaxAttempts || asked > limits.MaxPause)
        {
            return null;
        }

        // Jitter: pages that failed together do not come back together.
        var backoff = limits.FirstBackoff * Math.Pow(2, attempts - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
        var wait = backoff < limits.MaxPause ? backoff : limits.MaxPause;
        return asked > wait ? asked : wait;
    }

    /// <summary>An end without a capture, or a wish to try again.</summary>
    public static PageRecord Ending(FrontierPage page, PageState state, string reason, TimeSpan? retryAfter) =>
        new(page, state, reason, retryAfter, null, null, [], []);
}
