using System.Buffers;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>A short text of a card that may name its seller.</summary>
/// <param name="FromStart">Where it stands in its card: the path to it, counting elements of one kind from the first.</param>
/// <param name="FromEnd">The same, counting from the last.</param>
/// <param name="Name">Null where the text can be no name.</param>
/// <param name="IsNameLike">It ends as names of companies and shops do, or speaks of a person.</param>
/// <param name="IsLinked">It leads to a shop or a member.</param>
/// <param name="HasPortrait">A picture stands before it.</param>
/// <param name="IsAmongFacts">Times, places or counts stand beside it.</param>
/// <param name="IsCalledSo">Its names, or those of what it stands in, speak of an owner.</param>
/// <param name="IsHeaded">The head of its table's column does.</param>
internal readonly partial record struct SellerCell(ulong FromStart, ulong FromEnd, string? Name, bool IsNameLike, bool IsLinked, bool HasPortrait, bool IsAmongFacts, bool IsCalledSo, bool IsHeaded)
{
    private const int LongestName = 30;
    private const int LongestHead = 8;

    private static readonly SearchValues<char> NoName = SearchValues.Create("¥￥，。！？；：%|+￦\n");

    public static SellerCell Of(PageElement element, PageElement block, PageElement title)
    {
        var name = SellerName.Of(element) is { Length: >= 2 and <= LongestName } found && CanBeName(found) ? found : null;
        var (start, end) = Path(element, title);
        if (name is null)
        {
            return new SellerCell(start, end, null, false, false, false, false, false, false);
        }

        var (linked, called) = (false, false);
        for (var around = element; around is not null && around.Index > block.Index; around = around.Parent)
        {
            linked |= around.Tag == "a" && !around.Contains(title) && SellerLink.Is(around.Attribute("href"));
            called |= ClassWords.IsSeller(around);
        }

        return new SellerCell(start, end, name, LikeName().IsMatch(name), linked, HasPicture(element, block), HasFacts(element, block), called, IsUnderHead(element, block));
    }

    private static bool CanBeName(string text) =>
        !text.AsSpan().ContainsAny(NoName) && !char.IsAsciiDigit(text[0]) && text.Count(char.IsAsciiDigit) <= 5 && !IsFact(text);

    /// <summary>A time, a place, a count, a state.</summary>
    public static bool IsFact(ReadOnlySpan<char> text) => Fact().IsMatch(text) || Place.IsOne(text);

    private static bool HasPicture(PageElement element, PageElement block)
    {
        for (var around = element; around.Parent is { } parent && around.Index > block.Index; around = parent)
        {
            if (around.Index > parent.Index + 1)
            {
                // Its parent's first child stands before it.
                var before = parent.FirstChild!;
                return before.End <= around.Index && before.TextLength == 0 && before.SelfAndDescendants.Any(inner => inner.Tag == "img") && parent.TextLength <= 60;
            }

            if (around.TextLength != parent.TextLength)
            {
                return false;
            }
        }

        return false;
    }

    private static bool HasFacts(PageElement element, PageElement block)
    {
        var around = element;
        while (around.Parent is { } outer && outer.Index > block.Index && outer.TextLength == element.TextLength)
        {
            around = outer;
        }

        return around.Parent is { } parent && parent.Children.Any(other => other.Index != around.Index && other.TextLength is >= 2 and <= 20 && IsFact(other.TextSpan));
    }

    private static bool IsUnderHead(PageElement element, PageElement block)
    {
        var cell = element;
        while (cell.Tag is not ("td" or "th") && cell.Index > block.Index && cell.Parent is { } outer)
        {
            cell = outer;
        }

        if (cell is not { Tag: "td", Parent: { Tag: "tr", Parent: { } rows } row })
        {
            return false;
        }

        var column = row.Children.TakeWhile(before => before.Index < cell.Index).Count();
        var head = (rows.Parent?.Children.FirstOrDefault(child => child.Tag == "thead")?.FirstChild ?? rows.FirstChild)?.Children.ElementAtOrDefault(column);
        return head is { TextLength: >= 2 and <= LongestHead } && SellerLabels.Names(head.TextSpan);
    }

    /// <summary>Up to the block that holds the title too: cards differ in how much is wrapped around them.</summary>
    private static (ulong FromStart, ulong FromEnd) Path(PageElement element, PageElement title)
    {
        var (start, end) = (17UL, 17UL);
        for (var next = element; !next.Contains(title) && next.Parent is { } parent; next = parent)
        {
            var (before, after) = (0, 0);
            foreach (var other in parent.Children)
            {
                if (other.Tag == next.Tag && other.Class == next.Class)
                {
                    before += other.Index < next.Index ? 1 : 0;
                    after += other.Index > next.Index ? 1 : 0;
                }
            }

            start = Mixed(start, next, before);
            end = Mixed(end, next, after + 1_000);
        }

        return (start, end);
    }

    private static ulong Mixed(ulong hash, PageElement element, int place) =>
        (CardFinder.Mixed(CardFinder.Mixed(hash, element.Tag), element.Class) ^ (ulong)place) * 1_099_511_628_211UL;

    [GeneratedRegex(@"(店|铺|行|厂|社|馆|坊|轩|堂|校|院|所|部|站|队|处|会|网|室|屋|城|公司|集团|中心|机构|教育|培训|职培|学堂|课堂|科技|商贸|贸易|电子|电器|五金|机电|数码|图书|书局|文化|工厂|专营|旗舰|直营|自营|传媒|劳务|物业|置业|地产|房产|建筑|工程|实业|器材|安全|技术|先生|女士|小姐|老师|师傅|同学|经理|主任|顾问|工|哥|姐|姨|叔|妹|弟|妈|爸|爷|总|姑娘|老板娘?|掌柜|房东|车主|业主|个人)([（(][^）)]*[）)])?$|^个人([^房信求出转急]|$)|\*|^[小老阿]\p{IsCJKUnifiedIdeographs}{1,3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LikeName();

    [GeneratedRegex(@"^(刚刚|今[天日]|昨[天日]|前天|置顶|急|急聘|顶|图|热|新|荐|推荐|推广|广告|赞助|包邮|免运费|面议|议价|全新|电议|全国|全市|不限)([^\p{L}]|$)|\d\s*(秒|分|小?时|天|周|个?月|年|日|人|次|件|条|个|元|万|㎡|浏览|km|米|折)|(想要|浏览|收藏|关注|成交|已售|销量|评价|评论|付款|回复|发布|更新|申请|购买|报名|咨询|认证|回头率|好评|联系|电话|微信|信用|极好|百分百)|^\d", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Fact();
}
