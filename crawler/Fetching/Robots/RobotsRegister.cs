using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching.Robots;

/// <summary>The robots.txt of every site asked so far, each fetched once and believed for <see cref="CrawlOptions.RobotsTime"/>.</summary>
/// <remarks>
/// RFC 9309 section 2.3.1: a 4xx means no rules, a 5xx or no answer means that all is forbidden. 429 is read like a 5xx: a site
/// that asks for less traffic does not mean "take everything". What could not be reached is asked again after ten minutes.
/// </remarks>
internal sealed class RobotsRegister(IFetcher fetcher, IOptions<CrawlOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan UnreachableTime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <param name="url">Any page of the site.</param>
    /// <param name="source">For which it is asked: what one source may reach need not be open to another.</param>
    public async Task<RobotsAnswer> AskAsync(Uri url, SourceDefinition source, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd($"{url.GetLeftPart(UriPartial.Authority)} {source.Proxy} {string.Join(' ', source.AllowHosts)}", _ => new Entry());
        await entry.Turn.WaitAsync(cancellationToken);
        try
        {
            if (entry.Answer is null || time.GetUtcNow() >= entry.Until)
            {
                entry.Answer = await FetchAsync(new FetchRequest(new Uri(url, "/robots.txt"), source.AllowHosts) { Proxy = source.Proxy }, cancellationToken);
                entry.Until = time.GetUtcNow() + (entry.Answer.Reached ? options.Value.RobotsTime : UnreachableTime);
            }

            return entry.Answer;
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Turn.Dispose();
        }
    }

    private async Task<RobotsAnswer> FetchAsync(FetchRequest request, CancellationToken cancellationToken) =>
        await fetcher.FetchAsync(request, cancellationToken) switch
        {
            FetchOutcome.Fetched { Status: >= 200 and < 300 } fetched =>
                new RobotsAnswer(RobotsRules.Parse(fetched.Body.Span, CrawlOptions.ProductToken), null),
            FetchOutcome.Fetched { Status: >= 400 and < 500 and not 429 } => new RobotsAnswer(RobotsRules.AllowAll, null),
            FetchOutcome.Fetched fetched => new RobotsAnswer(RobotsRules.DisallowAll, $"robots.txt 无法读取（HTTP {fetched.Status}），按禁止处理"),
            FetchOutcome.Declined declined => new RobotsAnswer(RobotsRules.DisallowAll, declined.Reason),
            FetchOutcome.Failed { Error.Kind: FetchErrorKind.TooManyRedirects } => new RobotsAnswer(RobotsRules.AllowAll, null),
            FetchOutcome.Failed failed => new RobotsAnswer(RobotsRules.DisallowAll, $"robots.txt 无法读取（{failed.Error.Reason}），按禁止处理"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public RobotsAnswer? Answer { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}

/// <summary>A site's rules, or why they are not known.</summary>
/// <param name="Unreachable">One short Chinese phrase; null where the rules are known.</param>
internal sealed record RobotsAnswer(RobotsRules Rules, string? Unreachable)
{
    public bool Reached => Unreachable is null;

    /// <summary>Why the page must not be asked for, null where it may be.</summary>
    public string? Objection(Uri url) => Rules.Allows(url) ? null : Unreachable ?? "robots.txt 不允许";
}
