namespace Surveillance.Crawler.Extraction;

/// <summary>What is known of a site beforehand.</summary>
internal sealed class Site
{
    /// <summary>Registered domains; their subdomains count.</summary>
    public List<string> Hosts { get; init; } = [];

    /// <summary>By its Chinese name.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Whole numbers given as prices in its JSON are 分.</summary>
    public bool AmountsInFen { get; init; }
}

/// <summary>The known sites, read once from <c>data/sites/sites.yaml</c>, which is built into the assembly.</summary>
internal sealed class SiteCatalog
{
    private readonly Dictionary<string, Site> _byHost;
    private readonly IReadOnlyList<string> _adLinks;

    private SiteCatalog(File file)
    {
        _adLinks = file.AdLinks;
        _byHost = file.Sites.SelectMany(site => site.Hosts.Select(host => (host, site))).ToDictionary(pair => pair.host, pair => pair.site, StringComparer.OrdinalIgnoreCase);
    }

    public static SiteCatalog Default { get; } = new(EmbeddedYaml.Read<File>("sites.yaml"));

    /// <returns>The site of the longest known domain that the address lies under; null for unknown ones.</returns>
    public Site? Of(Uri url)
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
    public bool IsAdLink(string? url) => url is not null && _adLinks.Any(link => url.Contains(link, StringComparison.OrdinalIgnoreCase));

    internal sealed class File
    {
        public List<string> AdLinks { get; init; } = [];

        public List<Site> Sites { get; init; } = [];
    }
}
