using System.Collections.Immutable;
using Surveillance.Api.Leads;
using Surveillance.Classifier;
using Surveillance.Tests.Leads;

namespace Surveillance.Tests.Pages;

/// <summary>Invented listings as an officer meets them on a busy morning: plain, disguised, honest and hostile ones.</summary>
internal static class BusyDay
{
    private static readonly string[] Sellers = ["宏达技能培训", "安证通咨询", "小刘证件", "电工之家", "启航教育", "匿名卖家"];
    private static readonly string[] Places = ["山东泰安", "河南郑州", "广东东莞", "江苏徐州"];

    public const string HostileTitle = "<script>document.title='x'</script><b>低压电工证</b> 包\u202E过";

    private static readonly (string Platform, string Item, decimal? Price, string Title, string Text, string Marks)[] Offers =
    [
        ("闲鱼", "低压电工证", 380, "低压电工证 报过 不过全额退款", "正规报名渠道，零基础也能考。\n包 过协议，三天拿证，全国通用，联网可查。\n需要的加薇❤ dgz_test01，备注电工。",
            "guarantee:0.98:报过=包过/homophone,不过全额退款,包 过=包过/separator,三天拿证 restricted-item:0.95:低压电工证"),
        ("淘宝", "高压电工证", 1280, "高压电工证代考 全程无需本人到场", "我们有专人替考，考试当天不用请假。身份证照片发来即可办理。", "exam-bypass:0.97:代考,无需本人到场,替考 restricted-item:0.93:高压电工证"),
        ("转转", "低压电工证", 260, "现货操作证 芯片防伪 当天出证", "低压电工 焊工 高空 均可制作，与真证一模一样，系统可查。", "fake-certificate:0.99:现货操作证,与真证一模一样"),
        ("百度推广", "特种作业操作证", null, "应急管理局直属报名中心 官方指定报名点", "应急管理局授权，全国第一，最权威的特种作业培训平台。点击进入官方查询。", "state-organ:0.96:应急管理局直属,官方指定报名点 superlative:0.91:全国第一,最权威"),
        ("拼多多", "低压电工证", 199, "电工证复审换证 终身有效 无需复审", "办一次管一辈子，永久有效。", "false-claim:0.94:终身有效,无需复审,永久有效 restricted-item:0.82:电工证复审换证"),
        ("闲鱼", "高压电工证", 860, "高压电工证 内部名额 考官押题", "考试机构内部名额有限，考官亲自押题，原题已到。学员亲述：三天就过了！", "insider:0.97:内部名额,考官押题,原题已到 endorsement:0.78:学员亲述"),
        ("抖音小店", "低压电工证", 499, "低压电工证报名｜线上课程+考试安排", "含教材与线上课程，代报名，考试按当地安排。", "restricted-item:0.74:低压电工证报名,代报名"),
        ("58同城", "焊工证", 320, "焊工证电工证 速成班 一周包拿证", "周末班、晚班都有，包教包会。", "guarantee:0.88:一周包拿证,速成班"),
        ("微店", "低压电工证", 150, "言正件代办 低压高压都能做", "言正件齐全，支持查验，微信聊。", "fake-certificate:0.83:言正件=证件/split-character restricted-item:0.71:代办"),
        ("小红书", "低压电工证", null, "千万别信电工证包过！我被骗了2000块", "亲身经历：说好包过，交了钱人就没了。大家一定要走正规培训考试。", "guarantee:0.46:包过!denial=被骗了"),
        ("闲鱼", "高处作业证", 300, "登高证 高处作业 免培训直接考", "不用培训，不用打卡学时，直接安排考试。", "exam-bypass:0.93:免培训,不用打卡学时"),
        ("淘宝", "高压电工证", 680, "高压电工 BG 班 一次性通过率100%", "BG 协议班，通过率100%，签合同。", "guarantee:0.95:BG=包过/pinyin,通过率100%"),
        ("闲鱼", "低压电工证", 420, HostileTitle, "正文也带 <img src=x onerror=alert(1)> 标签。", "guarantee:0.9:低压电工证"),
    ];

