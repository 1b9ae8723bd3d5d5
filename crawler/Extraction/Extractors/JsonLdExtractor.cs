using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

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
            foreach (var script in LongScripts.Named(page.Document, "script"))
            {
                if ((script.Attributes["type"]?.Value ?? "").Contains("ld+json", StringComparison.OrdinalIgnoreCase))
                {
                    SchemaObjects.Collect(new LooseParser(LongScripts.TextOf(script), 0).Read(), page, found);
                }
            }
        }

        return found;
    }
}
