using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Makes the listing of a page about one thing.</summary>
internal static class OwnPage
{
    public static Listing Listing(DecodedPage page, OwnFields fields, IReadOnlyList<StatedContact> contacts, ListingKind kind)
    {
        var head = page.Head;
        var sells = kind == ListingKind.Listing;
        var prose = page.Subject.Prose;
        var url = Address.Absolute(page.Base, head.Meta("og:url")) ?? head.Canonical ?? (IsOfPage(page) ? page.Base : page.Url).AbsoluteUri;
        var images = prose.Element is null ? [] : Picture.In(prose.Element, page.Base);
        if (Address.Absolute(page.Base, head.Meta("og:image", "twitter:image")) is { } cover && !images.Contains(cover))
        {
            images.Insert(0, cover);
        }

        return new Listing
        {
            Id = ItemId.OfUrl(url) ?? ItemId.OfUrl(page.Url.AbsoluteUri),
            Platform = page.Site?.Platform,
            Kind = kind,
            Title = page.Subject.Headline!.Text,
            Text = Text(page),
            Price = sells ? fields.Price?.Low : null,
            PriceMax = sells ? fields.Price?.High : null,
            PriceText = sells ? fields.Price?.Text : null,
            Currency = sells && fields.Price is not null ? "CNY" : null,
            Seller = fields.Seller,
            Location = fields.Location,
            Url = url,
            Publisher = Address.Host(page.Url.AbsoluteUri),
            Images = images,
            Contacts = contacts,
        };
    }

    /// <summary>A saved page names its own address as its base; others name their site's or a folder's.</summary>
    private static bool IsOfPage(DecodedPage page) => page.Base.Host != page.Url.Host && !page.Base.AbsolutePath.EndsWith('/');

    /// <summary>The running text; where there is little of it, everything that the page shows.</summary>
    private static string? Text(DecodedPage page)
    {
        const int Little = 120;
        var prose = page.Subject.Prose;
        var description = PlainText.FromMarkup(page.Head.Meta("description", "og:description"), 5_000);
        var text = prose.Element is { } element && prose.Length >= Little ? OwnText.Of(page, element) : OwnText.Of(page, null);
        return text is null || (text.Length < Little && description?.Length > text.Length) ? description : text;
    }
}
