using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>A short text of a card that may name its seller.</summary>
/// <param name="Name">Without labels and badges; null where the text can be no name.</param>
/// <param name="Places">Where it stands in its card: cards of one list that name sellers in one place share one of these.</param>
internal readonly partial record struct SellerCell(string? Name, SellerTraits Traits, SellerCell.PlacesOf Places)
{
    /// <param name="FromStart">The path to it from the block that holds the title too, counting elements of one kind from the first.</param>
    /// <param name="FromEnd">The same, counting from the last.</param>
    /// <param name="ByClass">What it and its parent call themselves; null where that is nothing.</param>
    internal readonly record struct PlacesOf(ulong FromStart, ulong FromEnd, ulong? ByClass);

    private const int ShortestName = 2;
    private const int LongestName = 30;
    private const int LongestHead = 8;
    private const int LongestLabel = 6;
    private const int LargestAround = 80;
    public const int AroundShift = 19;

    /// <summary>The text of an element, all its own.</summary>
    public static SellerCell OfElement(PageElement element, TitledCard card)
    {
        var name = SellerName.Of(element);
        var text = element.TextSpan;
        var colon = LabelEnd(text);
        return Of(name, element, card, colon > 0 ? text[..(colon + 1)] : element.Before(LongestLabel * 2), 0, OfHowMany(element, card), element.RunsOn);
    }

    /// <summary>Text that stands between the children of an element.</summary>
    /// <param name="number">The how manieth such text of the element, from 1.</param>
    public static SellerCell OfLoose(PageElement element, TitledCard card, ReadOnlySpan<char> text, ReadOnlySpan<char> before, int number)
    {
        var colon = LabelEnd(text);
        var name = SellerName.OfText(text.ToString(), element.Attribute("title"));
        return Of(name, element, card, colon > 0 ? text[..(colon + 1)] : before, number, 1, runsOn: false);
    }

    /// <param name="value">Of an attribute, undone of escapes.</param>
    /// <param name="named">The attribute is called after a seller; otherwise a label in the value is.</param>
    public static SellerCell OfAttribute(PageElement element, TitledCard card, string attribute, string value, bool named)
    {
        var colon = LabelEnd(value);
        var name = colon > 0 ? SellerName.OfText(value, title: null) : PlainText.Line(value, LongestName * 2);
        var place = CardFinder.Mixed(CardFinder.Mixed(CardFinder.Mixed(31, attribute), element.Tag), element.Class);
        if (!CanBeName(name))
        {
            return new SellerCell(null, SellerTraits.None, new PlacesOf(place, place, null));
        }

        var label = colon > 0 ? OfLabel(value.AsSpan(0, colon + 1), card) : SellerTraits.None;
        return new SellerCell(name, SellerTraits.Attribute | (named ? SellerTraits.SellerAttribute : 0) | label | OfName(name, card), new PlacesOf(place, place, null));
    }

    private static SellerCell Of(string? name, PageElement element, TitledCard card, ReadOnlySpan<char> before, int number, int several, bool runsOn)
    {
        var block = card.Card.Block;
        var places = Path(element, card.Element, number);
        if (!CanBeName(name))
        {
            return new SellerCell(null, SellerTraits.None, places);
        }

        var own = (SellerTraits)(ulong)element.Meanings;
        var around = element.Parent is { TextLength: <= LargestAround } parent && parent.Index >= block.Index ? (SellerTraits)((ulong)parent.Meanings << AroundShift) : 0;
        var traits = own | around | OfName(name, card) | OfLink(element, card) | OfLabel(before, card)
            | (number > 0 ? SellerTraits.Loose : 0) | (element.Index > card.Element.Index ? SellerTraits.AfterTitle : 0)
            | (HasPicture(element, block) ? SellerTraits.Portrait : 0) | (HasFacts(element, block) ? SellerTraits.AmongFacts : 0) | (IsUnderHead(element, block) ? SellerTraits.Headed : 0)
            | (several >= 2 ? SellerTraits.OfSeveral : 0) | (several >= 3 ? SellerTraits.OfMany : 0) | (runsOn ? SellerTraits.InLine : 0);
        return new SellerCell(name, traits, places);
    }

    private static bool CanBeName([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? name) => name is { Length: >= ShortestName and <= LongestName } && !(name.Length == ShortestName && name.All(char.IsAscii)) && !name.EndsWith('…') && !name.EndsWith("..", StringComparison.Ordinal);

    private static SellerTraits OfName(string name, TitledCard card) =>
        (LikeName().IsMatch(name) ? SellerTraits.NameLike : 0) | (IsFact(name) && !OwnShop.IsOrganisation(name) ? SellerTraits.Fact : 0) | (OwnShop.IsName(name) ? SellerTraits.ShopName : 0) | (Estate().IsMatch(name) ? SellerTraits.Estate : 0)
        | (name.Length <= 3 ? SellerTraits.Short : name.Length <= 8 ? SellerTraits.Middle : name.Length <= 16 ? SellerTraits.Long : 0)
       
        | (name == card.Title ? SellerTraits.IsTitle | SellerTraits.InTitle : card.Title.Contains(name, StringComparison.Ordinal) ? SellerTraits.InTitle : 0)
        | (name == card.Parts.Seller ? SellerTraits.CalledSo : 0);

    private static SellerTraits OfLink(PageElement element, TitledCard card)
    {
        for (var around = element; around is not null && around.Index >= card.Card.Block.Index; around = around.Parent)
        {
            if (around.Tag == "a")
            {
                var href = around.Attribute("href");
                return around.Contains(card.Element) ? SellerTraits.None
                    : SellerTraits.InLink | (SellerLink.Is(href) ? SellerTraits.Linked : 0) | (href is not null && href == card.Portrait ? SellerTraits.Portrait : 0);
            }
        }

        return SellerTraits.None;
    }

    /// <param name="before">What stands on the line before a text; a label ends it with a colon.</param>
    private static SellerTraits OfLabel(ReadOnlySpan<char> before, TitledCard card)
    {
        before = before.TrimEnd();
        if (before is not [.., '：' or ':'])
        {
            return SellerTraits.None;
        }

        var label = LabelledSeller.LabelBefore(before, before.Length - 1);
        for (var from = 0; from + 2 <= label.Length; from++)
        {
            // What stands before it on its line may touch it: 电工吧作者：.
            var kind = SellerLabels.Names(label[from..]) ? SellerTraits.SellerLabel : SellerLabels.NamesAuthor(label[from..]) ? card.HasPrice ? SellerTraits.OtherLabel : SellerTraits.AuthorLabel : SellerLabels.NamesAccount(label[from..]) ? SellerTraits.AccountLabel : SellerTraits.None;
            if (kind != SellerTraits.None)
            {
                return kind;
            }
        }

        return label.Length < 2 ? SellerTraits.None : SellerTraits.OtherLabel;
    }

    /// <returns>Where the colon of a label at the beginning stands; -1 without one.</returns>
    private static int LabelEnd(ReadOnlySpan<char> text) => text.IndexOfAny('：', ':') is var colon and >= 2 and <= LongestLabel ? colon : -1;

    /// <summary>A time, a place, a count, a state.</summary>
    public static bool IsFact(ReadOnlySpan<char> text) => Fact().IsMatch(text) || Place.IsOne(text);

    /// <summary>How many like it stand beside it: tags, links below an ad.</summary>
    private static int OfHowMany(PageElement element, TitledCard card)
    {
        var most = Alike(element, card);
        for (var around = element; around.Parent is { } parent && parent.Index > card.Card.Block.Index && parent.TextLength == around.TextLength; around = parent)
        {
            most = Math.Max(most, Alike(parent, card));
        }

        return most;
    }

    private static int Alike(PageElement element, TitledCard card)
    {
        var alike = 0;
        foreach (var other in element.Tag is not ("td" or "th") && element.Index > card.Card.Block.Index && element.Parent is { } parent ? parent.Children : [])
        {
            alike += other.Tag == element.Tag && other.Class == element.Class && other.TextLength > 0 && !other.Contains(card.Element) ? 1 : 0;
        }

        return alike;
    }

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
    private static PlacesOf Path(PageElement element, PageElement title, int number)
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

        var byClass = element.Class.Length == 0 ? (ulong?)null : Numbered(CardFinder.Mixed(Mixed(29, element, 0), element.Parent?.Class ?? ""), number);
        return new PlacesOf(Numbered(start, number), Numbered(end, number), byClass);
    }

    private static ulong Numbered(ulong hash, int number) => hash ^ ((ulong)number * 7_919);

    private static ulong Mixed(ulong hash, PageElement element, int place) =>
        (CardFinder.Mixed(CardFinder.Mixed(hash, element.Tag), element.Class) ^ (ulong)place) * 1_099_511_628_211UL;

    [GeneratedRegex(@"(店|铺|行|厂|社|馆|坊|轩|堂|校|院|所|部|站|队|处|会|网|室|屋|城|公司|集团|中心|机构|教育|培训|职培|学堂|课堂|科技|商贸|贸易|电子|电器|五金|机电|数码|图书|书局|文化|工厂|专营|旗舰|直营|自营|传媒|劳务|物业|置业|地产|房产|建筑|工程|实业|器材|安全|技术|科|局|厅|办|先生|女士|小姐|老师|师傅|同学|经理|主任|顾问|工|哥|姐|姨|叔|妹|弟|妈|爸|爷|总|姑娘|老板娘?|掌柜|房东|车主|业主|个人)([（(][^）)]*[）)])?$|^个人([^房信求出转急]|$)|\*|^[小老阿]\p{IsCJKUnifiedIdeographs}{1,3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LikeName();

    [GeneratedRegex(@"^(刚刚|今[天日]|昨[天日]|前天|置顶|急|急聘|顶|图|热|新|荐|推荐|推广|广告|赞助|包邮|免运费|面议|议价|全新|电议|全国|全市|不限)([^\p{L}]|$)|\d\s*(秒|分|小?时|天|周|个?月|年|日|人|次|件|条|个|元|万|㎡|浏览|km|米|折)|(想要|浏览|收藏|关注|成交|已售|销量|评价|评论|付款|回复|发布|更新|申请|购买|报名|咨询|认证|回头率|好评|联系|电话|微信|信用|极好|百分百)|^\d", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Fact();

    [GeneratedRegex(@"(花园|家园|小区|公寓|苑|庭|新村|宿舍|大厦|家属院|花城|府|湾|里|期|号院|广场)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Estate();
}
