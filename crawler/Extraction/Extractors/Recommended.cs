using System.Buffers;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The stretches of a page that a heading such as 猜你喜欢 gives over to what nobody asked for.</summary>
internal sealed partial class Recommended
{
    private const int LongestHeading = 24;

    /// <summary>What may stand in a heading's own block beside it: 换一批, 更多.</summary>
    private const int Buttons = 12;

    /// <summary>One of these is in every such heading; looking for them rules most lines out at little cost.</summary>
    private static readonly SearchValues<char> Telling = SearchValues.Create("同猜荐选兴看买浏家他它似关近邻边热榜类搭更余");

    private readonly List<(PageElement Heading, int Start, int End)> _stretches = [];

    private Recommended()
    {
    }

    public static Recommended Of(PageTree tree)
    {
        var found = new Recommended();
        foreach (var element in tree.Elements)
        {
            if (element.TextLength is >= 2 and <= LongestHeading && !element.InLink && element.LinkChars * 2 <= element.TextLength && !element.Hidden && IsHeading(element) && !found.Holds(element))
            {
                found.Add(element);
            }
        }

        return found;
    }

    public bool Holds(PageElement element)
    {
        foreach (var (_, start, end) in _stretches)
        {
            if (element.Index >= start && element.Index < end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for the element with which such a stretch begins.</summary>
    public bool Begins(PageElement element) => _stretches.Exists(stretch => stretch.Start == element.Index);

    /// <summary>Where the stretch that an element begins ends; 0 where it begins none.</summary>
    public int EndOf(PageElement element) => _stretches.Find(stretch => stretch.Start == element.Index).End;

    /// <summary>True for a card below such a heading; a card that only says such words itself is none.</summary>
    public bool Holds(Card card)
    {
        foreach (var (heading, start, end) in _stretches)
        {
            var title = card.Title.Index;
            if (title >= start && title < end && (end > card.Block.End || !card.Block.Contains(heading)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From the heading to the end of the block that it stands in, or to the next heading of its kind.</summary>
    private void Add(PageElement heading)
    {
        var top = heading;
        while (top.Parent is { Tag: not ("body" or "html" or "#document") } parent && parent.TextLength <= heading.TextLength + Buttons)
        {
            top = parent;
        }

        if (heading.TextSpan.Contains('搜'))
        {
            // Other searches are offered in a block among the results, and nothing behind it is theirs.
            while (top.Parent is { Tag: not ("body" or "html" or "#document") } around && top.LinkChars == 0)
            {
                top = around;
            }

            _stretches.Add((heading, top.Index, top.End));
            return;
        }

        var end = top.Parent?.End ?? top.End;
        for (var next = top.NextSibling; next is not null; next = next.NextSibling)
        {
            if (next.Tag == top.Tag && next.Class == top.Class && next.TextLength is > 0 and <= LongestHeading && next.LinkChars == 0 && !IsHeading(next))
            {
                end = next.Index;
                break;
            }
        }

        _stretches.Add((heading, top.Index, end));
    }

    private static bool IsHeading(PageElement element) => element.TextSpan.ContainsAny(Telling) && Heading().IsMatch(element.TextSpan) && !Total().IsMatch(element.TextSpan);

    [GeneratedRegex(@"^.{0,6}(猜[你您]|为[你您](推荐|精选|优选)|[你您](可能|也许|或许)|感兴趣|看了(又|还)|(还|又|也)[看买在搜]|买了又买|浏览(记录|历史|足迹|过)|(最近|历史)(浏览|看过)|看过的|大家都在|其他人|同(小区|商圈|户型|价位|校|店|城)(的?(房源|课程|商品|宝贝|信息|推荐))|同类(最新|推荐|信息|商品|宝贝)|相似(的?(房源|商品|宝贝|信息|推荐|职位|课程))|相关(推荐|信息|商品|产品|阅读|文章|课程|职位|搜索|宝贝)|(附近|周边|其他|其它|相邻|邻近)(的?(城市|地区|区域|地市))|以下(是|为).{0,6}(附近|周边|其他|其它|相近|推荐)|(热门|热销|精品|精选|人气|好物|爆款|店主|店长|掌柜|新品|优质|今日|编辑|更多)推荐|更多(精选|推荐|相似|同类)|推荐(商品|信息|阅读|房源|课程|职位|给[你您])|热[门销卖](榜|排行|商品|宝贝|信息|课程)|[该本](公司|店|店铺|商家|卖家|机构|学校)(的?(其[他它]|更多|其余))|其[他它](产品|商品|宝贝|课程|供应)|搭配(购买|推荐)|(附近|周边)(房源|商家|信息)|排行榜?$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    /// <summary>How much a search found: 共98件相关产品.</summary>
    [GeneratedRegex(@"[共约到]\s*\d[\d,]*\s*[+多余]?[件个条款家]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Total();
}
