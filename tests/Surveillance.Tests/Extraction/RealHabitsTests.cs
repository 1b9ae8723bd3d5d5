using System.Text;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Habits of large sites' markup that were read wrongly once, each in its smallest form and in words of our own.</summary>
public sealed class RealHabitsTests
{
    private const string Topic = "https://bbs.example.com/thread-7001-1-1.html";
    private const string Search = "https://s.example.com/search?q=x";

    [Fact]
    public void A_topic_s_posts_are_its_text_and_its_opener_offers()
    {
        (string Name, string Text)[] said = [("焊台老顾", "低压电工证三天拿证，人不用到场，价格：全套880元，包过"), ("过路人", "这样的证查得到吗，我看着不像真的"), ("版务", "提醒大家，证件须本人参加考试取得")];
        var posts = string.Concat(said.Select(post => $"<div id='post_1'><table><tr><td class='pls'><div class='authi'><a href='space-uid-{post.Name.Length}.html'>{post.Name}</a></div><a href='space-uid-1.html'><img src='/a.gif'></a></td><td><strong><a href='forum.php?goto=findpost'>楼层</a></strong><table><tr><td class='t_f'>{post.Text}</td></tr></table></td></tr></table></div>"));
        var listing = Assert.Single(Read($"<title>办理电工证包过 - 教育培训 - 某城论坛</title><base href='https://bbs.example.com/'><meta name='author' content='Discuz! Team'><h1>办理电工证包过</h1><div id='postlist'>{posts}</div>", Topic).Listings);

        Assert.Contains("人不用到场", listing.Text, StringComparison.Ordinal);
        Assert.Equal(("焊台老顾", 880m, Topic), (listing.Seller, listing.Price, listing.Url));
    }

    [Fact]
    public void A_post_in_a_list_is_known_by_its_text_its_poster_and_its_date()
    {
        string[] texts = ["今天带徒弟拆了两台旧电机，线圈都焦了，回来补一张接线图", "有人在群里卖免考的证，说扫码能查，我劝大家别信", "工地赶工，临时用电的箱子三天换了两次，安全员急得跳脚"];
        var posts = string.Concat(texts.Select((text, i) => $"<div class='card-wrap'><div class='avator'><a href='/u/{i}9001'><img src='/p{i}.jpg'></a></div><div class='menu'><ul style='display:none'><li><a>收藏</a></li><li><a>投诉</a></li></ul></div><a class='name' href='/u/{i}9001'>师傅{i}号</a><div class='from'><a href='/{i}9001/Ab{i}'>11月2{i}日 09:1{i}</a> 来自 <a href='//app.example.com/'>某牌手机 X{i}</a></div><p class='txt'>{text}</p></div>"));
        var listings = Read($"<title>搜索</title><div id='feed'>{posts}</div>", Search).Listings;

        Assert.Equal(texts, listings.Select(listing => listing.Title));
        Assert.Equal(["师傅0号", "师傅1号", "师傅2号"], listings.Select(listing => listing.Seller));
        Assert.Equal("https://s.example.com/09001/Ab0", listings[0].Url);
    }

    [Fact]
    public void What_one_hit_says_does_not_empty_the_search()
    {
        var hits = string.Concat(Enumerable.Range(0, 6).Select(i => $"<li class='item'><h3><a href='/n/{i}00'>第{i}条：本市通报一批假证案件</a></h3><p>{(i == 3 ? "市民说他买的证在平台上查不到任何信息" : "执法人员到场核查，已立案处理")}</p></li>"));

        var content = Read($"<title>搜索</title><ul>{hits}</ul>", Search);

        Assert.Equal((PageOutcome.Ok, 6), (content.Outcome, content.Listings.Count));
    }

