using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>Fetches a page of a source as its site allows: robots.txt first, then the host's pace, then the source's own fetcher.</summary>
internal sealed class PoliteFetcher(
    IEnumerable<IFetcher> fetchers, RobotsRegister robots, HostGates gates, HostCircuits circuits, IOptions<CrawlOptions> options)
{
    private readonly FrozenDictionary<string, IFetcher> _fetchers = fetchers.ToFrozenDictionary(fetcher => fetcher.Name, StringComparer.Ordinal);

    /// <summary>The pace of every host, to see which may be asked.</summary>
    public HostGates Gates => gates;

    /// <summary>The name under which a capture keeps how it was fetched.</summary>
    public static string NameOf(RenderMode render) => render == RenderMode.Browser ? "browser" : "http";

    /// <param name="known">What the page answered last, to ask only for a change; null to ask for the page whatever it is.</param>
    public async Task<FetchOutcome> FetchAsync(SourceSession session, Uri url, Validators? known, CancellationToken cancellationToken)
    {
        if (gates.PauseLeft(url.Authority) > options.Value.MaxPause)
        {
            return Silent(url);
        }

        var source = session.Source;
        var answer = await robots.AskAsync(url, source, cancellationToken);
        if (answer.Objection(url) is { } reason)
        {
            return new FetchOutcome.Declined(reason);
        }

        using var turn = await gates.EnterAsync(url.Authority, session.Pace, answer.Rules.CrawlDelay, cancellationToken);
        if (turn is null)
        {
            return Silent(url);
        }

        var request = new FetchRequest(url, source.AllowHosts)
        {
            Objection = async (next, token) => (await robots.AskAsync(next, source, token)).Objection(next),
            Known = known,
            Cookies = session.Cookies,
            Proxy = source.Proxy,
            Rendering = source.Rendering,
        };
        var outcome = await circuits.FetchAsync(url.Authority, token => _fetchers[NameOf(source.Render)].FetchAsync(request, token), cancellationToken);
        if (outcome is FetchOutcome.Fetched { Status: 429 or 503 } busy)
        {
            // While we still hold our place: whoever waits behind us must not ask before the host's wish is known.
            gates.Pause(url.Authority, busy.RetryAfter ?? options.Value.FirstBackoff);
        }

        return outcome;
    }

    /// <summary>Nobody asks this host again before the time is over.</summary>
    public void Pause(Uri url, TimeSpan pause) => gates.Pause(url.Authority, pause);

    private FetchOutcome.Postponed Silent(Uri url) => new("站点要求暂停访问，或连续无法访问", gates.PauseLeft(url.Authority));
}
