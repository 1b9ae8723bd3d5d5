using System.Collections.Frozen;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>What the words of an element's names tell of it.</summary>
[Flags]
internal enum ClassMeanings
{
    None = 0,
    Title = 1 << 0,
    Price = 1 << 1,
    Seller = 1 << 2,
    SellerName = 1 << 3,
    ShopName = 1 << 4,
    Shop = 1 << 5,
    Name = 1 << 6,
    Place = 1 << 7,
    Struck = 1 << 8,
    Chrome = 1 << 9,
    Beside = 1 << 10,
    Ad = 1 << 11,
    Badge = 1 << 12,
    Boilerplate = 1 << 13,
    Author = 1 << 14,
    Footer = 1 << 15,
    Address = 1 << 16,
    Text = 1 << 17,
    Button = 1 << 18,
}

/// <summary>What an element's class, id and test attributes say it holds.</summary>
/// <remarks>Names are cut into words at separators and capitals: <c>frs-author-name</c>, <c>goodsPrice</c> and <c>p_shop</c> all tell.</remarks>
internal static class ClassWords
{
    private static readonly FrozenDictionary<string, ClassMeanings> Meanings = Build(
        (ClassMeanings.Title, ["title", "tit", "subject", "name", "headline", "heading", "caption", "biaoti"]),
        (ClassMeanings.Price, ["price", "prices", "yen", "jiage", "money", "amount", "cost"]),
        (ClassMeanings.Seller, ["shop", "store", "seller", "nick", "nickname", "author", "authi", "username", "user", "company", "merchant", "mall", "publisher", "source", "poster", "corp", "dealer", "shopname", "account", "contact", "linkman", "wangwang", "supplier", "sourcename", "showurl", "owner", "vendor", "usr", "who", "agent", "org", "factory"]),
        (ClassMeanings.SellerName, ["nick", "nickname", "author", "authi", "username", "seller", "company", "merchant", "mall", "publisher", "linkman", "supplier", "shopname", "sourcename", "sellername"]),
        (ClassMeanings.ShopName, ["shopname", "storename", "mallname"]),
        (ClassMeanings.Shop, ["shop", "store", "user", "account", "profile", "person", "broker", "agent", "landlord", "linkman", "people"]),
        (ClassMeanings.Name, ["name", "title", "link"]),
        (ClassMeanings.Place, ["location", "loc", "area", "city", "address", "addr", "region", "place", "district", "province", "dizhi"]),
        (ClassMeanings.Struck, ["del", "old", "original", "origin", "ori", "market", "list", "through", "underline", "op", "yj", "yuanjia", "scj", "deal", "sales", "sold", "count", "volume"]),
        (ClassMeanings.Chrome, ["nav", "navbar", "navigation", "menu", "footer", "foot", "header", "breadcrumb", "crumb", "crumbs", "sidebar", "aside", "toolbar", "filter", "filters", "tabs", "pager", "pagination", "friendlink", "hotwords", "topbar", "category", "sort"]),
        (ClassMeanings.Beside, ["related", "relate", "recommend", "recommendation", "rec", "rcmd", "guess", "similar", "hot", "rank", "ranking", "history", "comment", "comments", "review", "reviews", "evaluate", "pinglun", "pingjia", "reply", "side", "right", "xiangguan", "tuijian", "viewed", "likes"]),
        (ClassMeanings.Address, ["url", "site", "sitename", "showurl", "urlline", "host", "domain"]),
        (ClassMeanings.Button, ["btn", "button"]),
        (ClassMeanings.Text, ["text", "txt", "content", "desc", "abstract", "summary"]),
        (ClassMeanings.Footer, ["footer", "foot", "ft", "copyright", "friendlink"]),
        (ClassMeanings.Author, ["author", "authi", "poster"]),
        (ClassMeanings.Badge, ["ico", "icon", "tag", "label", "badge", "flag", "mark", "top", "jing", "hot", "new"]),
        (ClassMeanings.Boilerplate, ["tips", "tip", "share", "bdshare", "fx", "tool", "tools", "disclaimer", "declare", "declaration", "statement", "shengming", "tishi", "guarantee", "report", "jubao", "prevnext", "weixin"]),
        (ClassMeanings.Ad, ["ad", "ads", "advert", "advertisement", "guanggao", "tuiguang", "sponsor", "sponsored", "promo"]));

