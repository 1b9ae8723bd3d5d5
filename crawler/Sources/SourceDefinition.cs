using Surveillance.Crawler.Frontier;

namespace Surveillance.Crawler.Sources;

/// <summary>One place that is watched, and how (监测源). Read from <c>data/sources/ID.yaml</c>; see docs/crawling.md for the keys.</summary>
public sealed record SourceDefinition
{
    /// <summary>At a request a second they take a run three minutes, and 66 listings have theirs seen; the next run goes on.</summary>
    public const int DefaultImages = 200;

    /// <summary>For an address asked for by hand, somebody waits.</summary>
    private const int ImagesByHand = 20;

    /// <summary>Lower-case letters, digits and dashes; the file is called after it.</summary>
    public required string Id { get; init; }

    /// <summary>As officers read it.</summary>
    public required string Name { get; init; }

    /// <summary>The marketplace by its Chinese name; null for search engines and websites.</summary>
    public string? Platform { get; init; }

    public required SourceKind Kind { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Belongs to the demo marketplace and is loaded only beside it.</summary>
    public bool Demo { get; init; }

    /// <summary>What <c>{base}</c> stands for in a seed.</summary>
    public Uri? Base { get; init; }

    /// <summary>Absolute addresses once <c>{base}</c> and <c>{keyword}</c> are filled in.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public RenderMode Render { get; init; } = RenderMode.Http;

    /// <summary>A Quartz cron expression, read in Asia/Shanghai.</summary>
    public required string Schedule { get; init; }

    public required SourceRate Rate { get; init; }

    /// <summary>Pages that one run asks for at most.</summary>
    public required int MaxPages { get; init; }

    /// <summary>Requests that all runs of one calendar day in Asia/Shanghai make at most; null for no limit but that of each run.</summary>
    public int? MaxPagesPerDay { get; init; }

    /// <summary>Pictures of suspect listings that one run asks for at most, after its pages; 0 for none.</summary>
    public int Images { get; init; } = DefaultImages;

    /// <summary>A scheduled run begins up to so much later than its time, so that sources with the same times don't begin together.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Links away from a seed that a page may lie; seeds are 0.</summary>
    public required int MaxDepth { get; init; }

    public required SourceFollow Follow { get; init; }

    /// <summary>Where the data lies of a source of kind <see cref="SourceKind.Feed"/>; null for every other kind.</summary>
    public SourceFeed? Feed { get; init; }

    /// <summary>Names of the listing extractors to use; empty means all.</summary>
    public IReadOnlyList<string> Extraction { get; init; } = [];

    /// <summary>Hosts that may resolve to a private address. For tests and the demo only.</summary>
    public IReadOnlyList<string> AllowHosts { get; init; } = [];

    /// <summary>The way out for this source's requests, <c>http://host:port</c>; null for the direct one.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How a browser treats its pages.</summary>
    public SourceRendering Rendering { get; init; } = SourceRendering.Default;

    /// <summary>Known test leads that every run has to find.</summary>
    public IReadOnlyList<SourceProbe> Probes { get; init; } = [];

    /// <summary>Null only for the demo and for sources that are not enabled.</summary>
    public SourceAuthorisation? Authorisation { get; init; }

    /// <summary>A run of one address, asked for by hand.</summary>
    /// <param name="url">Absolute, http or https.</param>
    public static SourceDefinition ForUrl(Uri url, RenderMode render, int maxPages) => new()
    {
        Id = "url-" + url.IdnHost.ToLowerInvariant(),
        Name = url.IdnHost,
        Kind = SourceKind.Website,
        Enabled = true,
        Seeds = [url.AbsoluteUri],
        Render = render,
        Schedule = "0 0 0 1 1 ?",
        Rate = new SourceRate(1, 1),
        MaxPages = maxPages,
        Images = ImagesByHand,
        MaxDepth = maxPages,
        Follow = new SourceFollow(Lists: true, Details: false),
    };

    /// <summary>The seeds with every keyword filled in, canonical, each once, in file order.</summary>
    public IReadOnlyList<string> SeedUrls() =>
        [.. Seeds
            .SelectMany(seed => SeedTemplate.Expand(seed, Base, Keywords))
            .Select(url => CanonicalUrl.TryOf(url) ?? throw new InvalidOperationException($"Seed {url} of source {Id} is no http or https address."))
            .Distinct(StringComparer.Ordinal)];
}

/// <summary>What kind of place a source is.</summary>
public enum SourceKind
{
    Marketplace,
    SearchEngine,
    Website,

    /// <summary>A certificate look-up site.</summary>
    Lookup,

    /// <summary>Files that a platform hands over, in a folder; nothing is fetched.</summary>
    Feed,
}

/// <summary>How pages are fetched.</summary>
public enum RenderMode
{
    Http,
    Browser,
}

/// <summary>How hard one host may be asked.</summary>
/// <param name="PerSecond">Requests a second, more than 0.</param>
/// <param name="Concurrency">Requests at the same time.</param>
public sealed record SourceRate(double PerSecond, int Concurrency);

/// <summary>Which pages are fetched besides the seeds.</summary>
/// <param name="Lists">Further pages of a list.</param>
/// <param name="Details">Each listing's own page.</param>
public sealed record SourceFollow(bool Lists, bool Details);

/// <summary>Where a feed lies and how it is read.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Map">The file that names the feed's columns, absolute; null where it uses the contract's names.</param>
public sealed record SourceFeed(string Folder, string? Map);

/// <summary>Who allowed the watching of a real site.</summary>
/// <param name="Document">The number of the paper that says so.</param>
public sealed record SourceAuthorisation(string By, DateOnly On, string Document);
