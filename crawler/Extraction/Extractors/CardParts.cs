using System.Buffers;
using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Price, seller and place of a card, by what its elements call themselves.</summary>
internal sealed class CardParts
{
    private static readonly FrozenDictionary<string, int> SellerAttributes = AttributeRanks.Of("data-shop_name", "data-shop-name", "data-shopname", "data-nick", "nick-name", "data-seller", "data-author", "data-nickname", "data-sellernick", "data-company", "data-companyname", "data-company-name");
    private static readonly string[] ContactLabels = ["联系人：", "联系人:", "联 系 人：", "掌柜：", "掌柜:", "卖家：", "卖家:", "商家：", "商家:", "店铺：", "店铺:", "店名：", "店名:", "店 名：", "店　名：", "发布人：", "发布人:", "发布者：", "经纪人：", "经纪人:", "机构：", "机构名称：", "回答者：", "回答者:", "提问者：", "提问者:"];
    private static readonly string[] AuthorLabels = ["作者：", "作者:", "发布者：", "发布人：", "来源：", "来源:", "微信号：", "微信号:", "主题作者：", "主题作者:", "来自：", "来自:"];

    private static readonly string[] SourceLabels = ["来源：", "来源:", "来源 ："];
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \n|，；\u3000");

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

        parts.Seller ??= Contact(block) ?? Labelled(block);
        return parts;
    }

    /// <summary>The name of whom to deal with, after a label such as 联系人：.</summary>
    public static string? Contact(PageElement block) => Contact(block.TextSpan);

    public static string? Contact(ReadOnlySpan<char> text) => After(text, ContactLabels);

    /// <summary>A name that follows a label such as 作者：, up to the next gap.</summary>
    public static string? Labelled(PageElement block) => After(block.TextSpan, AuthorLabels);

    /// <summary>Who published an article first, as it says itself.</summary>
    public static string? Source(PageElement block) => After(block.TextSpan, SourceLabels);

    private static string? After(ReadOnlySpan<char> text, string[] labels)
    {
        foreach (var label in labels)
        {
            var at = text.IndexOf(label, StringComparison.Ordinal);
            if (at >= 0)
            {
                var name = text[(at + label.Length)..].TrimStart();
                var end = name.IndexOfAny(NameEnds);
                if (PlainText.Line(end < 0 ? name : name[..end], 60) is { Length: <= 40 } found && !Place.IsOne(found) && !Moment.IsOne(found))
                {
                    return found;
                }
            }
        }

        return null;
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
