using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>What a text says of itself that speaks for or against its being a seller's name.</summary>
internal static partial class NameTraits
{
    public static SellerTraits Of(string name, TitledCard card) =>
        (LikeName().IsMatch(name) ? SellerTraits.NameLike : 0) | (IsFact(name) && !OwnShop.IsOrganisation(name) ? SellerTraits.Fact : 0) | (OwnShop.IsName(name) ? SellerTraits.ShopName : 0) | (Estate().IsMatch(name) ? SellerTraits.Estate : 0)
        | (name.Length <= 3 ? SellerTraits.Short : name.Length <= 8 ? SellerTraits.Middle : name.Length <= 16 ? SellerTraits.Long : 0)
        | (name == card.Title ? SellerTraits.IsTitle | SellerTraits.InTitle : card.Title.Contains(name, StringComparison.Ordinal) ? SellerTraits.InTitle : 0)
        | (name == card.Parts.Seller ? SellerTraits.CalledSo : 0);

    /// <summary>A time, a place, a count, a state.</summary>
    public static bool IsFact(ReadOnlySpan<char> text) => Fact().IsMatch(text) || Place.IsOne(text);

    [GeneratedRegex(@"(店|铺|行|厂|社|馆|坊|轩|堂|校|院|所|部|站|队|处|会|网|室|屋|城|公司|集团|中心|机构|教育|培训|职培|学堂|课堂|科技|商贸|贸易|电子|电器|五金|机电|数码|图书|书局|文化|工厂|专营|旗舰|直营|自营|传媒|劳务|物业|置业|地产|房产|建筑|工程|实业|器材|安全|技术|科|局|厅|办|先生|女士|小姐|老师|师傅|同学|经理|主任|顾问|工|哥|姐|姨|叔|妹|弟|妈|爸|爷|总|姑娘|老板娘?|掌柜|房东|车主|业主|个人)([（(][^）)]*[）)])?$|^个人([^房信求出转急]|$)|\*|^[小老阿]\p{IsCJKUnifiedIdeographs}{1,3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LikeName();

    [GeneratedRegex(@"^(刚刚|今[天日]|昨[天日]|前天|置顶|急|急聘|顶|图|热|新|荐|推荐|推广|广告|赞助|包邮|免运费|面议|议价|全新|电议|全国|全市|不限)([^\p{L}]|$)|\d\s*(秒|分|小?时|天|周|个?月|年|日|人|次|件|条|个|元|万|㎡|浏览|km|米|折)|(想要|浏览|收藏|关注|成交|已售|销量|评价|评论|付款|回复|发布|更新|申请|购买|报名|咨询|认证|回头率|好评|联系|电话|微信|信用|极好|百分百)|(介绍|安排|力量|说明|照片|条件|流程|费用|入口|详情|简介|优势|环境|风采|须知|展示|报价|时间)$|^\d", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Fact();

    [GeneratedRegex(@"(花园|家园|小区|公寓|苑|庭|新村|宿舍|大厦|家属院|花城|府|湾|里|期|号院|广场)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Estate();
}
