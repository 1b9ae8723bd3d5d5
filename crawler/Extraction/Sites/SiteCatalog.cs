namespace Surveillance.Crawler.Extraction.Sites;

/// <summary>What is known of a site beforehand.</summary>
internal sealed class Site
{
    /// <summary>Registered domains; their subdomains count.</summary>
    public List<string> Hosts { get; init; } = [];

    /// <summary>By its Chinese name.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Whole numbers given as prices in its JSON are 分.</summary>
    public bool AmountsInFen { get; init; }

    /// <summary>Parts of addresses through which its advertisers pay by the click.</summary>
    public List<string> AdLinks { get; init; } = [];

    /// <summary>Where its lists show each field; null where the general rules find them.</summary>
    public SiteRules? List { get; init; }

    /// <summary>Where the page of one item shows each field; null where the general rules find them.</summary>
    public SiteRules? Detail { get; init; }
}

/// <summary>The known sites: those of <c>data/sites/sites.yaml</c>, which is built into the assembly, and those of one's own.</summary>
public sealed class SiteCatalog
{
    private readonly Dictionary<string, Site> _byHost;
    private readonly IReadOnlyList<string> _adLinks;

    private SiteCatalog(IEnumerable<string> adLinks, IEnumerable<Site> sites)
    {
        _byHost = new Dictionary<string, Site>(StringComparer.OrdinalIgnoreCase);
        foreach (var site in sites)
        {
            foreach (var host in site.Hosts)
            {
                _byHost[host] = site;
            }
        }

        _adLinks = [.. adLinks, .. _byHost.Values.SelectMany(site => site.AdLinks).Distinct(StringComparer.Ordinal)];
    }

    public static SiteCatalog BuiltIn { get; } = Read(EmbeddedYaml.Read<File>("sites.yaml"));

    /// <summary>With further sites, which replace those of the same host.</summary>
    internal SiteCatalog With(IEnumerable<Site> sites) => new(_adLinks, _byHost.Values.Distinct().Concat(sites));

    private static SiteCatalog Read(File file) => new(file.AdLinks, file.Sites);

    /// <returns>The site of the longest known domain that the address lies under; null for unknown ones.</returns>
    internal Site? Of(Uri url)
    {
        for (var host = url.Host; host.Length > 0;)
        {
            if (_byHost.TryGetValue(host, out var site))
            {
                return site;
            }

            var dot = host.IndexOf('.', StringComparison.Ordinal);
            host = dot < 0 ? "" : host[(dot + 1)..];
        }

        return null;
    }

    /// <summary>True for the redirects through which advertisers pay by the click.</summary>
    internal bool IsAdLink(string? url) => url is not null && _adLinks.Any(link => url.Contains(link, StringComparison.OrdinalIgnoreCase));

    internal sealed class File
    {
        public List<string> AdLinks { get; init; } = [];

        public List<Site> Sites { get; init; } = [];
    }
}
