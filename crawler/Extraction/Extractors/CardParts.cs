using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Price, seller and place of a card, by what its elements call themselves.</summary>
internal sealed class CardParts
{
    private static readonly string[] SellerAttributes = ["data-shop_name", "data-shop-name", "data-shopname", "data-nick", "data-seller", "data-author", "data-nickname", "data-sellernick"];
    private static readonly string[] SellerLabels = ["作者：", "作者:", "卖家：", "卖家:", "商家：", "发布者：", "来源：", "发布人：", "联系人：", "店铺：", "主题作者: ", "主题作者："];

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

        parts.Seller ??= Labelled(block);
        return parts;
    }

    /// <summary>A name that follows a label such as 作者：, up to the next gap.</summary>
    public static string? Labelled(PageElement block)
    {
        var text = block.TextSpan;
        foreach (var label in SellerLabels)
        {
            var at = text.IndexOf(label, StringComparison.Ordinal);
            if (at >= 0)
            {
                var name = text[(at + label.Length)..].TrimStart();
                var end = name.IndexOfAny(" \n|，；");
                if (PlainText.Line(end < 0 ? name : name[..end], 60) is { Length: <= 40 } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private void ReadPrice(PageElement element)
    {
        if (Price is not null || element.TextLength > 60 || !ClassWords.IsPrice(element) || ClassWords.IsFormerPrice(element))
        {
            return;
        }

        Price = Price.Stated(element.Attribute("data-price")) ?? Price.Stated(element.Text);
    }

    private void ReadSeller(PageElement element)
    {
        foreach (var name in SellerAttributes)
        {
            if (element.Attribute(name) is { Length: <= 60 } stated)
            {
                (Seller, _sellerCost) = (stated, 0);
            }
        }

        if (element.TextLength is < 1 or > 60 || !ClassWords.IsSeller(element))
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
        if (Location is null && element.TextLength is >= 2 and <= 40 && (ClassWords.IsPlace(element) || (element.TextLength <= 12 && Place.IsOne(element.TextSpan))))
        {
            Location = PlainText.Line(element.TextSpan, 60);
        }
    }
}
