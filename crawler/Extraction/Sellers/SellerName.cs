using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>Reads a seller's name from an element that says it holds one.</summary>
internal static partial class SellerName
{
    private static readonly FrozenSet<string> Buttons = FrozenSet.Create(
        "关注", "进店", "旺旺在线", "联系卖家", "联系我们", "找相似", "店铺", "更多", "客服", "私信", "登录", "注册", "进入店铺", "进店逛逛", "收藏店铺", "全部", "我的", "评论", "首页", "在线客服", "加关注", "分享", "举报", "已关注", "购物车", "个人中心", "用户名", "联系方式", "来源", "作者", "返回", "联系客服", "短信", "电话", "拨打电话", "微信联系", "在线咨询", "立即咨询", "收藏本店", "收藏", "进入店铺首页", "和我联系", "给我留言", "手机逛", "旗舰店", "公众号", "有货", "无货", "现货", "缺货", "在售", "已售", "已认证", "未认证", "实名认证", "微信号", "昵称", "账号", "查看电话", "查看更多", "置顶", "转发", "回复", "展开", "收起", "赞", "点赞", "投诉", "展开全文", "全文", "阅读全文", "关闭", "加载中", "快照", "百度快照");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ButtonLookup = Buttons.GetAlternateLookup<ReadOnlySpan<char>>();
    private const int LongestButton = 8;

    private static readonly string[] Verbs = ["点击", "查看", "立即", "收藏", "联系", "进入", "返回", "登录", "注册", "拨打", "加入", "下载", "广告", "推广", "店铺", "全部", "更多", "分享", "举报", "关注", "免费", "在线", "卖家信用", "信用", "百分百", "请"];
    private static readonly SearchValues<char> NoName = SearchValues.Create("/?{}<>=¥￥，。！？；");

    /// <summary>What a place says of itself weighs less than where it leads.</summary>
    private const int LinkToSeller = -65;

    /// <summary>Who wrote a text weighs less than whose account or shop it stands in.</summary>
    private const int Byline = 10;

    /// <summary>Above this a name comes from a place that says something about a seller, not from one that names him.</summary>
    public const int Weak = 50;

    /// <returns>Null where the element holds a button or no name at all.</returns>
    public static string? Of(PageElement element)
    {
        if (Parts(element) is { Count: > 1 } parts)
        {
            // A name with what is said of it beside: 店名 · 信用极好.
            return parts.Select(Of).FirstOrDefault(name => name is not null);
        }

        var first = element.TextSpan;
        var line = first.IndexOf('\n');
        return OfText(PlainText.Line(line < 0 ? first : first[..line], 60), element.Attribute("title"));
    }

    /// <param name="text">One line, null for none.</param>
    /// <param name="title">Of what shows it, which may say uncut what is cut there.</param>
    /// <returns>Null where the text is a button or no name at all.</returns>
    public static string? OfText(string? text, string? title)
    {
        if (text is null)
        {
            return null;
        }

        text = Uncut(text, title);
        text = Badge().Replace(Dated().Replace(Label().Replace(text, ""), ""), "");
        var colon = text.AsSpan().LastIndexOfAny('：', ':');
        var name = PlainText.Line(text.AsSpan(colon + 1).Trim(" |[]【】"), 60);
        return name is null || !name.Any(char.IsLetter) || Buttons.Contains(name) || SellerLabels.Names(name) || Verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)) || name.AsSpan().ContainsAny(NoName) || name.Count(char.IsAsciiDigit) > 8 || Site().IsMatch(name) || Place.IsOne(name) || Moment.IsOne(name) || Proof().IsMatch(name) ? null : name;
    }

    /// <summary>What one presses, and no name or title.</summary>
    public static bool IsButton(ReadOnlySpan<char> text) => text.Length <= 2 * LongestButton && ButtonLookup.Contains(WithoutCount(text)) && text.Length > 0;

    /// <summary>Buttons of posts count how often they were pressed: 转发 44, 评论(8), 赞1.2万.</summary>
    private static ReadOnlySpan<char> WithoutCount(ReadOnlySpan<char> text) => text.TrimEnd("0123456789.万w+()（）[]: ：");

    /// <summary>A name that is cut for want of room stands whole in the title attribute.</summary>
    private static string Uncut(string text, string? title)
    {
        var start = text.AsSpan().TrimEnd("….");
        return start.Length is > 1 && start.Length < text.Length && title is { Length: <= 60 } && title.AsSpan().StartsWith(start) ? title : text;
    }

    /// <summary>The elements on the element's first line, where they hold all of its text.</summary>
    private static List<PageElement> Parts(PageElement element)
    {
        var parts = new List<PageElement>();
        var length = 0;
        foreach (var child in element.Children)
        {
            if (child.TextLength > 0)
            {
                parts.Add(child);
                length += child.TextLength;
            }
        }

        return length >= element.TextSpan.Length - parts.Count && parts.TrueForAll(part => part.Class.Length > 0 || part.Tag == "a") ? parts : [];
    }

    [GeneratedRegex(@"\s*[\[【](企业|个人|商家|认证|已认证|官方|自营|中介)[\]】]$|\s*[（(]((个人)?(房东|业主|车主)|个人|经纪人|中介)[）)]$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Badge();

    /// <summary>What a site says of a seller's papers.</summary>
    [GeneratedRegex(@"已上传|已通过|营业执照|资质|实名|审核|核验|(认证|验证)(信息|通过)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Proof();

    /// <summary>Search engines print when they saw an advertiser's page.</summary>
    [GeneratedRegex(@"\s+[-–·|]\s+(19|20)\d\d([-/.年]\d{1,2}([-/.月]\d{1,2}日?)?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dated();

    [GeneratedRegex(@"^(经纪人|卖家|商家|掌柜|店主|房东|业主|发布人|发布者|楼主|作者)\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    /// <summary>Search engines print a host where others print a name.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+(/\S*)?(\s*[.…]+)?(\s+(V\d|广告|推广|(19|20)\d\d([-/.]\d{1,2}){1,2}))*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Site();

    /// <summary>Of several candidates the cheapest: nested ones end in the name itself, without labels and badges.</summary>
    public static int Cost(PageElement element, string name) =>
        element.TextLength + (element.Tag != "a" ? 10 : SellerLink.Is(element.Attribute("href")) && !ClassWords.IsAuthor(element) ? LinkToSeller : 0) + (name.Length < 2 ? 30 : 0) + (ClassWords.IsShopName(element) ? -60 : ClassWords.IsSellerName(element) ? 0 : 60) + (ClassWords.IsAuthor(element) ? Byline : 0)
        - (name.EndsWith('店') || OwnShop.IsOrganisation(name) ? 30 : 0);
}
