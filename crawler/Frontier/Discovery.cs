using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Which pages a page leads to, within its source's scope.</summary>
internal static class Discovery
{
    /// <summary>Further list pages, then the listings' own pages, each once, on the seeds' hosts, no deeper than allowed.</summary>
    public static IReadOnlyList<FrontierEntry> Of(SourceDefinition source, FrontierPage page, PageContent content)
    {
        if (page.Role == PageRole.Detail || page.Depth >= source.MaxDepth)
        {
            return [];
        }

        var hosts = source.SeedUrls().Select(url => new Uri(url).Authority).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lists = source.Follow.Lists ? content.NextPages.Select(url => (Url: (string?)url, Role: PageRole.List)) : [];
        var details = source.Follow.Details ? content.Listings.Select(listing => (listing.Url, Role: PageRole.Detail)) : [];
        return [.. lists.Concat(details)
            .Select(found => (Url: CanonicalUrl.TryOf(found.Url), found.Role))
            .Where(found => found.Url is not null && found.Url != page.Url && hosts.Contains(new Uri(found.Url).Authority))
            .DistinctBy(found => found.Url, StringComparer.Ordinal)
            .Take(source.MaxPages)
            .Select(found => new FrontierEntry(found.Url!, found.Role, page.Depth + 1))];
    }
}
