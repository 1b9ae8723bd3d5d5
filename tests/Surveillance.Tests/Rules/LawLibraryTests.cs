using System.Globalization;
using Surveillance.Classifier.Laws;

namespace Surveillance.Tests.Rules;

public sealed class LawLibraryTests
{
    private static readonly LawLibrary Laws = LawLibrary.Load(Path.Combine(RepositoryData.Folder, "laws"));

    [Theory]
    [InlineData("广告法", "24", 1, 1, "2021-04-29", "2021-04-29", "verified", null)]
    [InlineData("广告法", "24", 1, 1, "2021-04-28", null, "待核", "2021-04-29")]
    [InlineData("广告法", "24", 1, 4, "2026-01-01", "2021-04-29", "待核", null)]
    [InlineData("广告法", "24", 2, null, "2026-01-01", "2021-04-29", "待核", null)]
    [InlineData("广告法", "99", null, null, "2026-01-01", "2021-04-29", "待核", null)]
    [InlineData("反不正当竞争法", "8", 1, null, "2025-10-14", "2019-04-23", "verified", "2025-10-15")]
    [InlineData("反不正当竞争法", "9", 1, null, "2025-10-15", "2025-10-15", "verified", null)]
    [InlineData("治安管理处罚法", "52", 1, 1, "2025-12-31", "2013-01-01", "verified", "2026-01-01")]
    [InlineData("治安管理处罚法", "63", 1, 1, "2026-01-01", "2026-01-01", "verified", null)]
    [InlineData("治安管理处罚法", "62", 3, null, "2026-01-01", "2026-01-01", "verified", null)]
    [InlineData("刑法", "284之一", 4, null, "2026-01-01", "2024-03-01", "verified", null)]
    [InlineData("刑法", "280", 1, null, "2024-02-29", null, "待核", "2024-03-01")]
    public void Cites_by_the_law_of_the_day(string law, string article, int? paragraph, int? item, string day, string? effective, string status, string? later)
    {
        var cited = Laws.Cite(new LegalBasis("中华人民共和国" + law, article, paragraph, item), null, DateOnly.Parse(day, CultureInfo.InvariantCulture));

        Assert.Equal((effective, status, later), (Day(cited.Effective), cited.Status, Day(cited.Later)));
    }

    [Theory]
    [InlineData("网络交易监督管理办法", "29", "2022-01-01", "2021-05-01", "verified")]
    [InlineData("网络交易监督管理办法", "18", "2022-01-01", null, "待核")]
    [InlineData("网络交易监督管理办法", "18", "2025-05-01", "2025-05-01", "verified")]
    [InlineData("市场监督管理投诉举报处理暂行办法", "3", "2022-06-01", "2022-05-01", "待核")]
    [InlineData("市场监督管理投诉举报处理暂行办法", "3", "2026-04-14", "2022-11-01", "verified")]
    [InlineData("市场监督管理投诉举报处理暂行办法", "3", "2026-04-15", null, "待核")]
    [InlineData("市场监督管理投诉举报处理办法", "3", "2026-04-15", "2026-04-15", "verified")]
    [InlineData("广告绝对化用语执法指南", "11", "2024-01-01", "2023-02-25", "verified")]
    [InlineData("国市监稽发〔2024〕25号", "二", "2024-08-01", null, "待核")]
    [InlineData("没有这部法", "1", "2024-08-01", null, "待核")]
    public void Cites_regulations_and_guides(string law, string article, string day, string? effective, string status)
    {
        var cited = Laws.Cite(new LegalBasis(law, article), null, DateOnly.Parse(day, CultureInfo.InvariantCulture));

        Assert.Equal((effective, status), (Day(cited.Effective), cited.Status));
    }

    [Theory]
    [InlineData("2025-10-14", "8", "20", "2025-10-15")]
    [InlineData("2025-10-15", "9", "25", null)]
    [InlineData("2018-01-01", "8", "20", "2019-04-23")]
    public void A_conduct_follows_its_article_to_a_new_number(string day, string article, string penalty, string? later)
    {
        var cited = Laws.CiteConduct("false-promotion", DateOnly.Parse(day, CultureInfo.InvariantCulture)).Single(basis => basis.Law == "中华人民共和国反不正当竞争法");

        Assert.Equal((article, penalty, later), (cited.Article, cited.Penalty!.Article, Day(cited.Later)));
        Assert.Equal(day == "2018-01-01" ? LawLibrary.Unverified : LawLibrary.Verified, cited.Status);
    }

    [Fact]
    public void Every_conduct_cites_passages_that_stand_in_the_loaded_texts()
    {
        DateOnly[] days = [new(2025, 10, 14), new(2025, 12, 31), new(2026, 11, 25)];
        var cited = days.SelectMany(day => Laws.Conducts.SelectMany(conduct => Laws.CiteConduct(conduct.Id, day))).ToList();

        Assert.NotEmpty(cited);
        Assert.All(
            cited.Where(basis => basis.Law != "国市监稽发〔2024〕25号"),
            basis => Assert.True(basis.Status == LawLibrary.Verified, $"{basis.Law} {basis.Article} {basis.Paragraph} {basis.Item} {basis.Effective}"));
    }

    [Fact]
    public void Loads_every_instrument_of_the_table() => Assert.Equal(25, Laws.Titles.Count());

    [Fact]
    public void Every_version_has_as_many_articles_as_its_last_number_says()
    {
        Assert.All(
            Laws.Instruments.SelectMany(law => law.Versions.Select(version => (law.Title, version))).Where(pair => pair.Title != "中华人民共和国刑法"),
            pair => Assert.True(Enumerable.Range(1, pair.version.Text.Count).All(article => pair.version.Text.Passage($"{article}", null, null) is not null), pair.Title));
    }

    [Fact]
    public void Reads_a_passage_by_paragraph_and_item()
    {
        var day = new DateOnly(2026, 1, 1);

        Assert.Contains("保证性承诺", Laws.Passage(new LegalBasis("中华人民共和国广告法", "24", 1, 1), day)!, StringComparison.Ordinal);
        Assert.DoesNotContain("保证性承诺", Laws.Passage(new LegalBasis("中华人民共和国广告法", "24", 1, 2), day)!, StringComparison.Ordinal);
        Assert.Null(Laws.Passage(new LegalBasis("中华人民共和国广告法", "24", null, 1), day));
    }

    [Theory]
    [InlineData("中华人民共和国广告法", "广告法")]
    [InlineData("互联网广告管理办法", "互联网广告管理办法")]
    [InlineData("没有这部法", "没有这部法")]
    public void Calls_a_law_as_officers_do(string title, string expected) => Assert.Equal(expected, Laws.ShortTitle(title));

    [Theory]
    [InlineData("十", 10)]
    [InlineData("十一", 11)]
    [InlineData("二百八十四", 284)]
    [InlineData("一百零二", 102)]
    [InlineData("五百〇二", 502)]
    [InlineData("甲", null)]
    [InlineData("", null)]
    public void Reads_numerals(string numeral, int? value) => Assert.Equal(value, ChineseNumeral.Read(numeral));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