    [Theory]
    [InlineData("河南")]
    [InlineData("昨天")]
    [InlineData("卖家信用极好")]
    [InlineData("已上传营业执照")]
    public void A_place_a_time_or_a_proof_is_no_seller(string said)
    {
        var cards = string.Concat(Enumerable.Range(0, 4).Select(i => $"<a class='card' href='/item?id=80001{i}'><div class='title'>自用万用表 第{i}只 带表笔</div><span class='price'>¥{i + 20}</span><p class='seller-text'>{said}</p></a>"));

        Assert.All(Read($"<title>搜索</title><div>{cards}</div>", Search).Listings, listing => Assert.Null(listing.Seller));
    }

    [Fact]
    public void A_directory_s_titles_are_those_who_offer()
    {
        string[] names = ["某某职业培训学校", "某某安全技术服务中心", "某某电力培训有限公司"];
        var rows = string.Concat(names.Select((name, i) => $"<dl><dt><h4><a href='/q{i}.html'>{name}</a></h4></dt><dd>开设低压电工、焊工等班，周末上课，详情电询</dd></dl>"));

        Assert.All(Read($"<title>某市职业技能培训公司_名录</title><h2>某市职业技能培训公司</h2><div>{rows}</div>", Search).Listings, listing => Assert.Equal(listing.Title, listing.Seller));
    }

    [Fact]
    public void An_employer_s_page_is_about_the_post_that_its_heading_names()
    {
        var listing = Assert.Single(Read("<title>「电工招聘」_某某装备制造有限公司招聘-某招聘网</title><div><h1>值班电工（夜班）</h1><span class='salary'>6-8K</span></div><div class='company'><h3>某某装备制造有限公司</h3></div><p>负责配电房值班，要求持证，熟悉倒闸操作，服从排班安排。</p>", "https://job.example.com/job_detail/81.html").Listings);

        Assert.Equal("值班电工（夜班）", listing.Title);
    }

    [Fact]
    public void One_address_is_one_advert_and_its_site_line_names_who_pays()
    {
        var adverts = string.Concat(Enumerable.Range(0, 2).Select(i => $"<div class='box'><a href='https://e.so.com/search/eclk?p={i}'><h3>电工证报名通道 第{i}期开班</h3></a><p><a href='https://e.so.com/search/eclk?p={i}'>身份证加照片即可登记，周末也有人值班</a></p><cite><a href='https://e.so.com/search/eclk?p={i}'>某某职校{i}部</a></cite></div>"));
        var results = string.Concat(Enumerable.Range(0, 5).Select(i => $"<li class='res'><h3><a href='/link?m={i}'>考电工证要准备什么，第{i}篇说明</a></h3><p>材料、体检、学时和考试各要多久，逐项写明。</p></li>"));

        var listings = Read($"<title>搜索</title><div id='top'>{adverts}</div><ul>{results}</ul>", Search).Listings;

        Assert.Equal((7, 2), (listings.Count, listings.Count(listing => listing.Kind == ListingKind.Ad)));
        Assert.Equal(["某某职校0部", "某某职校1部"], listings.Where(listing => listing.Kind == ListingKind.Ad).Select(listing => listing.Seller));
    }

    [Fact]
    public void Members_of_a_site_s_own_names_are_read_and_groups_opened()
    {
        var card = (int i) => $$"""{"type":9,"scheme":"/s/{{i}}","post":{"infoId":"90010{{i}}","infoTitle":"出一批电工教材，第{{i}}包","infoPrice":"{{i + 20}}","sellerNickname":"书友{{i}}"} }""";
        var json = $$"""{"data":{"cards":[{"type":11,"group":[{{card(0)}}]},{{card(1)}},{{card(2)}},{{card(3)}},{{card(4)}} ] } }""";

        var listings = Read(json, Search).Listings;

        Assert.Equal(["书友0", "书友1", "书友2", "书友3", "书友4"], listings.Select(listing => listing.Seller));
        Assert.Equal(20, listings[0].Price);
    }

    private static PageContent Read(string page, string url) => PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(page), new Uri(url), "text/html; charset=utf-8");
}
