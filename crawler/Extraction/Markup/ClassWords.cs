using System.Collections.Frozen;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>What an element's class, id and test attributes say it holds.</summary>
/// <remarks>Names are cut into words at separators and capitals: <c>frs-author-name</c>, <c>goodsPrice</c> and <c>p_shop</c> all tell.</remarks>
internal static class ClassWords
{
    private static readonly FrozenSet<string> Titles = Set("title", "tit", "subject", "name", "headline", "heading", "caption", "biaoti");
    private static readonly FrozenSet<string> Prices = Set("price", "prices", "yen", "jiage", "money", "amount", "cost");
    private static readonly FrozenSet<string> Sellers = Set("shop", "store", "seller", "nick", "nickname", "author", "username", "user", "company", "merchant", "mall", "publisher", "source", "poster", "corp", "dealer", "shopname", "account", "contact", "linkman", "wangwang", "supplier", "sourcename", "showurl");
    private static readonly FrozenSet<string> SellerNames = Set("nick", "nickname", "author", "username", "seller", "company", "merchant", "mall", "publisher", "linkman", "supplier", "shopname", "sourcename", "sellername");
    private static readonly FrozenSet<string> ShopNames = Set("shopname", "storename", "mallname");
    private static readonly FrozenSet<string> ShopWords = Set("shop", "store", "user", "account");
    private static readonly FrozenSet<string> NameWords = Set("name", "title", "link");
    private static readonly FrozenSet<string> Places = Set("location", "loc", "area", "city", "address", "addr", "region", "place", "district", "province", "dizhi");
    private static readonly FrozenSet<string> Struck = Set("del", "old", "original", "origin", "market", "list", "line", "through", "underline", "deal", "sales", "sold", "count", "num", "volume");
    private static readonly FrozenSet<string> Chrome = Set("nav", "navbar", "navigation", "menu", "footer", "foot", "header", "breadcrumb", "crumb", "crumbs", "sidebar", "aside", "toolbar", "filter", "filters", "tabs", "pager", "pagination", "page", "copyright", "friendlink", "hotwords", "topbar", "category", "sort");
    private static readonly FrozenSet<string> Beside = Set("related", "relate", "recommend", "recommendation", "rec", "rcmd", "guess", "similar", "hot", "rank", "ranking", "history", "comment", "comments", "reply", "side", "right", "xiangguan", "tuijian", "viewed", "likes");
    private static readonly FrozenSet<string> Ads = Set("ad", "ads", "advert", "advertisement", "guanggao", "tuiguang", "sponsor", "sponsored", "promo");

    public static bool IsTitle(PageElement element) => Any(element, Titles) && !Any(element, Sellers);

    public static bool IsPrice(PageElement element) => Any(element, Prices);

    /// <summary>A struck-out price, a market price or a count: no price to pay.</summary>
    public static bool IsFormerPrice(PageElement element) => element.Tag is "del" or "s" or "strike" || Any(element, Struck);

    public static bool IsSeller(PageElement element) => Any(element, Sellers);

    /// <summary>Holds the name itself, not just something about the seller.</summary>
    public static bool IsSellerName(PageElement element) => Any(element, SellerNames) || (Any(element, ShopWords) && Any(element, NameWords));

    /// <summary>Holds a shop's name.</summary>
    public static bool IsShopName(PageElement element) => Any(element, ShopNames) || (Any(element, ShopWords) && Any(element, NameWords));

    public static bool IsPlace(PageElement element) => Any(element, Places);

    public static bool IsAd(PageElement element) => Any(element, Ads);

    /// <summary>Menus, footers and the like.</summary>
    public static bool IsChrome(PageElement element) => element.Tag is "nav" or "footer" or "header" or "aside" || Any(element, Chrome);

    /// <summary>What stands beside the matter of a page: related items, rankings, comments.</summary>
    public static bool IsBeside(PageElement element) => element.Tag == "aside" || Any(element, Beside);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> words) => FrozenSet.Create(StringComparer.OrdinalIgnoreCase, words);

    private static bool Any(PageElement element, FrozenSet<string> words)
    {
        if (!element.Node.HasAttributes)
        {
            return false;
        }

        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        return AnyWord(element.Class, lookup) || AnyWord(element.Id, lookup) || AnyWord(element.Node.Attributes["data-e2e"]?.Value, lookup);
    }

    private static bool AnyWord(string? name, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words)
    {
        var start = 0;
        for (var i = 0; name is not null && i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsAsciiLetter(name[i]) || (char.IsAsciiLetterUpper(name[i]) && i > start && !char.IsAsciiLetterUpper(name[i - 1]));
            if (!ends)
            {
                continue;
            }

            if (i > start && words.Contains(name.AsSpan(start, i - start)))
            {
                return true;
            }

            start = i < name.Length && char.IsAsciiLetter(name[i]) ? i : i + 1;
        }

        return false;
    }
}
