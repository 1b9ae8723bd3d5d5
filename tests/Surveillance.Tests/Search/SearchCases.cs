using Surveillance.Api.Cli;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

/// <summary>One query, and what a person would say it asks for.</summary>
/// <param name="Holds">By hand, from <see cref="NaiveListing"/> alone.</param>
internal sealed record SearchCase(string Query, Func<NaiveListing, bool> Holds, bool LeadsOnly = true)
{
    public SearchQuery Parsed => SearchCases.Parser.Parse(Query, LeadsOnly);

    /// <summary>The documents that answer, in the order of results.</summary>
    public IReadOnlyList<IndexDocument> Expected(IReadOnlyList<NaiveListing> listings) =>
    [
        .. listings.Where(listing => (listing.IsLead || !LeadsOnly) && Holds(listing)).Select(listing => listing.Document)
            .OrderByDescending(document => document.Decision).ThenByDescending(document => document.Risk).ThenByDescending(document => document.LastSeen)
            .ThenBy(document => document.Id, StringComparer.Ordinal),
    ];
}

internal static class SearchCases
{
    public static readonly QueryParser Parser =
        new(Some.Classifier.Normalizer, Synonyms.Load(Path.Combine(ProgramFiles.DataFolder, "search", "synonyms.yaml"), Some.Classifier.Normalizer));

    private static readonly string[] Low = ["低压电工证", "低压电工操作证", "低压电工作业证", "低压电工上岗证", "低压电工本", "低压操作证", "低压证"];

    private static readonly string[] Passes = ["包过", "保过", "必过", "包通过", "保通过"];

