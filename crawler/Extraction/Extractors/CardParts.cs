using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Price, seller and place of a card, by what its elements call themselves.</summary>
internal sealed class CardParts
{
    private static readonly FrozenDictionary<string, int> SellerAttributes = AttributeRanks.Of("data-shop_name", "data-shop-name", "data-shopname", "data-nick", "nick-name", "data-seller", "data-author", "data-nickname", "data-sellernick", "data-company", "data-companyname", "data-company-name");

    private int _sellerCost = int.MaxValue;

    private CardParts()
    {
    }

    public Price? Price { get; private set; }

    public string? Seller { get; private set; }

    public string? Location { get; private set; }

    public static CardParts Of(PageElement block, int maxElements)
    {
        var parts = new CardParts();
        foreach (var element in block.SelfAndDescendants[..Math.Min(maxElements, block.End - block.Index)])
        {
            if (element.Node.HasAttributes && (element.Index != block.Index || element.TextLength < 60))
            {
                parts.ReadPrice(element);
                parts.ReadSeller(element);
                parts.ReadPlace(element);
            }
        }

        return parts;
    }

    private void ReadPrice(PageElement element)
    {
        if (Price is not null || element.TextLength > 60 || !ClassWords.IsPrice(element) || ClassWords.IsFormerPrice(element) || ClassWords.IsButton(element) || Fields.Price.IsOther(element.Before(8)))
        {
            return;
        }

        // A bare nought is a count or a placeholder.
        var stated = PrintedPrice.Of(element);
        Price = stated is { Low: > 0 } || element.TextSpan.IndexOfAny("¥￥") >= 0 ? stated : null;
    }

    private void ReadSeller(PageElement element)
    {
        if (element.Attribute(SellerAttributes) is { Length: <= 60 } stated)
        {
            (Seller, _sellerCost) = (stated.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(stated) : stated, int.MinValue);
        }

        if (element.TextLength is < 1 or > 60 || !(ClassWords.IsSeller(element) || ClassWords.IsShopName(element)))
        {
            return;
        }

        if (SellerName.Of(element) is { } found && SellerName.Cost(element, found) is var cost && cost < _sellerCost)
        {
            (Seller, _sellerCost) = (found, cost);
        }
    }

    private void ReadPlace(PageElement element)
    {
        if (Location is null && element.TextLength is >= 2 and <= 40 && ((ClassWords.IsPlace(element) && Place.IsLikely(element.TextSpan)) || (element.TextLength <= 12 && Place.IsOne(element.TextSpan))))
        {
            Location = PlainText.Line(element.TextSpan, 60);
        }
    }
}
