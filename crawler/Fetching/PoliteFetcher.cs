using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>Fetches a page of a source as its site allows: robots.txt first, then the host's pace, then the source's own fetcher.</summary>
internal sealed class PoliteFetcher(IEnumerable<IFetcher> fetchers, RobotsRegister robots, HostGates gates, IOptions<CrawlOptions> options)
{
    private readonly FrozenDictionary<string, IFetcher> _fetchers = fetchers.ToFrozenDictionary(fetcher => fetcher.Name, StringComparer.Ordinal);

    /// <summary>The name under which a capture keeps how it was fetched.</summary>
    public static string NameOf(RenderMode render) => render == RenderMode.Browser ? "browser" : "http";

    public async Task<FetchOutcome> FetchAsync(SourceDefinition source, Uri url, CancellationToken cancellationToken)
    {
        if (gates.PauseLeft(url) > options.Value.MaxPause)
        {
            return Paused(url);
        }

        var answer = await robots.AskAsync(url, source.AllowHosts, cancellationToken);
        if (answer.Objection(url) is { } reason)
        {
            return new FetchOutcome.Declined(reason);
        }

        using var turn = await gates.EnterAsync(url, source.Rate, answer.Rules.CrawlDelay, cancellationToken);
        if (turn is null)
        {
            return Paused(url);
        }

        var request = new FetchRequest(url, source.AllowHosts)
        {
            Objection = async (next, token) => (await robots.AskAsync(next, source.AllowHosts, token)).Objection(next),
        };
        return await _fetchers[NameOf(source.Render)].FetchAsync(request, cancellationToken);
    }

    /// <summary>Nobody asks this host again before the time is over.</summary>
    public void Pause(Uri url, TimeSpan pause) => gates.Pause(url, pause);

    private FetchOutcome.Failed Paused(Uri url) =>
        new(new FetchError(FetchErrorKind.TimedOut, "站点要求暂停访问"), gates.PauseLeft(url));
}
