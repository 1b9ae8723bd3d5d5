using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Makes a listing of a card.</summary>
internal static class CardReader
{
    /// <param name="seller">Null where the card names none.</param>
    public static Listing Read(TitledCard titled, string? seller, DecodedPage page)
    {
        var (card, parts, stated, title, titleElement) = titled;
        var link = CardLink.Of(card.Block, titleElement, page);
        var price = PrintedPrice.Reduced(card.Block) ?? parts.Price ?? PrintedPrice.Signed(card.Block) ?? InText(card.Block) ?? Price.Labelled(card.Block.TextSpan) ?? PrintedPrice.Alone(card.Block) ?? Price.Offered(card.Block.TextSpan);
        var location = parts.Location ?? stated?.Location;
        var isAd = AdMark.IsOn(card.Block) || page.Sites.IsAdLink(link) || stated?.Kind == ListingKind.Ad;
        return new Listing
        {
            Id = ItemId.OfUrl(link) ?? ItemId.OfElement(card.Block) ?? stated?.Id,
            Platform = page.Site?.Platform,
            Kind = isAd ? ListingKind.Ad : ListingKind.Listing,
            Title = title,
            Text = Rest(card.Block, title, [price?.Text, seller, location]),
            Price = price?.Low ?? stated?.Price,
            PriceMax = price?.High ?? stated?.PriceMax,
            PriceText = price?.Text ?? stated?.PriceText,
            Currency = price is null && stated?.Price is null ? null : "CNY",
            Seller = seller,
            Location = location,
            Url = link ?? stated?.Url,
            Publisher = CardLink.LandingHost(card.Block, page) ?? LandingHost(stated, link),
            Images = Picture.In(card.Block, page.Base),
        };
    }

    /// <summary>A count in ten thousands looks like a price, save for what its element calls itself.</summary>
    private static Price? InText(PageElement block) =>
        Price.InText(block.TextSpan) is { } price && !(price.Text.EndsWith('万') && block.SelfAndDescendants.Any(element => ClassWords.IsFormerPrice(element) && element.TextSpan.SequenceEqual(price.Text))) ? price : null;

    /// <summary>Where a redirect ends, as the card's attributes say it.</summary>
    private static string? LandingHost(Listing? stated, string? link) =>
        Address.Host(stated?.Url) is { } host && host != Address.Host(link) ? host : null;

    /// <summary>What the card says beside its title and the lines that only repeat other fields: enough for any term that a seller hides there.</summary>
    private static string? Rest(PageElement block, string title, string?[] fields)
    {
        var lines = PlainText.Lines(block.TextSpan, 5_000)?.Split('\n').Where(line => line.Trim() != title && SaysMore(line, fields));
        return lines is null ? null : string.Join('\n', lines) is { Length: > 0 } text ? text : null;
    }

    /// <summary>A letter or Chinese character is left when the other fields are taken away.</summary>
    private static bool SaysMore(string line, string?[] fields)
    {
        foreach (var field in fields)
        {
            line = field is { Length: > 0 } ? line.Replace(field, "", StringComparison.Ordinal) : line;
        }

        return line.Any(char.IsLetter);
    }
}
