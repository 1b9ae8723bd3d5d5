using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Makes a listing of a card.</summary>
internal static class CardReader
{
    private const int MaxElements = 600;

    /// <returns>Null where the card has no title.</returns>
    public static Listing? Read(Card card, DecodedPage page)
    {
        var parts = CardParts.Of(card.Block, MaxElements);
        var stated = StatedData.Of(card.Block, page);
        var (named, titleElement) = CardTitle.Of(card, parts);
        var title = named ?? stated?.Title;
        if (title is null)
        {
            return null;
        }

        var link = CardLink.Of(card.Block, titleElement, page);
        var price = parts.Price ?? Price.InText(card.Block.TextSpan);
        return new Listing
        {
            Id = ItemId.OfUrl(link) ?? ItemId.OfElement(card.Block) ?? stated?.Id,
            Platform = page.Site?.Platform,
            Kind = AdMark.IsOn(card.Block) || SiteCatalog.Default.IsAdLink(link) || stated?.Kind == ListingKind.Ad ? ListingKind.Ad : ListingKind.Listing,
            Title = title,
            Text = Rest(card.Block, title),
            Price = price?.Low ?? stated?.Price,
            PriceMax = price?.High ?? stated?.PriceMax,
            PriceText = price?.Text ?? stated?.PriceText,
            Currency = price is null && stated?.Price is null ? null : "CNY",
            // Attributes name an account in full where the page cuts it or shows a nickname.
            Seller = stated?.Seller ?? parts.Seller,
            Location = parts.Location ?? stated?.Location,
            Url = link ?? stated?.Url,
            Publisher = CardLink.LandingHost(card.Block, page) ?? LandingHost(stated, link),
            Images = Picture.In(card.Block, page.Base),
        };
    }

    /// <summary>Where a redirect ends, as the card's attributes say it.</summary>
    private static string? LandingHost(Listing? stated, string? link) =>
        Address.Host(stated?.Url) is { } host && host != Address.Host(link) ? host : null;

    /// <summary>What the card says beside its title: enough for any term that a seller hides there.</summary>
    private static string? Rest(PageElement block, string title)
    {
        var text = PlainText.Lines(block.TextSpan, 5_000);
        return text is null || text == title ? null : text;
    }
}
