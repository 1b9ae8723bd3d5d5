using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from JSON-LD blocks in schema.org's words.</summary>
public sealed class JsonLdExtractor : IListingExtractor
{
    public string Name => "json-ld";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        var found = new List<Listing>();
        if (!page.IsBareJson && page.Text.Contains("ld+json", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var script in JsonIslands.Scripts(page.Document))
            {
                if ((script.Attributes["type"]?.Value ?? "").Contains("ld+json", StringComparison.OrdinalIgnoreCase))
                {
                    SchemaObjects.Collect(new LooseParser(script.InnerHtml, 0).Read(), page, found);
                }
            }
        }

        return found;
    }
}
