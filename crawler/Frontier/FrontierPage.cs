using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;

namespace Surveillance.Crawler.Frontier;

/// <summary>A page to be fetched, as found on a seed, a list or by hand.</summary>
/// <param name="Url">Absolute and canonical (<see cref="CanonicalUrl"/>).</param>
/// <param name="Depth">Links away from a seed; seeds are 0.</param>
public sealed record FrontierEntry(string Url, PageRole Role, int Depth);

/// <summary>A page taken off the frontier, leased to one worker until its outcome is committed.</summary>
/// <param name="Attempts">How often it was taken, this time included.</param>
public sealed record FrontierPage(long Id, long RunId, string Url, PageRole Role, int Depth, int Attempts)
{
    /// <summary>What the page answered last, null where it can't be asked whether that still holds.</summary>
    public KnownCapture? Known { get; init; }

    /// <summary>Whose queue it stands in.</summary>
    public string Host => CanonicalUrl.HostOf(Url);
}

/// <summary>An earlier capture of a page with what the server gave to ask for changes.</summary>
/// <param name="Id">The capture's number in the store.</param>
public sealed record KnownCapture(long Id, Capture Capture, Validators Validators);

/// <summary>Why a page is fetched.</summary>
public enum PageRole
{
    /// <summary>起始页.</summary>
    Seed,

    /// <summary>A further page of a list.</summary>
    List,

    /// <summary>One listing's own page.</summary>
    Detail,
}

/// <summary>What became of a page. Every end is counted under its own name.</summary>
public enum PageState
{
    Queued,
    Leased,

    /// <summary>Fetched, sealed, read.</summary>
    Done,

    /// <summary>A real search without hits.</summary>
    Empty,

    /// <summary>Removed, or 404 or 410.</summary>
    Gone,

    /// <summary>Login wall, CAPTCHA, denial, interstitial or corrupt body.</summary>
    Blocked,

    /// <summary>We chose not to ask: robots.txt, scope, private address.</summary>
    Declined,

    /// <summary>No answer worth keeping after all attempts.</summary>
    Failed,
}