    public static IReadOnlyList<SearchCase> All { get; } =
    [
        // Terms, synonyms, disguises.
        new("", _ => true),
        new("", _ => true, LeadsOnly: false),
        new("包过", listing => listing.HasAny(Passes)),
        new("包过", listing => listing.HasAny(Passes), LeadsOnly: false),
        new("報過", listing => listing.HasAny(Passes)),
        new("包过率", listing => listing.Has("包过率")),
        new("双包过关", listing => listing.Has("双包过关")),
        new("过", listing => listing.Has("过")),
        new("包", listing => listing.Has("包"), LeadsOnly: false),
        new("低压电工证", listing => listing.HasAny(Low)),
        new("低壓證", listing => listing.HasAny(Low)),
        new("低压电工", listing => listing.Has("低压电工")),
        new("低压 电工", listing => listing.Has("低压") && listing.Has("电工")),
        new("电工证在此", listing => listing.Has("电工证在此"), LeadsOnly: false),
        new("免考", listing => listing.HasAny("免考", "免考试", "无需考试", "不用考试", "不考试")),
        new("代考", listing => listing.HasAny("代考", "替考"), LeadsOnly: false),
        new("不存在的词", _ => false),
        new("低压电工证 包过 三天拿证", listing => listing.HasAny(Low) && listing.HasAny(Passes) && listing.Has("三天拿证"), LeadsOnly: false),
        new("末尾包过", listing => listing.Has("末尾包过"), LeadsOnly: false),
        new("課程資料", listing => listing.Has("课程资料"), LeadsOnly: false),
        new("𠮷林", listing => listing.Has("𠮷林"), LeadsOnly: false),
        new("𡃁", listing => listing.Has("𡃁"), LeadsOnly: false),
        new("🔥", listing => listing.Has("🔥")),
        new("😀😀", listing => listing.Has("😀😀")),
        new("シングル", listing => listing.Has("シングル"), LeadsOnly: false),
        new("국어", listing => listing.Has("국어"), LeadsOnly: false),

        // Latin, digits, prefixes.
        new("VIP", listing => listing.Has("vip")),
        new("vi", _ => false, LeadsOnly: false),
        new("vi*", listing => listing.HasPrefix("vi")),
        new("a*", listing => listing.HasPrefix("a"), LeadsOnly: false),
        new("ａ１０*", listing => listing.HasPrefix("a10"), LeadsOnly: false),
        new("a100", listing => listing.Has("a100"), LeadsOnly: false),
        new("会员vi*", listing => listing.HasPrefix("会员vi"), LeadsOnly: false),
        new("微信 vx*", listing => listing.Has("微信") && listing.HasPrefix("vx"), LeadsOnly: false),
        new("100", listing => listing.Has("100"), LeadsOnly: false),
        new("99.9", listing => listing.Has("99.9"), LeadsOnly: false),
        new("9", listing => listing.Has("9"), LeadsOnly: false),
        new("3天", listing => listing.Has("3天"), LeadsOnly: false),
        new("10:30", listing => listing.Has("10:30"), LeadsOnly: false),
        new("привет", listing => listing.Has("привет"), LeadsOnly: false),
        new("شهادة", listing => listing.Has("شهادة"), LeadsOnly: false),
        new("café", listing => listing.Has("café"), LeadsOnly: false),
        new("étude", listing => listing.Has("étude"), LeadsOnly: false),
        new("fine", listing => listing.Has("fine"), LeadsOnly: false),
        new("https://a.example/x", listing => listing.Has("https://a.example/x"), LeadsOnly: false),
        new("c++", listing => listing.Has("c++"), LeadsOnly: false),
        new("a_b-c.d", listing => listing.Has("a_b-c.d"), LeadsOnly: false),
        new("zz*", listing => listing.HasPrefix("zz"), LeadsOnly: false),
        new(new string('z', 90), listing => listing.Has(new string('z', 90)), LeadsOnly: false),
        new(string.Concat(Enumerable.Repeat("电工课程资料", 60)), listing => listing.Has(string.Concat(Enumerable.Repeat("电工课程资料", 60))), LeadsOnly: false),

        // Quoted.
        new("\"报过\"", listing => listing.Quotes("报过"), LeadsOnly: false),
        new("\"包过\"", listing => listing.Quotes("包过"), LeadsOnly: false),
        new("“包 过”", listing => listing.Quotes("包 过"), LeadsOnly: false),
        new("\"低压证\"", listing => listing.Quotes("低压证"), LeadsOnly: false),
        new("\"!\"", listing => listing.Quotes("!"), LeadsOnly: false),
        new("\"！！\"", listing => listing.Quotes("!!"), LeadsOnly: false),
        new("\" - \"", listing => listing.Quotes(" - "), LeadsOnly: false),
        new("\"vi\"", _ => false, LeadsOnly: false),
        new("\"<script>\"", listing => listing.Quotes("<script>"), LeadsOnly: false),
        new("\"'; drop table\"", listing => listing.Quotes("'; drop table"), LeadsOnly: false),
        new("\"x*y\"", listing => listing.Quotes("x*y"), LeadsOnly: false),
        new("\"包过\" 电工", listing => listing.Quotes("包过") && listing.Has("电工")),
        new("\"保证通过 没有闭合", listing => listing.Quotes("保证通过 没有闭合"), LeadsOnly: false),
        new("\"\uE000\"", listing => listing.Quotes("\uFFFD"), LeadsOnly: false),

        // Excluded.
        new("-包过", listing => !listing.HasAny(Passes)),
        new("-包过", listing => !listing.HasAny(Passes), LeadsOnly: false),
        new("-\"报过\"", listing => !listing.Quotes("报过"), LeadsOnly: false),
        new("-vi*", listing => !listing.HasPrefix("vi"), LeadsOnly: false),
        new("电工 -低压 -过", listing => listing.Has("电工") && !listing.Has("低压") && !listing.Has("过"), LeadsOnly: false),
        new("-type:guarantee", listing => !listing.Is("guarantee")),
        new("-platform:闲鱼,淘宝", listing => listing.Document.Platform is not ("闲鱼" or "淘宝")),
        new("-price:100..300", listing => listing.Document.Price is not (>= 100 and <= 300), LeadsOnly: false),
        new("包过 -type:guarantee -region:广东", listing => listing.HasAny(Passes) && !listing.Is("guarantee") && listing.Document.Region != "广东", LeadsOnly: false),

        // Filters.
        new("type:guarantee", listing => listing.Is("guarantee")),
        new("type:guarantee,exam-bypass", listing => listing.Is("guarantee") || listing.Is("exam-bypass")),
        new("type:guarantee type:exam-bypass", listing => listing.Is("guarantee") && listing.Is("exam-bypass"), LeadsOnly: false),
        new("type:superlative", _ => false, LeadsOnly: false),
        new("platform:闲鱼", listing => listing.Document.Platform == "闲鱼"),
        new("platform:\"Some Market\"", listing => listing.Document.Platform == "Some Market", LeadsOnly: false),
        new("platform:\"some market\"", _ => false, LeadsOnly: false),
        new("platform:a=b", listing => listing.Document.Platform == "a=b", LeadsOnly: false),
        new("item:低压电工证", listing => listing.Document.Items.Contains("低压电工证")),
        new("seller:\"Shop A\"", listing => listing.Document.Seller == "Shop A", LeadsOnly: false),
        new("seller:\"带 空格 的店\",某培训店", listing => listing.Document.Seller is "带 空格 的店" or "某培训店", LeadsOnly: false),
        new("contact:vx1", listing => listing.Document.Contacts.Any(contact => contact.Value == "vx1"), LeadsOnly: false),
        new("contact:13800000000", listing => listing.Document.Contacts.Any(contact => contact.Value == "13800000000")),
        new("region:广东,上海", listing => listing.Document.Region is "广东" or "上海"),
        new("state:confirmed", listing => listing.Document.State == "confirmed"),
        new("state:new decision:review", listing => listing.Document.State == "new" && listing.Document.Decision == Decision.Review),
        new("decision:clear", listing => listing.Document.Decision == Decision.Clear),
        new("decision:clear", listing => listing.Document.Decision == Decision.Clear, LeadsOnly: false),
        new("price:100..300", listing => listing.Document.Price is >= 100 and <= 300),
        new("price:100", listing => listing.Document.Price == 100, LeadsOnly: false),
        new("price:..50", listing => listing.Document.Price <= 50, LeadsOnly: false),
        new("risk:0.8..", listing => listing.Document.Risk >= 0.8),
        new("risk:0..0.2 price:0..", listing => listing.Document.Risk is >= 0 and <= 0.2 && listing.Document.Price >= 0, LeadsOnly: false),
        new("first_seen:2026-11-01..2026-11-10", listing => IsWithin(listing, "2026-11-01", "2026-11-10")),
        new("first_seen:2026-11-05", listing => Day(listing) == "2026-11-05", LeadsOnly: false),
        new("-first_seen:2026-11-05..", listing => !IsWithin(listing, "2026-11-05", "9"), LeadsOnly: false),
        new(
            "包过 type:guarantee price:50.. risk:0.4.. first_seen:2026-10-20.. -state:rejected",
            listing => listing.HasAny(Passes) && listing.Is("guarantee") && listing.Document.Price >= 50 && listing.Document.Risk >= 0.4
                && IsWithin(listing, "2026-10-20", "9") && listing.Document.State != "rejected"),
    ];

    /// <summary>The day of <c>first_seen</c> in Asia/Shanghai, which is eight hours ahead all year.</summary>
    public static string Day(NaiveListing listing) =>
        listing.Document.FirstSeen.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsWithin(NaiveListing listing, string first, string last) =>
        string.CompareOrdinal(Day(listing), first) >= 0 && string.CompareOrdinal(Day(listing), last) <= 0;
}
