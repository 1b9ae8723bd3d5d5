using System.Collections.Frozen;

namespace Surveillance.Crawler.Extraction.Json;

internal enum Field
{
    Title,
    Price,
    Seller,
    Location,
    Url,
    Id,
    Image,
    Text,
    Ad,
}

/// <summary>What the members of listings are called across sites, best first.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<Field, string[]> Names = new()
    {
        [Field.Title] = ["title", "goodsname", "itemtitle", "itemname", "productname", "producttitle", "goodstitle", "coursename", "jobname", "positionname", "bookname", "housetitle", "displaytitle", "offertitle", "subject", "warename", "skuname", "notetitle", "shorttitle", "headline", "rawtitle", "name", "shortname", "maintitle", "tit", "ttl", "biaoti", "bt", "mingcheng", "caption", "word", "desc", "content", "text", "description", "sharetitle"],
        [Field.Price] = ["viewprice", "price", "pricetext", "pricestr", "priceinfo", "currentprice", "saleprice", "soldprice", "promotionprice", "finalprice", "discountprice", "showprice", "displayprice", "goodsprice", "itemprice", "minprice", "lowprice", "groupprice", "minongroupprice", "mingroupprice", "jdprice", "priceyuan", "pricecent", "pricefen", "priceincent", "priceinfen", "offers", "pricemin", "reserveprice", "zkfinalprice", "amt", "amount", "money", "fee", "tuition", "cost", "salary", "salarydesc", "salarytext", "salaryreal", "providesalary", "providesalarytext", "providesalarystring", "jiage", "jg", "prc"],
        [Field.Seller] = ["sellernick", "sellernickname", "shopname", "mallname", "storename", "shoptitle", "sellername", "usernickname", "usernick", "nick", "nickname", "seller", "merchantname", "vendername", "shop", "loginid", "username", "authorname", "screenname", "companyname", "companyfullname", "compname", "fullprovidername", "providername", "shopseller", "developercompany", "developername", "companyshortname", "author", "publisher", "brandowner", "sourcename", "medianame", "authoruserid", "company", "owner", "usr", "agent", "agentname", "vendor", "vendorname", "supplier", "suppliername", "org", "orgname", "school", "schoolname", "institution", "ownername", "publishername", "contactname", "linkman", "brandname", "storetitle", "fabuzhe", "fbr", "dianpu", "shangjia", "maijia", "danwei", "jigou", "lianxiren", "lxr"],
        [Field.Location] = ["itemloc", "location", "area", "iplocation", "procity", "provcity", "city", "cityname", "areaname", "regionname", "region", "sendcity", "address", "province", "provincename", "prov", "locationname", "loc", "addr", "district", "districtname", "place", "diqu", "quyu", "weizhi", "chengshi"],
        [Field.Url] = ["detailurl", "itemurl", "url", "targeturl", "linkurl", "goodsurl", "link", "href", "shareurl", "jumpurl", "producturl", "pcurl", "h5url", "eurl", "clickurl", "noteurl", "articleurl", "arcurl", "target", "mu", "jump", "uri", "wapurl", "murl", "pageurl", "detail"],
        [Field.Id] = ["itemid", "nid", "goodsid", "productid", "offerid", "skuid", "wareid", "noteid", "awemeid", "infoid", "numiid", "auctionid", "sentenceid", "questionid", "articleid", "tid", "threadid", "id", "spuid", "entid"],
        [Field.Image] = ["picurl", "pic", "image", "imageurl", "img", "imgurl", "cover", "coverurl", "thumburl", "thumb", "hdthumburl", "picture", "mainpic", "images", "imagelist", "pics", "pictures", "wordcover", "imglist", "urllist", "urldefault"],
        [Field.Text] = ["description", "desc", "content", "summary", "abstract", "detail", "intro", "excerpt", "subtitle", "text", "articlebody", "digest"],
        [Field.Ad] = ["isad", "p4p", "isp4p", "adflag", "isadvert", "issponsored", "adid", "isadvertisement", "promo", "ispromo", "sponsored"],
    };

    private static readonly FrozenDictionary<string, (Field Field, int Rank)[]> Ranks = Names
        .SelectMany(names => names.Value.Select((name, rank) => (name, names.Key, rank)))
        .GroupBy(entry => entry.name)
        .ToFrozenDictionary(group => group.Key, group => group.Select(entry => (entry.Key, entry.rank)).ToArray());

    /// <summary>Members under which names, ids and addresses belong to something other than the listing.</summary>
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        "shop", "shopcard", "shopinfo", "seller", "sellerinfo", "user", "userinfo", "author", "brand", "category", "cat", "tag", "tags", "taglist", "sku", "skus", "prop", "props",
        "service", "services", "icon", "icons", "label", "labels", "button", "coupon", "coupons", "promotion", "activity", "filter", "log", "track", "similar", "trackparams", "clickparam",
        "args", "company", "store", "mall", "merchant", "owner", "publisher", "usr", "agent", "vendor", "supplier", "org", "school", "institution", "landlord", "broker", "poster", "member", "contact", "contacts", "teacher", "teachers", "campus", "music", "video", "statistics", "poi", "channel", "group", "comments", "comment", "badges", "cpv", "attributes", "wordcover", "cover", "shareinfo", "template", "freightprice", "freight", "postage");

    private static readonly string[] SellerParents = ["shop", "shopinfo", "seller", "sellerinfo", "user", "userinfo", "author", "store", "mall", "merchant", "owner", "publisher", "company", "usr", "agent", "vendor", "supplier", "org", "school", "institution", "landlord", "broker", "poster", "member", "comp", "developer"];

    private static readonly string[] SellerEndings = ["shopname", "storename", "companyname", "companyfullname", "suppliername", "providername", "merchantname", "sellername", "vendorname", "authorname", "publishername", "orgname", "schoolname", "nickname", "screenname", "corpname"];

    /// <summary>Under these names stands the price that is left to pay, whatever else the object calls its price.</summary>
    public static bool IsShownPrice(string normalizedParent) => normalizedParent is "priceshow" or "showprice" or "finalprice" or "realprice" or "couponprice" or "priceaftercoupon" or "promotionprice";

    /// <summary>A name as it is compared: lower case, without separators.</summary>
    public static string Normalized(string name)
    {
        Span<char> buffer = stackalloc char[48];
        var length = 0;
        foreach (var c in name)
        {
            if (c is '_' or '-' or '@' or '$')
            {
                continue;
            }

            if (length == buffer.Length)
            {
                return name.ToLowerInvariant();
            }

            buffer[length++] = char.ToLowerInvariant(c);
        }

        return new string(buffer[..length]);
    }

    /// <summary>The fields that a member of this name may hold, each with its rank; empty for names that say nothing.</summary>
    public static ReadOnlySpan<(Field Field, int Rank)> Of(string normalized) => Ranks.TryGetValue(normalized, out var fields) ? fields : [];

    /// <summary>A site's own name for a seller's name: its end says so.</summary>
    public static bool NamesSeller(string normalized) => Array.Exists(SellerEndings, ending => normalized.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Under these names others speak.</summary>
    public static bool IsOthers(string normalizedParent) => normalizedParent is "comments" or "comment" or "commentlist" or "reviews" or "reviewlist" or "replies" or "replylist" or "evaluations";

    public static bool IsForeign(string normalizedParent) => Foreign.Contains(normalizedParent);

    public static bool IsSellerParent(string normalizedParent) => SellerParents.Contains(normalizedParent);
}
