using System.Buffers;
using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>Chinese places as pages print them beside an offer.</summary>
internal static partial class Place
{
    private static readonly SearchValues<char> Suffixes = SearchValues.Create("省市区县路街镇村号");
    private static readonly SearchValues<char> Sentence = SearchValues.Create("，。？！?!");

    private static readonly string[] NotPlaces = ["超市", "门市", "夜市", "股市", "上市", "专区", "会员区", "评论区", "留言区"];

    /// <summary>True for a short text that names a province, a larger city, or a district by its suffix, and says little else.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) => text.Length is >= 2 and <= 40 && Named().IsMatch(text) && !text.ContainsAny(Sentence) && !IsOfAnotherKind(text);

    /// <summary>True where a text that should hold a place may well do so: it names one, or a street.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text) => IsOne(text) || (text.ContainsAny(Suffixes) && !text.ContainsAny(Sentence));

    /// <summary>What only ends as a place does: 惠民超市, 会员专区.</summary>
    private static bool IsOfAnotherKind(ReadOnlySpan<char> text)
    {
        foreach (var ending in NotPlaces)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^[\[【(（]?\s*(中国)?\s*((北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|大连|长春|哈尔滨|南京|苏州|无锡|常州|徐州|南通|杭州|宁波|温州|绍兴|嘉兴|金华|台州|合肥|福州|厦门|泉州|南昌|济南|青岛|烟台|潍坊|临沂|郑州|洛阳|武汉|长沙|广州|深圳|佛山|东莞|珠海|中山|惠州|南宁|海口|成都|贵阳|昆明|西安|兰州|西宁|银川|乌鲁木齐|呼和浩特|拉萨)(省|市|自治区)?([\s·/|-]*\p{IsCJKUnifiedIdeographs}{1,6}(市|区|县|州|镇)|[\s·/|-]+\p{IsCJKUnifiedIdeographs}{2,8})?|\p{IsCJKUnifiedIdeographs}{2,6}(省|市|自治区|区|县|镇))\s*[\]】)）]?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
