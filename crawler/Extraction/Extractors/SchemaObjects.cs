using System.Collections.Frozen;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from objects in schema.org's words, wherever a page states them.</summary>
internal static class SchemaObjects
{
    /// <summary>Types that offer or tell something; organisations, breadcrumbs and search boxes do not.</summary>
    private static readonly FrozenSet<string> Told = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Product", "ProductGroup", "IndividualProduct", "Offer", "AggregateOffer", "Service", "Course", "EducationEvent", "Event", "JobPosting", "Article", "NewsArticle", "BlogPosting", "Report", "Question", "VideoObject", "SocialMediaPosting", "DiscussionForumPosting", "Book", "Vehicle", "Car", "Apartment", "House", "SingleFamilyResidence", "Residence", "Accommodation", "RealEstateListing", "CourseInstance");

    private static readonly FrozenSet<string> Lists = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "ItemList", "OfferCatalog", "CollectionPage", "SearchResultsPage", "ListItem");

    public static bool IsTold(string type) => Told.Contains(type[(type.LastIndexOf('/') + 1)..]);

    /// <summary>All told objects of a document, outermost only, in order.</summary>
    public static void Collect(LooseValue value, DecodedPage page, List<Listing> found, int depth = 0)
    {
        if (depth > 12)
        {
            return;
        }

        var type = value["@type"];
        var types = type.Kind == LooseKind.List ? type.Items.Select(item => item.Scalar) : [type.Scalar];
        if (value.Kind == LooseKind.Record && (types.Any(IsTold) || IsText(value, types)) && Read(value, page) is { } listing)
        {
            found.Add(listing);
            return;
        }

        foreach (var item in value.Items)
        {
            Collect(item, page, found, depth + 1);
        }

        foreach (var (name, member) in value.Members)
        {
            if (member.Kind is LooseKind.Record or LooseKind.List && (depth == 0 || types.Any(Lists.Contains) || name is "@graph" or "itemListElement" or "item" or "mainEntity" or "offers"))
            {
                Collect(member, page, found, depth + 1);
            }
        }
    }

    /// <summary>A page that states who wrote it is a text of its own.</summary>
    private static bool IsText(LooseValue value, IEnumerable<string> types) => types.Contains("WebPage", StringComparer.OrdinalIgnoreCase) && Name(value["author"]) is not null;

    private static Listing? Read(LooseValue value, DecodedPage page)
    {
        var title = PlainText.FromMarkup(First(value, "name", "headline", "title"));
        if (title is null)
        {
            return null;
        }

        var offer = value["offers"].Kind == LooseKind.List ? value["offers"].Items is [var first, ..] ? first : LooseValue.Nothing : value["offers"];
        offer = offer.Kind == LooseKind.Nothing ? value : offer;
        var price = Price.Stated(First(offer, "price", "lowPrice"));
        var high = Price.Stated(First(offer, "highPrice"));
        var url = Address.Absolute(page.Base, First(value, "url", "@id")) ?? Address.Absolute(page.Base, value["mainEntityOfPage"]["@id"].Scalar);
        return new Listing
        {
            Id = First(value, "sku", "productID", "identifier") ?? ItemId.OfUrl(url),
            Platform = page.Site?.Platform,
            Title = title,
            Text = PlainText.FromMarkup(First(value, "description", "articleBody", "text"), PlainText.MaxText),
            Price = price?.Low,
            PriceMax = high?.Low > price?.Low ? high?.Low : null,
            PriceText = price?.Text,
            Currency = price is null ? null : First(offer, "priceCurrency") ?? "CNY",
            Seller = Name(offer["seller"]) ?? Name(value["seller"]) ?? Name(value["provider"]) ?? Name(value["author"]) ?? Name(value["publisher"]),
            Location = PlainText.FromMarkup(First(value["address"], "addressLocality", "addressRegion") ?? First(value["location"], "name")),
            Url = url,
            Images = Images(value["image"], page),
        };
    }

    private static string? Name(LooseValue value) => value.Kind switch
    {
        LooseKind.Text => PlainText.FromMarkup(value.Scalar, 60),
        LooseKind.Record => PlainText.FromMarkup(value["name"].Scalar, 60),
        LooseKind.List => value.Items.Count > 0 ? Name(value.Items[0]) : null,
        _ => null,
    };

    private static string? First(LooseValue value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (value[name].Scalar is { Length: > 0 } scalar && !string.IsNullOrWhiteSpace(scalar))
            {
                return scalar;
            }
        }

        return null;
    }

    private static List<string> Images(LooseValue value, DecodedPage page) =>
        [.. (value.Kind == LooseKind.List ? value.Items : [value]).Select(item => Address.Absolute(page.Base, item.Kind == LooseKind.Record ? item["url"].Scalar : item.Scalar)).OfType<string>().Distinct(StringComparer.Ordinal).Take(50)];
}
