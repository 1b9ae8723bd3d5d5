using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Surveillance.Crawler.Extraction.Sites;

/// <summary>A site file that is wrong. Its site is read by the general rules.</summary>
/// <param name="File">Its path.</param>
/// <param name="Reason">What was expected and what came.</param>
public sealed record SiteFault(string File, string Reason);

/// <summary>The sites in force, and what is wrong with the others.</summary>
public sealed record SitesRead(SiteCatalog Catalog, IReadOnlyList<SiteFault> Faults);

/// <summary>Site files of one's own: <c>sites/NAME.yaml</c> in the data folder; docs/add-a-site.md has the keys.</summary>
public static class SiteFiles
{
    /// <summary>Every right file of a folder, over the built-in sites; a site of the same host replaces the built-in one. There may be no such folder.</summary>
    public static SitesRead Read(string folder)
    {
        var (sites, faults) = (new List<Site>(), new List<SiteFault>());
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                sites.Add(ReadFile(file));
            }
            catch (Exception error) when (error is YamlException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
            {
                var reason = error is YamlException yaml ? $"line {yaml.Start.Line}: {error.InnerException?.Message ?? error.Message}" : error.Message;
                faults.Add(new SiteFault(file, reason));
            }
        }

        return new SitesRead(SiteCatalog.BuiltIn.With(sites), faults);
    }

    private static Site ReadFile(string file)
    {
        using var reader = new StreamReader(file);
        var site = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<Site?>(reader);
        if (site is not { Hosts.Count: > 0 })
        {
            throw new FormatException("expected hosts, the domains of the site");
        }

        _ = site.List?.Parsed();
        _ = site.Detail?.Parsed();
        return site switch
        {
            { List: { } list } when list.Item is null || list.Title is null => throw new FormatException("list: expected item and title"),
            { Detail: { } detail } when detail.Title is null || detail.Item is not null => throw new FormatException("detail: expected title, and no item"),
            _ => site,
        };
    }
}