    /// <summary>Files them all, some decided on.</summary>
    public static async Task FillAsync(LeadBook book)
    {
        for (var number = 1; number <= 60; number++)
        {
            Put(book, number, Offers[(number - 1) % Offers.Length]);
            book.Time.Advance(TimeSpan.FromMinutes(37));
        }

        var first = LeadBook.IdOf(1);
        book.Put(1, ListingOf(1, Offers[0]) with { Price = 360, PriceText = "¥360" }, AssessmentOf(ListingOf(1, Offers[0]), Offers[0]), "https://market.example/item/9100000001");
        for (var number = 30; number <= 36; number++)
        {
            await book.DecideAsync(LeadBook.IdOf(number), number % 3 == 0 ? new LeadDecision.Reject("属于新闻、通报或普法内容") : new LeadDecision.Confirm());
        }

        await book.DecideAsync(first, new LeadDecision.Reject("与特种作业证件无关"));
        await book.DecideAsync(first, new LeadDecision.Undo());
    }

    private static void Put(LeadBook book, int number, (string Platform, string Item, decimal? Price, string Title, string Text, string Marks) offer)
    {
        var listing = ListingOf(number, offer);
        var round = (number - 1) / Offers.Length;
        book.Put(number, listing, Weaker(AssessmentOf(listing, offer), 0.02 * round), $"https://market.example/item/{listing.Id}", $"{(offer.Platform == "百度推广" ? "baidu" : "market")}-search");
    }

    // The same offer again, less sure each time, so that the list is not five equal rows after another.
    private static Assessment Weaker(Assessment assessment, double by) => assessment with
    {
        Risk = Math.Round(assessment.Risk - by, 4),
        Findings = [.. assessment.Findings.Select(finding => finding with { Score = Math.Round(finding.Score - by, 4) })],
    };

    private static Listing ListingOf(int number, (string Platform, string Item, decimal? Price, string Title, string Text, string Marks) offer) => new()
    {
        Id = $"91{number:d8}",
        Platform = offer.Platform,
        Title = offer.Title,
        Text = offer.Text,
        Price = offer.Price,
        PriceText = offer.Price is { } price ? $"¥{price}" : null,
        Currency = offer.Price is null ? null : "CNY",
        Seller = Sellers[number % Sellers.Length],
        Location = Places[number % Places.Length],
        Url = $"https://market.example/item/91{number:d8}",
        Observed = Some.Day,
    };

    private static Assessment AssessmentOf(Listing listing, (string Platform, string Item, decimal? Price, string Title, string Text, string Marks) offer)
    {
        ImmutableArray<Finding> findings = [.. offer.Marks.Split(' ').Aggregate(new List<string>(), Join).Select(mark => FindingOf(listing, mark))];
        var decision = findings[0].Score >= 0.7 ? Decision.Flag : Decision.Review;
        ImmutableArray<Contact> contacts = listing.Text!.Contains("dgz_test01", StringComparison.Ordinal) ? [new("wechat", "dgz_test01", "text", 0, 0)] : [];
        return new Assessment(listing.Id, decision, findings[0].Score, Some.Day, [offer.Item], findings, contacts, "r1", null);
    }

    // A passage may hold a blank: a word without a type belongs to the one before.
    private static List<string> Join(List<string> marks, string word)
    {
        if (word.Split(':').Length == 3 || marks.Count == 0)
        {
            marks.Add(word);
        }
        else
        {
            marks[^1] += " " + word;
        }

        return marks;
    }

    /// <param name="mark"><c>type:score:passage[=canonical/fold],…[!kind=passage]</c>.</param>
    private static Finding FindingOf(Listing listing, string mark)
    {
        var parts = mark.Split(':', 3);
        var sides = parts[2].Split('!');
        var spans = sides[0].Split(',').Select(passage => passage.Split('=', '/')).Select(passage =>
            passage.Length == 3 ? Some.SpanOf(listing, passage[0], passage[1], passage[2]) : Some.SpanOf(listing, passage[0]));
        var against = sides.Skip(1).Select(side => side.Split('=')).Select(side => new CounterEvidence(side[0], [Some.SpanOf(listing, side[1])]));
        var score = double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return Some.Finding(parts[0], score) with { Spans = [.. spans.OrderByDescending(span => span.Field).ThenBy(span => span.Start)], Against = [.. against] };
    }
}
