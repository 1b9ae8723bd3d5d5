using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>A card of which it is known what it is called.</summary>
/// <param name="Element">Shows the title.</param>
/// <param name="Stated">What its attributes say in JSON, null where they say nothing.</param>
internal sealed record TitledCard(Card Card, CardParts Parts, Listing? Stated, string Title, PageElement Element)
{
    private const int MaxElements = 600;

    /// <summary>Where the first picture without text leads, if elsewhere than the title; null where none does.</summary>
    public string? Portrait { get; } = PortraitOf(Card.Block, Element);

    public bool HasPrice { get; } = Parts.Price is not null || Card.Block.TextSpan.IndexOfAny("¥￥") >= 0;

    /// <returns>Null for a card without a title.</returns>
    public static TitledCard? Of(Card card, DecodedPage page)
    {
        var parts = CardParts.Of(card.Block, MaxElements);
        var stated = StatedData.Of(card.Block, page);
        var (named, element) = CardTitle.Of(card, parts);
        return (named ?? stated?.Title) is { } title ? new TitledCard(card, parts, stated, title, element) : null;
    }

    private static string? PortraitOf(PageElement block, PageElement title)
    {
        var picture = block.SelfAndDescendants.FirstOrDefault(CardTitle.IsPortrait)?.Attribute("href");
        return picture is not null && (title.Tag == "a" ? title : title.SelfAndDescendants.FirstOrDefault(inner => inner.Tag == "a"))?.Attribute("href") != picture ? picture : null;
    }
}
