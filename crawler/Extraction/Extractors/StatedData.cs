using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What a card says in JSON attributes, as sites that count clicks write them.</summary>
internal static class StatedData
{
    private const int MaxAttributes = 24;

    /// <summary>Reads the first attribute that holds an object saying more than an address; null where none does.</summary>
    public static Listing? Of(PageElement block, DecodedPage page)
    {
        var read = 0;
        Listing? best = null;
        foreach (var element in block.SelfAndDescendants)
        {
            if (!element.Node.HasAttributes || read > MaxAttributes)
            {
                continue;
            }

            foreach (var attribute in element.Node.Attributes)
            {
                var raw = attribute.Value ?? "";
                if (raw.Length is > 20 and < 20_000 && raw.AsSpan().TrimStart() is ['{', '"' or '\'' or '&', ..] && element.Attribute(attribute.Name) is { } json && read++ < MaxAttributes)
                {
                    best = Merged(best, Listing(new LooseParser(json, 0).Read(), page));
                }
            }
        }

        return best;
    }

    private static Listing? Listing(LooseValue record, DecodedPage page)
    {
        // A title is not asked of an attribute: ids, names and addresses are worth having alone.
        var titled = LooseValue.OfRecord([.. record.Members, new("sharetitle", LooseValue.OfText("--"))]);
        var listing = RecordReader.Read(RecordFields.Of(titled), page, amountsInFen: false);
        return listing is null ? null : listing with { Title = listing.Title == "--" ? null : listing.Title };
    }

    private static Listing? Merged(Listing? first, Listing? second) => first is null || second is null ? first ?? second : first with
    {
        Id = first.Id ?? second.Id,
        Title = first.Title ?? second.Title,
        Price = first.Price ?? second.Price,
        PriceText = first.PriceText ?? second.PriceText,
        Seller = first.Seller ?? second.Seller,
        Location = first.Location ?? second.Location,
        Url = first.Url ?? second.Url,
        Kind = first.Kind == ListingKind.Ad ? first.Kind : second.Kind,
    };
}
