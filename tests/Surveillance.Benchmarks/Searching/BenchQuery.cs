namespace Surveillance.Benchmarks.Searching;

/// <param name="Text">As an officer types it.</param>
/// <param name="All">Over every listing rather than leads alone.</param>
internal sealed record BenchQuery(string Text, bool All = false)
{
    /// <summary>Sixty of all kinds: the officers' own, filters, ranges, prefixes, single characters, long phrases, rare and very broad ones.</summary>
    /// <param name="listings">Whose texts the long phrases are taken from.</param>
    public static IReadOnlyList<BenchQuery> Sixty(GeneratedListings listings) =>
    [
        .. OfLeads.Select(text => new BenchQuery(text)),
        .. OfAll.Select(text => new BenchQuery(text, All: true)),
        new($"\"{listings.Make(4711).Text![..18]}\"", All: true),
        new($"\"{listings.Make(47_110).Text![..20]}\"", All: true),
    ];

    public string Name => All ? $"{Text} (all)" : Text;

    private static readonly string[] OfLeads =
    [
        "包过", "低压电工证 报名", "\"不用考试\"", "包过 -课程", "低压电工证", "高压电工证 不过退款", "代考", "办证 刻章", "免考 拿证", "type:guarantee", "type:guarantee,insider platform:闲鱼",
        "包过 type:guarantee platform:拼多多 region:广东", "item:低压电工证 state:new", "decision:review risk:0.5..0.7", "焊工证 price:100..500", "first_seen:2026-11-01..2026-11-07", "应急管理局直属", "\"报过\"",
        "\"包过\" -\"报过\"", "vip1*", "微信 vip12*", "内部名额 考官押题", "三天拿证 北京", "region:广东", "seller:卖家7", "contact:vip77", "risk:0.95..", "state:confirmed -type:guarantee", "-包过", "",
        "过", "\"拿证，\"", "全国联网可查 深圳 type:exam-bypass", "登高证 first_seen:2026-10-01..2026-10-31 decision:flag",
    ];

    private static readonly string[] OfAll =
    [
        "包过", "证", "电工", "包邮", "全新 包邮", "\"，\"", "", "培训 -包过", "price:..50", "电工 price:100..200", "platform:闲鱼", "decision:clear", "first_seen:2026-06-01..2026-08-31", "的", "招聘 电工 持证", "usb*",
        "蓝牙耳机 -全新", "饕餮", "电钻 region:新疆", "✅", "电焊机 二手 -包邮 price:50..300", "氤氲", "不包过 \"考试靠自己\"", "万用表 正品 上海",
    ];
}
