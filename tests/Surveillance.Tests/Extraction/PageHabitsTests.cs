namespace Surveillance.Tests.Extraction;

/// <summary>Who speaks on a page about one thing, where large sites' habits misled once; each in its smallest form and in words of our own.</summary>
public sealed class PageHabitsTests
{
    private const string Article = "https://www.example.com/article/20261101.html";
    private const string Prose = "<p>报名须本人到场，携带身份证原件和体检表，培训学时不少于八十学时，缺课的不安排考试。</p><p>理论考试用计算机作答，实操考试在本校场地进行，成绩在十五个工作日内公布，合格的统一领证。</p>";

    [Theory]
    [InlineData("教务处")]
    [InlineData("继续教育学院培训部")]
    [InlineData("招生办公室")]
    public void An_office_speaks_for_the_school_that_the_title_names(string office) =>
        Assert.Equal("临水职业技术学院", Seller($"<title>关于电工取证班报名的通知-临水职业技术学院</title><h1>关于电工取证班报名的通知</h1><div class='info'>发布者：{office} 时间：2026-11-01</div>{Prose}"));

    [Theory]
    [InlineData("关于电工取证班报名的通知", "教务处")]
    [InlineData("关于电工取证班报名的通知-临水职业技术学院", "周老师")]
    public void Whoever_is_no_office_of_a_named_school_speaks_for_himself(string title, string publisher) =>
        Assert.Equal(publisher, Seller($"<title>{title}</title><h1>关于电工取证班报名的通知</h1><div class='info'>发布者：{publisher} 时间：2026-11-01</div>{Prose}"));

    [Fact]
    public void A_page_that_states_its_author_is_a_text_of_its_own()
    {
        const string Stated = """{"@context":"https://schema.org","@type":"WebPage","name":"电工取证要走哪几步","author":{"@type":"Person","name":"老钟讲电"},"publisher":{"@type":"Organization","name":"某某百科站"}}""";

        var listing = Assert.Single(PageFixture.ReadText($"<title>电工取证要走哪几步_某某百科站</title><script type='application/ld+json'>{Stated}</script><h1>电工取证要走哪几步</h1>{Prose}", Article).Listings);

        Assert.Equal(("电工取证要走哪几步", "老钟讲电"), (listing.Title, listing.Seller));
    }

    [Fact]
    public void Authors_of_comments_are_not_the_page_s()
    {
        var comments = string.Concat(((string[])["过路的焊工", "夜班老李", "想考证的人"]).Select((author, i) => $"<div class='comment'><a class='author' href='/u/{i}'>{author}</a><p>谢谢说明，正好要报名{i}</p></div>"));

        Assert.Equal("临水人社发布", Seller($"<title>电工取证要走哪几步</title><h1>电工取证要走哪几步</h1><div class='source'>来源：临水人社发布</div>{Prose}<div class='comments'>{comments}</div>"));
    }

    [Fact]
    public void An_account_comes_before_a_byline() =>
        Assert.Equal("临水安全夜校", Seller($"<title>电工取证要走哪几步</title><h1>电工取证要走哪几步</h1><div class='meta'><span class='author'>小钟</span><span class='nickname'>临水安全夜校</span><span>2026-11-01</span></div>{Prose}"));

    private static string? Seller(string page) => Assert.Single(PageFixture.ReadText(page, Article).Listings).Seller;
}
