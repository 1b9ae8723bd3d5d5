using System.Globalization;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Tests.Rules;

namespace Surveillance.Tests.Classification;

public sealed class TextClassifierTests
{
    private static readonly DateOnly Day = new(2026, 11, 25);

    [Theory]
    [InlineData("guarantee", "低压电工证包过，报名加微信")]
    [InlineData("guarantee", "考不过全额退款，会计班报名热线")]
    [InlineData("insider", "内部名额，考官押题，二建培训报名")]
    [InlineData("endorsement", "学员亲述取证经过，报名咨询")]
    [InlineData("state-organ", "应急管理局直属报名点，电工证加微信")]
    [InlineData("superlative", "全国最权威的电工培训学校，报名优惠")]
    [InlineData("exam-bypass", "焊工证无需到场，找人代考，联系我")]
    [InlineData("fake-certificate", "专业办证刻章，各类毕业证，货到付款")]
    [InlineData("false-claim", "高处作业证终身有效，报名加我")]
    public void Flags(string type, string text)
    {
        var assessment = Classify(text);

        Assert.Equal(Decision.Flag, assessment.Decision);
        Assert.Contains(assessment.Findings, finding => finding.Type == type);
    }

    [Theory]
    [InlineData("这款平底锅是全国最佳厨具，欢迎下单")]
    [InlineData("绝缘手套、电工工具套装，包邮，欢迎咨询")]
    [InlineData("低压电工证保护卡套，皮质证件套，一口价")]
    [InlineData("证券从业资格考试报名时间公布，请关注")]
    [InlineData("空调包过滤网清洗，欢迎来电")]
    [InlineData("招聘电工两名，须持低压电工证，月薪六千，五险一金")]
    [InlineData("判断题：电工作业人员须持证上岗，不得找人代考。（ ）")]
    [InlineData("低压电工培训班开课，学费八百元，考试由应急管理局组织，欢迎报名")]
    [InlineData("特种作业操作证有效期六年，每三年复审一次，报名请咨询")]
    [InlineData("驾校报名，一人一车，随到随学，学费三千元")]
    [InlineData("")]
    [InlineData("The quick brown fox jumps over the lazy dog")]
    public void Leaves_alone(string text) => Assert.Equal(Decision.Clear, Classify(text).Decision);

    [Fact]
    public void Leaves_broken_text_alone() => Assert.Equal(Decision.Clear, Classify("\0\u0001\uD800包\uDC00").Decision);

    [Fact]
    public void A_regulators_own_page_is_no_offer()
    {
        var listing = new Listing { Title = "低压电工证包过、免考拿证的都是骗局，报名请认准机构", Url = "https://yjglj.example.gov.cn/a.html", Kind = ListingKind.Page };

        Assert.Equal(Decision.Clear, RepositoryData.Classifier.Classify(listing, Day).Decision);
        Assert.Equal(Decision.Clear, RepositoryData.Classifier.Classify(new Listing { Text = "考电工证包过，加微信", Publisher = "yjglj.example.gov.cn" }, Day).Decision);
    }

    [Theory]
    [InlineData("闲鱼", "低压电工证报名", true)]
    [InlineData("淘宝", "高压电工证代办复审", true)]
    [InlineData("某培训学校", "低压电工证报名", false)]
    [InlineData(null, "低压电工证报名", false)]
    [InlineData("闲鱼", "低压电工证题库视频课程", false)]
    [InlineData("闲鱼", "招聘低压电工证电工，月薪六千", false)]
    [InlineData("闲鱼", "焊工证报名", false)]
    public void Restricted_items_are_a_matter_of_marketplaces(string? platform, string title, bool found)
    {
        var assessment = RepositoryData.Classifier.Classify(new Listing { Title = title, Platform = platform }, Day);

        Assert.Equal(found, assessment.Findings.Any(finding => finding.Type == "restricted-item"));
        Assert.Equal(found ? Decision.Flag : Decision.Clear, assessment.Decision);
    }

    [Theory]
    [InlineData("https://h5.m.goofish.com/item?id=1", true)]
    [InlineData("https://goofish.com.example.com/item", false)]
    [InlineData("not an address", false)]
    public void A_marketplace_is_known_by_its_host(string url, bool found) =>
        Assert.Equal(found, RepositoryData.Classifier.Classify(new Listing { Title = "低压电工证报名", Url = url }, Day).Decision == Decision.Flag);

    [Theory]
    [InlineData("https://cx.mem.gov.cn/", false)]
    [InlineData("http://cx-mem-gov.example.com/", true)]
    [InlineData("https://政务.example.com/", false)]
    public void A_look_up_outside_the_official_hosts_is_a_fake_one(string url, bool found)
    {
        var listing = new Listing { Title = "特种作业操作证查询", Text = "证书编号", Url = url, Kind = ListingKind.Page };

        Assert.Equal(found, RepositoryData.Classifier.Classify(listing, Day).Findings.Any(finding => finding.Type == "fake-gov-site"));
    }

