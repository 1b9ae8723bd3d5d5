using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

/// <summary>Listings written for searching: every way of writing that queries must get right, in every decision and state, many equal in rank.</summary>
internal static class SearchCorpus
{
    private static readonly string[] Openings =
    [
        "低压电工证", "高压电工证", "低壓電工證", "低压电工操作证", "低压证", "焊工证", "电 工 证", "特种作业操作证", "電焊證", "登高证", "", "VIP课程", "vip会员", "ＶＩＰ专享", "𠮷林考证", "🔥电工", "安全员C证",
        "シングル", "한국어 강좌", "Привет мир", "شهادة كهربائي", "Zertifikat", "café 会员", "二手教材", "工具箱", "\u202E低压电工证\u202C", "考\u200B证", "𡃁仔考牌",
    ];

    private static readonly string[] Promises =
    [
        "包过", "报过", "保过", "包 过", "包·过", "包✨过", "bao过", "BG", "双包过关", "保證通過", "100%通过", "不过退款", "三天拿证", "3天拿证", "免考", "无需到场", "随到随学", "我报过名了", "包过率99.9%", "过", "包", "必 過", "包\r\n过", "替考",
        "不包过，不承诺", "速成", "sù成", "考试大纲", "课程包，过期不退", "通過率 98 ％",
    ];

    private static readonly string[] Endings =
    [
        "", "!", "！！！", "，加微信 vx138", "（官方）", " - 名额有限", "😀😀", "👨‍👩‍👧 家庭价", "A100", "a1000", "10:30开课", "https://a.example/x?id=1", "“引号”里", "[特价]", "C++", "£380", "￥380", "①②③", "㈱", "\u0000尾", "e\u0301tude", "ﬁne", "٣٤٥",
        "\uD83D断", "<script>alert(1)</script>", "a_b-c.d", "'; DROP TABLE", "100% \"真\"", "x*y", "\uE000私用",
    ];

    private static readonly string?[] Platforms = ["闲鱼", "淘宝", "拼多多", "京东", null, "Some Market", "a=b"];

    private static readonly string?[] Regions = ["广东", "河南", "上海", null];

    private static readonly string?[] Sellers = ["某培训店", "Shop A", "shop a", "带 空格 的店", null, "店\"引号\""];

    private static readonly string[] Types = ["guarantee", "exam-bypass", "fake-certificate", "restricted-item"];

    private static readonly string[] Certificates = ["低压电工证", "高压电工证", "焊工证"];

    /// <summary>In no order.</summary>
    public static IReadOnlyList<IndexDocument> Documents { get; } = Build();

    /// <summary>A document that a test says more about.</summary>
    public static IndexDocument Document(string id, string? title, string? text = null, long version = 1)
    {
        var normalizer = Some.Classifier.Normalizer;
        return new IndexDocument
        {
            Id = id,
            Version = version,
            Kind = "listing",
            Source = "test",
            Decision = Decision.Flag,
            State = "new",
            Risk = 0.5,
            RulesVersion = "rules",
            FirstSeen = Some.Noon,
            LastSeen = Some.Noon,
            Title = title,
            Text = text,
            Grams = Grams.Of(normalizer, title is null ? null : normalizer.Normalize(title), text is null ? null : normalizer.Normalize(text)),
        };
    }

    private static IndexDocument[] Build()
    {
        var random = new Random(20261126);
        var documents = new List<IndexDocument>();

        for (var number = 0; number < 700; number++)
        {
            var opening = Openings[number % Openings.Length];
            var promise = Promises[((number * 7) + (number / 30)) % Promises.Length];
            var ending = Endings[number * 11 % Endings.Length];
            var other = Promises[random.Next(Promises.Length)];
            documents.Add(Dress(random, number, (number % 5) switch
            {
                0 => (opening + promise + ending, null),
                1 => (opening, promise + ending),
                2 => (null, opening + ending + promise + "。" + other),
                3 => (opening + " " + promise, other + ending + Openings[random.Next(Openings.Length)]),
                _ => (opening + ending, string.Concat(Enumerable.Repeat(other + "，", number % 7)) + promise),
            }));
        }

        documents.Add(Dress(random, 700, (null, null)));
        documents.Add(Dress(random, 701, ("", "")));
        documents.Add(Dress(random, 702, ("很长的一篇", string.Concat(Enumerable.Range(0, 4000).Select(place => place % 2 == 0 ? "电工" : "课程资料")) + "末尾包过")));
        documents.Add(Dress(random, 703, (new string('z', 90), "VIP" + new string('9', 60))));
        documents.Add(Dress(random, 704, ("低压电工", "证在此")));
        documents.Add(Dress(random, 705, ("黑卡会员VIP2年", null)));
        return [.. documents.OrderBy(_ => random.Next())];
    }

    private static IndexDocument Dress(Random random, int number, (string? Title, string? Text) wording)
    {
        // Few distinct ranks, so that ties are broken by id; ids rise in another order than the documents come.
        var id = (number * 7919L % 100_003 * 0x1234567).ToString("x20", CultureInfo.InvariantCulture);
        var decision = (Decision)random.Next(3);
        var firstSeen = Some.Noon.AddHours(-random.Next(24 * 40));
        return Document(id, wording.Title, wording.Text, version: number + 1) with
        {
            Platform = Pick(random, Platforms),
            ItemId = number.ToString(CultureInfo.InvariantCulture),
            Region = Pick(random, Regions),
            Seller = Pick(random, Sellers),
            Price = random.Next(5) == 0 ? null : random.Next(12) * 50 + (random.Next(2) * 0.5),
            Currency = "CNY",
            Items = [.. Certificates.Where(_ => random.Next(3) == 0)],
            Decision = decision,
            State = decision == Decision.Clear && random.Next(2) == 0 ? null : Pick(random, ["new", "new", "confirmed", "rejected"]),
            Risk = random.Next(6) / 5.0,
            FirstSeen = firstSeen,
            LastSeen = firstSeen.AddDays(random.Next(3)),
            Findings = [.. Types.Where(_ => random.Next(3) == 0).Select(type => new IndexedFinding(type, type + ".some", 0.9, ["rule"], null, null, "中华人民共和国广告法", "24"))],
            Contacts = random.Next(3) == 0 ? [new IndexedContact("wechat", "vx" + (number % 3).ToString(CultureInfo.InvariantCulture)), new IndexedContact("phone", "13800000000")] : [],
        };
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
