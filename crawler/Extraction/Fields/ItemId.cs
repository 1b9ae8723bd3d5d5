using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>The id under which a platform knows an item, from an address or an element's attributes.</summary>
internal static partial class ItemId
{
    private static readonly FrozenDictionary<string, int> Attributes = AttributeRanks.Of("data-itemid", "data-item-id", "data-sku", "data-skuid", "data-sku-id", "data-goods-id", "data-goodsid", "data-product-id", "data-productid",
        "data-offer-id", "data-offerid", "data-nid", "data-tid", "data-entid", "data-infoid", "data-info-id", "data-adid", "data-id", "data-spu", "data-pid", "data-note-id", "data-aid", "tid", "infoid", "goodsid", "itemid");

    /// <returns>Null where the address names no item.</returns>
    public static string? OfUrl(string? url)
    {
        if (url is null)
        {
            return null;
        }

        var mark = url.IndexOf('#', StringComparison.Ordinal);
        var address = mark > 0 ? url[..mark] : url;
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0 && InQuery().Match(address, query) is { Success: true } named)
        {
            return named.Groups["id"].Value;
        }

        var path = InPath().Match(query < 0 ? address : address[..query]);
        return path.Success ? path.Groups["id"].Value : null;
    }

    /// <summary>Looks at the item's own element first, then inside.</summary>
    /// <remarks>A number of one or two digits is a rank, not an id.</remarks>
    public static string? OfElement(PageElement item)
    {
        foreach (var element in item.SelfAndDescendants)
        {
            if (element.Attribute(Attributes, IsId) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"[?&](id|item_?id|goods_?id|product_?id|offer_?id|sku_?id|sku|info_?id|note_?id|num_iid|ware_?id|tid|aid|article_?id|news_?id)=(?<id>[A-Za-z0-9_-]{4,64})(&|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex InQuery();

    [GeneratedRegex(@"/[A-Za-z_-]{0,16}(?<id>\d{5,24})x?(\.s?html?|/)?$|/(item|detail|goods|product|offer|p|note|video|question|answer|explore|info|ad)/(?<id>[A-Za-z0-9]*\d[A-Za-z0-9]{3,40})(\.s?html?|/)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InPath();

    private static bool IsId(string value) =>
        value.Length is >= 4 and <= 64 && value.Any(char.IsAsciiDigit) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '=' or '-');
}
