using Surveillance.Classifier;
using Surveillance.Tests.Rules;

namespace Surveillance.Tests.Classification;

public sealed class CounterEvidenceTests
{
    private static readonly DateOnly Day = new(2026, 11, 25);

    [Theory]
    [InlineData("本校不包过，凭实力考试，欢迎报名")]
    [InlineData("我们绝不承诺保过，欢迎报名培训")]
    [InlineData("凡是说电工证包过的都是骗子，报名请到正规学校")]
    [InlineData("电工证包过吗，想报名的问一下")]
    [InlineData("请问有没有电工证包过的培训")]
    [InlineData("严禁培训机构承诺包过，违者处罚")]
    [InlineData("记者调查发现，某培训机构宣称电工证包过")]
    [InlineData("警方捣毁一个办证刻章窝点，抓获嫌疑人三名")]
    [InlineData("某机构以“免考拿证”为噱头招生，被市场监管部门查处")]
    [InlineData("第二十四条 教育、培训广告不得含有保证拿证的内容")]
    [InlineData("焊工考试报名，谢绝代考")]
    [InlineData("电工证到期了去哪复审，请问要学习几天")]
    [InlineData("【公告】违纪人员：替考两人，成绩无效")]
    [InlineData("特此公告：严厉打击代考、包过行为，举报电话见官网")]
    public void Clears(string text) => Assert.Equal(Decision.Clear, Classify(text).Decision);

    [Theory]
    [InlineData("denial", "本店不包过。低压电工证500 高压电工证600 焊工证700，要的联系")]
    [InlineData("quotation", "推出“保过班”，电工证报名加微信")]
    [InlineData("prohibition", "严禁同行抄袭，电工证包过，报名加微信")]
    [InlineData("report", "看了新闻别慌，我们电工证包过，报名加微信")]
    public void Is_named_where_it_only_lowers_the_score(string kind, string text)
    {
        var plain = Classify("电工证包过，报名加微信").Findings[0].Score;
        var finding = Classify(text).Findings.First(found => found.Type == "guarantee");
        var against = finding.Against.First(evidence => evidence.Kind == kind);

        Assert.NotEmpty(against.Spans);
        Assert.All(against.Spans, span => Assert.Equal(span.Text, text[span.Start..span.End]));
        Assert.True(finding.Rule == "guarantee.pass-class" || finding.Score < plain);
    }

    [Fact]
    public void A_denial_used_as_cover_leaves_the_listing_for_review() =>
        Assert.Equal(Decision.Review, Classify("本店不包过。低压电工证500 高压电工证600 焊工证700，要的联系").Decision);

    [Fact]
    public void Only_the_denied_promise_is_weakened()
    {
        var assessment = Classify("不包过，但是考不过全额退款，电工证报名加微信");

        Assert.Equal(Decision.Flag, assessment.Decision);
        Assert.Equal("guarantee.refund", assessment.Findings[0].Rule);
    }

    [Fact]
    public void A_school_that_also_hires_is_still_a_seller() =>
        Assert.Equal(Decision.Flag, Classify("驾校招聘教练，另招生报名包过班，电话见主页").Decision);

    private static Assessment Classify(string text) => RepositoryData.Classifier.Classify(new Listing { Text = text }, Day);
}
