using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Which pages belong to a source; made once a run.</summary>
internal sealed class SourceScope(SourceDefinition source)
{
    private readonly HashSet<string> _hosts = source.SeedUrls().Select(url => new Uri(url).Authority).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public SourceDefinition Source => source;

    /// <summary>Further list pages, then the listings' own pages, each once, on the seeds' hosts, no deeper than allowed.</summary>
    public IReadOnlyList<FrontierEntry> LeadsTo(FrontierPage page, PageContent content)
    {
        if (page.Role == PageRole.Detail || page.Depth >= source.MaxDepth)
        {
            return [];
        }

        var lists = source.Follow.Lists ? content.NextPages.Select(url => (Url: (string?)url, Role: PageRole.List)) : [];
        var details = source.Follow.Details ? content.Listings.Select(listing => (listing.Url, Role: PageRole.Detail)) : [];
        return [.. lists.Concat(details)
            .Select(found => (Url: CanonicalUrl.TryOf(found.Url), found.Role))
            .Where(found => found.Url is not null && found.Url != page.Url && _hosts.Contains(new Uri(found.Url).Authority))
            .DistinctBy(found => found.Url, StringComparer.Ordinal)
            .Take(source.MaxPages)
            .Select(found => new FrontierEntry(found.Url!, found.Role, page.Depth + 1))];
    }
}
