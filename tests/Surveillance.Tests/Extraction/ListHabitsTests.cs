using System.Net;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>More habits of large sites' lists that were read wrongly once, each in its smallest form and in words of our own.</summary>
public sealed class ListHabitsTests
{
    [Theory]
    [InlineData("转发 44", "评论(8)", "赞1.2万")]
    [InlineData("收藏", "回复 3", "点赞 999+")]
    public void Buttons_with_counts_are_no_title(string first, string second, string third)
    {
        string[] texts = ["焊机借出去三天，回来线圈糊了", "配电房值夜班真的熬人，求换岗", "新买的万用表量程不准，退了"];
        var posts = string.Concat(texts.Select((text, i) => $"<div class='card'><div class='info'><a href='/u/{i}9001'>师傅{i}号</a></div><p class='txt'>{text}</p><ul><li><a class='title' href='/act/{i}1'>{first}</a></li><li><a class='title' href='/act/{i}2'>{second}</a></li><li><a class='title' href='/act/{i}3'>{third}</a></li></ul></div>"));

        Assert.Equal(texts, PageFixture.ReadText($"<title>搜索</title><div id='feed'>{posts}</div>").Listings.Select(listing => listing.Title));
    }

    [Fact]
    public void Ads_in_a_list_of_their_own_beside_the_list_in_JSON_are_joined_and_recommendations_are_not()
    {
        static string Items(string kind, int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"itemId":"{{kind}}80{{i}}","title":"{{kind}}电工培训第{{i}}期","price":"{{i + 2}}80","shopName":"{{kind}}学堂{{i}}"} """));
        var json = $$"""{"data":{"adList":[{{Items("甲", 2)}}],"items":[{{Items("乙", 5)}}],"recommendList":[{{Items("丙", 3)}}],"topics":[{"name":"热议"},{"name":"行情"}]} }""";

        var titles = PageFixture.ReadText(json).Listings.Select(listing => listing.Title![..1]);

        Assert.Equal("甲甲乙乙乙乙乙", string.Concat(titles));
    }

    [Fact]
    public void Links_that_end_a_page_with_its_registration_are_no_list()
    {
        var content = PageFixture.ReadText($"<title>访问验证</title><div class='box'><p>请完成安全验证后继续访问</p><div class='slider'>请按住滑块，拖动到最右边</div></div>{Footer}");

        Assert.Equal((PageOutcome.Blocked, BlockKind.Captcha, 0), (content.Outcome, content.Blocked, content.Listings.Count));
    }

    [Fact]
    public void Links_that_end_a_page_with_its_registration_do_not_hide_its_list()
    {
        var cards = string.Concat(Enumerable.Range(0, 3).Select(i => $"<li><a href='/item/{i}8001'>电工夜校第{i}期</a></li>"));

        Assert.Equal(["电工夜校第0期", "电工夜校第1期", "电工夜校第2期"], PageFixture.ReadText($"<title>搜索</title><ul>{cards}</ul>{Footer}").Listings.Select(listing => listing.Title));
    }

    [Fact]
    public void Results_without_links_that_call_themselves_links_are_a_list()
    {
        var results = string.Concat(Enumerable.Range(0, 5).Select(i => $"<section><div role='link' tabindex='0'><h3>考电工证要准备什么，第{i}篇说明</h3><p>材料、体检、学时和考试各要多久，在第{i}节逐项写明，读完就知道先办哪样。</p></div></section>"));

        var content = PageFixture.ReadText($"<title>电工证 - 搜索</title><main>{results}</main>");

        Assert.Equal((PageKind.Search, 5), (content.PageKind, content.Listings.Count));
        Assert.Equal("考电工证要准备什么，第0篇说明", content.Listings[0].Title);
    }

    [Theory]
    [InlineData("共98件相关产品", 4)]
    [InlineData("找到 1,204 条相关信息", 4)]
    [InlineData("相关产品", 0)]
    public void A_total_is_no_heading_of_recommendations(string heading, int asked)
    {
        string Cards(string kind, int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"<li class='item'><h4><a href='/item/{kind.Length}{i}8001'>{kind}绝缘手套第{i}批</a></h4><b>¥{i + 3}8</b></li>"));

        var listings = PageFixture.ReadText($"<title>搜索</title><div><ul>{Cards("库存", 3)}</ul></div><div><div>{heading}</div><ul>{Cards("新到货", 4)}</ul></div>").Listings;

        Assert.Equal(asked, listings.Count(listing => listing.Title!.StartsWith("新到货", StringComparison.Ordinal)));
    }

    [Fact]
    public void State_in_an_attribute_of_a_script_is_read()
    {
        var items = string.Join(',', Enumerable.Range(0, 4).Select(i => $$"""{"itemId":"80{{i}}","title":"电工培训第{{i}}期","price":"{{i + 2}}80","shopName":"南桥夜校{{i}}部"} """));
        var state = WebUtility.HtmlEncode($$"""{"list":[{{items}}]} """);

        var listings = PageFixture.ReadText($"<title>搜索</title><div id='app'></div><script id='state' data-state=\"{state}\"></script><script src='/app.js'></script>").Listings;

        Assert.Equal(["电工培训第0期", "电工培训第1期", "电工培训第2期", "电工培训第3期"], listings.Select(listing => listing.Title));
        Assert.Equal((280, "南桥夜校0部"), (listings[0].Price, listings[0].Seller));
    }

    [Theory]
    [InlineData("16800", "168.00", 168)]
    [InlineData("16800", "168", 16800)]
    [InlineData("16800", "16800.00", 16800)]
    [InlineData("16800.5", "168.00", 16800.5)]
    public void An_amount_said_twice_is_in_fen_where_a_text_says_it_in_yuan(string price, string shown, double yuan)
    {
        var items = string.Join(',', Enumerable.Range(0, 4).Select(i => $$"""{"itemId":"80{{i}}","title":"电工培训第{{i}}期","price":{{price}},"shown":"{{shown}}","shopName":"南桥夜校"} """));

        Assert.All(PageFixture.ReadText($$"""{"list":[{{items}}]} """).Listings, listing => Assert.Equal((decimal)yuan, listing.Price));
    }

    [Fact]
    public void Ads_of_one_redirect_are_told_by_where_they_land()
    {
        var ads = string.Concat(Enumerable.Range(0, 2).Select(i => $"<li class='e-ad'><a href='https://www.so.com/s/eclk?p={i}' e-landurl='https://lp{i}.example.com/zs'><h3>电工证报名通道 第{i}期开班</h3></a><a href='https://www.so.com/s/eclk?p={i}' e-landurl='https://lp{i}.example.com/zs'>身份证加照片即可登记，周末也有人值班</a><cite>lp{i}.example.com</cite></li>"));
        var results = string.Concat(Enumerable.Range(0, 5).Select(i => $"<li class='res'><h3><a href='https://www.so.com/link?m={i}'>考电工证要准备什么，第{i}篇说明</a></h3><p>材料、体检、学时和考试各要多久，逐项写明。</p></li>"));

        var listings = PageFixture.ReadText($"<title>电工证_搜索</title><ul id='ads'>{ads}</ul><ul class='result'>{results}</ul>", "https://www.so.com/s?q=x").Listings;

        Assert.Equal(7, listings.Count);
        Assert.Equal(["lp0.example.com", "lp1.example.com"], listings.Where(listing => listing.Kind == ListingKind.Ad).Select(listing => listing.Publisher));
    }

    [Fact]
    public void Rows_of_a_menu_alone_are_no_list()
    {
        string[] subjects = ["低压电工培训", "焊工取证培训", "登高作业培训", "制冷作业培训"], cities = ["城东", "城西", "城南", "城北", "新区", "老城", "江畔"];
        var rows = string.Concat(subjects.Select((subject, i) => $"<li><h3><a href='/c{i}/'>{subject}</a></h3>{string.Concat(cities.Select((city, j) => $"<a href='/c{i}/{j}/'>{city}</a> "))}</li>"));

        Assert.All(PageFixture.ReadText($"<title>课程地图</title><ul>{rows}</ul>", "https://www.example.com/map").Listings, listing => Assert.Equal(ListingKind.Page, listing.Kind));
    }

    [Theory]
    [InlineData("<br>")]
    [InlineData("<p></p><p></p>")]
    [InlineData("<td></td><td></td>")]
    [InlineData("<tr><td></td></tr>")]
    [InlineData("<table><tr><td> </td></tr></table>")]
    public void A_place_for_a_price_that_holds_nothing_states_none(string empty)
    {
        var cards = string.Concat(Enumerable.Range(0, 4).Select(i => $"<li><h3><a href='/item/{i}8001'>电工夜校第{i}期周末班</a></h3><b>常年招生</b><span class='price'>{empty}</span><i>电询</i></li>"));

        Assert.Equal([null, null, null, null], PageFixture.ReadText($"<title>搜索</title><ul>{cards}</ul>").Listings.Select(listing => listing.Price));
    }

    private static string Footer { get; } = $"<div class='links'>{string.Concat(((string[])["关于我们与平台规则", "用户服务协议全文", "隐私权政策说明", "投诉与举报受理渠道", "京ICP证000000号", "京公网安备11000000000000号"]).Select((text, i) => $"<a href='/about/{i}'>{text}</a>"))}</div>";
}
