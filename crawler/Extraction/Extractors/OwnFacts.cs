using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What the cells of a page's tables and lists of facts say of the one thing it is about: 价格, 发布者, 所在地.</summary>
internal sealed class OwnFacts
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Prices = FrozenSet.Create(
        StringComparer.Ordinal,
        "价格", "售价", "标价", "服务费用", "现价", "总价", "学费", "费用", "培训费", "培训费用", "收费标准", "一口价", "优惠价", "转让价", "出售价", "报价", "商城价", "店铺价", "批发价", "特价", "租金", "薪资", "工资", "月薪").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Places = FrozenSet.Create(
        StringComparer.Ordinal,
        "所在地", "所在区域", "所在地区", "所在城市", "地区", "区域", "服务区域", "发货地", "地址", "位置", "工作地点", "上课地点", "授课地点", "培训地点", "交易地点").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ReducedPrices = FrozenSet.Create(
        StringComparer.Ordinal, "促销价", "券后价", "到手价", "活动价", "秒杀价", "抢购价", "折后价", "拼团价", "团购价").GetAlternateLookup<ReadOnlySpan<char>>();

    private OwnFacts()
    {
    }

    public Price? Price { get; private set; }

    /// <summary>What is left to pay, where the page names another price beside.</summary>
    public Price? Reduced { get; private set; }

    public string? Seller { get; private set; }

    public string? Place { get; private set; }

    /// <summary>A price is named, and be it to be agreed on.</summary>
    public bool SaysPrice { get; private set; }

    public static OwnFacts Of(DecodedPage page)
    {
        var facts = new OwnFacts();
        foreach (var element in OwnFields.Elements(page))
        {
            if (!element.Hidden && !element.InLink && element.TextLength is >= 2 and <= LabelledValue.LongestLabel + 4)
            {
                facts.Read(element);
            }
        }

        return facts;
    }

    private void Read(PageElement element)
    {
        var label = LabelledValue.Plain(element.TextSpan, stackalloc char[LabelledValue.LongestLabel]);
        if (label.Length < 2)
        {
            return;
        }

        if (Reduced is null && ReducedPrices.Contains(label) && LabelledValue.Of(element) is { } reduced)
        {
            Reduced = AmountOf(reduced);
            SaysPrice = true;
        }
        else if (Price is null && Prices.Contains(label) && LabelledValue.Of(element) is { } amount)
        {
            Price = AmountOf(amount);
            SaysPrice = true;
        }
        else if (Seller is null && SellerLabels.Names(label) && element.After is { Length: >= 2 and <= 40 } plain)
        {
            Seller = PlainText.Line(plain, 60) is { } name && name.Any(char.IsLetter) ? name : null;
        }
        else if (Seller is null && SellerLabels.Names(label) && LabelledValue.Of(element) is { TextLength: <= 60 } named)
        {
            Seller = SellerName.Of(named.FirstChild is { Tag: "a", TextLength: > 1 } link ? link : named);
        }
        else if (Place is null && Places.Contains(label) && LabelledValue.Of(element) is { TextLength: <= 60 } place)
        {
            Place = PlainText.Line(place.TextSpan, 60);
        }
    }

    private static Price? AmountOf(PageElement element) =>
        (PrintedPrice.Signed(element) ?? PrintedPrice.Alone(element) ?? Fields.Price.InText(element.TextSpan) ?? (element.TextLength <= 20 ? PrintedPrice.Of(element) : null)) is { Low: > 0 } price ? price : null;
}