    private static readonly FrozenDictionary<string, ClassMeanings>.AlternateLookup<ReadOnlySpan<char>> Lookup = Meanings.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsTitle(PageElement element) => (element.Meanings & (ClassMeanings.Title | ClassMeanings.Seller)) == ClassMeanings.Title;

    public static bool IsPrice(PageElement element) => Has(element, ClassMeanings.Price);

    /// <summary>A struck-out price, a market price or a count: no price to pay.</summary>
    public static bool IsFormerPrice(PageElement element) => element.Tag is "del" or "s" or "strike" || Has(element, ClassMeanings.Struck);

    public static bool IsSeller(PageElement element) => Has(element, ClassMeanings.Seller);

    /// <summary>Holds the name itself, not just something about the seller.</summary>
    public static bool IsSellerName(PageElement element) => Has(element, ClassMeanings.SellerName) || IsShopName(element);

    /// <summary>Holds a shop's name.</summary>
    public static bool IsShopName(PageElement element) =>
        Has(element, ClassMeanings.ShopName) || (Has(element, ClassMeanings.Shop) && Has(element, ClassMeanings.Name));

    public static bool IsPlace(PageElement element) => Has(element, ClassMeanings.Place);

    public static bool IsAd(PageElement element) => Has(element, ClassMeanings.Ad);

    /// <summary>Who wrote a post, of which a page may hold many.</summary>
    public static bool IsAuthor(PageElement element) => Has(element, ClassMeanings.Author);

    /// <summary>A word or two stuck to a title: 置顶, 精, 急.</summary>
    public static bool IsBadge(PageElement element) => Has(element, ClassMeanings.Badge);

    /// <summary>What a site prints on every page: warnings, buttons to share, statements.</summary>
    public static bool IsBoilerplate(PageElement element) => Has(element, ClassMeanings.Boilerplate);

    /// <summary>Menus, footers and the like.</summary>
    public static bool IsChrome(PageElement element) => element.Tag is "nav" or "footer" or "header" or "aside" || Has(element, ClassMeanings.Chrome);

    /// <summary>Where a search engine prints the address that a result leads to.</summary>
    public static bool IsAddress(PageElement element) => Has(element, ClassMeanings.Address);

    public static bool IsButton(PageElement element) => Has(element, ClassMeanings.Button);

    /// <summary>Running text.</summary>
    public static bool IsText(PageElement element) => Has(element, ClassMeanings.Text);

    /// <summary>What ends every page of a site.</summary>
    public static bool IsFooter(PageElement element) => element.Tag == "footer" || Has(element, ClassMeanings.Footer);

    /// <summary>What stands beside the matter of a page: related items, rankings, comments.</summary>
    public static bool IsBeside(PageElement element) => element.Tag == "aside" || Has(element, ClassMeanings.Beside);

    /// <summary>Reads one name; all its words count.</summary>
    public static ClassMeanings Of(string? name)
    {
        var (found, start) = (ClassMeanings.None, 0);
        for (var i = 0; name is not null && i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsAsciiLetter(name[i]) || (char.IsAsciiLetterUpper(name[i]) && i > start && !char.IsAsciiLetterUpper(name[i - 1]));
            if (!ends)
            {
                continue;
            }

            if (i > start + 1 && Lookup.TryGetValue(name.AsSpan(start, i - start), out var meaning))
            {
                found |= meaning;
            }

            start = i < name.Length && char.IsAsciiLetter(name[i]) ? i : i + 1;
        }

        return found;
    }

    private static bool Has(PageElement element, ClassMeanings meaning) => (element.Meanings & meaning) != 0;

    private static FrozenDictionary<string, ClassMeanings> Build(params (ClassMeanings Meaning, string[] Words)[] entries) => entries
        .SelectMany(entry => entry.Words.Select(word => (word, entry.Meaning)))
        .GroupBy(pair => pair.word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate(ClassMeanings.None, (all, pair) => all | pair.Meaning), StringComparer.OrdinalIgnoreCase);
}