    [Fact]
    public void Spans_stand_in_the_original_text()
    {
        const string Title = "Ⅱ类电工证\u200b包过！";
        const string Text = "ＡＢＣ学校报名，考不过全额退款";
        var finding = Assert.Single(RepositoryData.Classifier.Classify(new Listing { Title = Title, Text = Text }, Day).Findings, found => found.Type == "guarantee");

        Assert.Equal(["title", "text"], finding.Spans.Select(span => span.Field));
        Assert.Equal("包过", finding.Spans[0].Text.Trim('\u200b'));
        Assert.Equal("考不过全额退款", finding.Spans[1].Text);
        Assert.All(finding.Spans, span => Assert.Equal(span.Text, (span.Field == "title" ? Title : Text)[span.Start..span.End]));
    }

    [Fact]
    public void Rules_that_read_the_same_words_prove_it_once()
    {
        var finding = Classify("电工证包过，报名加微信").Findings[0];

        Assert.True(finding.Rules.Length > 1);
        Assert.Equal(RepositoryData.Classifier.Rules.First(rule => rule.Id == finding.Rule).Score, finding.Score);
    }

    [Fact]
    public void A_finding_names_its_rules_strongest_first_and_its_law()
    {
        var finding = Classify("电工证包过，考不过全额退款，报名加微信").Findings[0];

        Assert.Equal("guarantee", finding.Type);
        Assert.Equal("guarantee.pass", finding.Rule);
        Assert.Equal(["guarantee.pass", "guarantee.refund"], finding.Rules.Take(2));
        Assert.Equal(["rule"], finding.Sources);
        var basis = Assert.Single(finding.Basis);
        Assert.Equal(("中华人民共和国广告法", "24", 1, 1, "verified"), (basis.Law, basis.Article, basis.Paragraph, basis.Item, basis.Status));
        Assert.Equal(new CitedPenalty("58", 1, 6), basis.Penalty);
        Assert.True(finding.Score is > 0.93 and <= 0.99);
        Assert.Equal(Math.Round(finding.Score, 4), finding.Score);
    }

    [Theory]
    [InlineData("2025-12-31", "52", "2026-01-01")]
    [InlineData("2026-01-01", "63", null)]
    public void The_listings_own_day_decides_the_law(string observed, string article, string? later)
    {
        var listing = new Listing { Text = "办证刻章，电话联系", Observed = DateOnly.Parse(observed, CultureInfo.InvariantCulture) };
        var assessment = RepositoryData.Classifier.Classify(listing, Day);
        var cited = assessment.Findings[0].Basis.Single(basis => basis.Law == "中华人民共和国治安管理处罚法");

        Assert.Equal(DateOnly.Parse(observed, CultureInfo.InvariantCulture), assessment.On);
        Assert.Equal((article, later), (cited.Article, cited.Later?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("低压电工证 高压电工证", "低压电工证|高压电工证")]
    [InlineData("高低压电工证", "低压电工证|高压电工证")]
    [InlineData("电工低压操作证、焊工操作证", "低压电工证|焊工证")]
    [InlineData("登高证 制冷与空调作业证", "高处作业证|制冷证")]
    [InlineData("电工证", "电工证")]
    [InlineData("高压锅", "")]
    public void Names_the_certificates(string text, string items) => Assert.Equal(items, string.Join('|', Classify(text).Items));

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        var listing = new Listing { Id = "1", Title = "电工证包过，全国第一", Text = "学员亲述三天拿证，内部名额，应急管理局直属报名点，加微信13800000000" };
        var first = Json(listing);

        Assert.All(Enumerable.Range(0, 20).AsParallel().Select(_ => Json(listing)), again => Assert.Equal(first, again));
        Assert.Equal(first, JsonSerializer.Serialize(TextClassifier.Load(RepositoryData.Folder).Classify(listing, Day), ContractJson.Options));
    }

    [Fact]
    public void A_megabyte_of_promises_gets_an_answer()
    {
        var assessment = Classify("电工证报名 " + string.Concat(Enumerable.Repeat("包过不过退款98%", 100_000)));

        Assert.Equal(Decision.Flag, assessment.Decision);
        Assert.All(assessment.Findings, finding => Assert.True(finding.Spans.Length < 2_000));
    }

    private static string Json(Listing listing) => JsonSerializer.Serialize(RepositoryData.Classifier.Classify(listing, Day), ContractJson.Options);

    private static Assessment Classify(string text) => RepositoryData.Classifier.Classify(new Listing { Text = text }, Day);
}
