using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from where a site's own file says that they stand.</summary>
public sealed class SiteRuleExtractor : IListingExtractor
{
    private const int MaxItems = 1_000;

    public string Name => "site-rules";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (page.IsBareJson || page.Site is not { } site)
        {
            return [];
        }

        if (site.List?.Parsed() is { } list && list["item"].All(page.Tree.Root).Take(MaxItems).ToList() is { Count: > 0 } items)
        {
            return [.. items.Select(item => Read(item, list, page, isDetail: false)).OfType<Listing>()];
        }

        return site.Detail?.Parsed() is { } detail && Read(page.Tree.Root, detail, page, isDetail: true) is { } one ? [one] : [];
    }

    private static Listing? Read(PageElement within, Dictionary<string, Selector> rules, DecodedPage page, bool isDetail)
    {
        string? Value(string field) => rules.GetValueOrDefault(field)?.Value(within);
        var title = PlainText.FromMarkup(Value("title"));
        if (title is null)
        {
            return null;
        }

        var price = rules.TryGetValue("price", out var place) && place.All(within).FirstOrDefault() is { } element
            ? Price.Stated(place.Read(element)) ?? PrintedPrice.Of(element) ?? Price.InText(place.Read(element))
            : null;
        var url = Address.Absolute(page.Base, Value("link")) ?? (isDetail ? page.Head.Canonical ?? page.Url.AbsoluteUri : null);
        return new Listing
        {
            Id = Value("id") ?? ItemId.OfUrl(url),
            Platform = page.Site?.Platform is { Length: > 0 } platform ? platform : null,
            Kind = (rules.TryGetValue("ad", out var ad) && ad.All(within).Any()) || page.Sites.IsAdLink(url) ? ListingKind.Ad : ListingKind.Listing,
            Title = title,
            Text = Value("text"),
            Price = price?.Low,
            PriceMax = price?.High,
            PriceText = price?.Text,
            Currency = price is null ? null : "CNY",
            Seller = PlainText.FromMarkup(Value("seller"), 60),
            Location = PlainText.FromMarkup(Value("location"), 60),
            Url = url,
            Images = rules.TryGetValue("image", out var image) ? [.. image.All(within).Select(image.Read).Select(source => Address.Absolute(page.Base, source)).OfType<string>().Distinct(StringComparer.Ordinal)] : [],
            Contacts = isDetail ? PageContacts.Of(page) : [],
        };
    }
}
