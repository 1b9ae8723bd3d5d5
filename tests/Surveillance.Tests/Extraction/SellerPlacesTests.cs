namespace Surveillance.Tests.Extraction;

/// <summary>Who sells what a list's cards offer, where it is what stands in all cards that tells.</summary>
public sealed class SellerPlacesTests
{
    private static readonly string[] Titles = ["低压电工证培训周末班", "焊接与热切割作业取证", "登高架设实操集训", "制冷设备运行维修入门", "叉车司机证考前辅导", "起重机械指挥短训"];
    private static readonly string[] Shops = ["青禾五金店", "南桥电工夜校", "周师傅", "临水培训部", "老钟工具行", "白塔职业学校"];

    [Theory]
    [InlineData("<div>{0}</div>")]
    [InlineData("<div><span>{0}</span><span>3天前</span></div>")]
    [InlineData("<p><img src='/a.gif'><i>{0}</i></p>")]
    [InlineData("<p><a href='/shop/7{1}'>{0}</a></p>")]
    [InlineData("<p>商家：{0}</p>")]
    [InlineData("<p>商家：{0}<br>已有3{1}人报名</p>")]
    [InlineData("<p><span>发布人：</span><span>{0}</span></p>")]
    [InlineData("<div class='xq'>{0}</div>")]
    public void A_seller_of_no_class_is_told_by_what_stands_in_all_cards(string below) =>
        Assert.Equal(Shops, Sellers(i => Card(i, string.Format(null, below, Shops[i], i))));

    [Theory]
    [InlineData("tags", "<p><span>{0}</span><span>上门</span><span>夜间</span></p>", "包教|小班|名师|周末|速成|口碑")]
    [InlineData("the same links below every ad", "<p><a href='/a/{1}'>{0}</a><a href='/b/{1}'>报名条件</a><a href='/c/{1}'>开班时间</a></p>", "课程介绍|课程介绍|课程介绍|课程介绍|课程介绍|课程介绍")]
    [InlineData("other links below each ad", "<p><a href='/a/{1}'>{0}</a><a href='/b/{1}'>报名条件</a><a href='/c/{1}'>开班时间</a></p>", "课程介绍|考试安排|师资力量|学费说明|场地照片|常见问题")]
    [InlineData("times", "<p><span>{0}</span></p>", "刚刚|3小时前|昨天|2天前|11-20|2026-11-19")]
    [InlineData("places", "<p><span>{0}</span></p>", "杭州·滨江|苏州·吴中|浙江|城东区|青岛市|武汉")]
    [InlineData("counts", "<p><span>{0}</span></p>", "128人想要|3条评论|已售600件|1.2万人收藏|17次浏览|5人付款")]
    [InlineData("estates", "<p><a href='/xq/{1}'>{0}</a></p>", "滨河花园|桂雨苑|江畔家园|梧桐公寓|城北新村|听涛小区")]
    [InlineData("states", "<p><span>{0}</span></p>", "全新|急|包邮|面议|置顶|全新")]
    [InlineData("grades", "<p><span>{0}</span></p>", "初级|中级|高级|初级|技师|零基础")]
    [InlineData("kinds", "<p><span>{0}</span></p>", "电动工具|考证教材|网络课程|二手书籍|劳保用品|考证教材")]
    [InlineData("labelled kinds", "<p>类别：{0}</p>", "电动工具|考证教材|网络课程|二手书籍|劳保用品|考证教材")]
    [InlineData("promises", "<p><span>{0}</span></p>", "平台担保|平台担保|平台担保|平台担保|平台担保|平台担保")]
    [InlineData("descriptions", "<p>{0}</p>", "送教材，可开发票，随到随学|现场教学，含午餐，需自带工服|零基础可学，两周一期，满员开班|周末上课，不耽误上班，名额有限|实操为主，设备齐全，安全第一|老学员优惠，团报再减，电话预约")]
    public void No_seller_are(string what, string below, string texts)
    {
        var said = texts.Split('|');

        var sellers = Sellers(i => Card(i, string.Format(null, below, said[i], i)));

        Assert.True(sellers.All(seller => seller is null), $"{what} were taken for sellers: {string.Join('|', sellers)}");
    }

    [Fact]
    public void A_seller_is_told_from_the_tags_and_counts_around_it() =>
        Assert.Equal(Shops, Sellers(i => Card(i, $"<p><span>包教</span><span>小班</span></p><p><span>{Shops[i]}</span><span>杭州·滨江</span><span>12{i}人想要</span></p>")));

    [Fact]
    public void A_profile_s_owner_is_the_same_on_every_card()
    {
        var cards = string.Concat(Titles.Select((_, i) => Card(i, "<p><a href='/u/7001'><img src='/p.jpg'></a><a href='/u/7001'>老郑讲电工</a></p>")));

        var listings = PageFixture.ReadText($"<title>老郑讲电工 - 某视频站</title><h2>老郑讲电工</h2><ul>{cards}</ul>", "https://v.example.com/u/7001").Listings;

        Assert.Equal(6, listings.Count);
        Assert.All(listings, listing => Assert.Equal("老郑讲电工", listing.Seller));
    }

    [Fact]
    public void Where_nothing_is_likely_nobody_is_named() => Assert.All(Sellers(i => Card(i, "")), Assert.Null);

    [Fact]
    public void A_name_that_is_cut_is_not_taken_its_title_attribute_is()
    {
        var cut = Sellers(i => Card(i, $"<p><a class='nick' href='/shop/7{i}'>{Shops[i][..2]}…</a></p>"));
        var whole = Sellers(i => Card(i, $"<p><a class='nick' href='/shop/7{i}' title='{Shops[i]}'>{Shops[i][..2]}…</a></p>"));

        Assert.All(cut, Assert.Null);
        Assert.Equal(Shops, whole);
    }

    [Fact]
    public void An_attribute_called_after_a_seller_names_one_even_escaped()
    {
        Assert.Equal(Shops, Sellers(i => Card(i, $"<p><a data-nick='{Uri.EscapeDataString(Shops[i])}' href='/im'></a></p>")));
        Assert.Equal(Shops, Sellers(i => Card(i, $"<p><a data-nick='{Shops[i]}' href='/im'></a></p>")));
    }

    [Fact]
    public void A_link_around_a_whole_card_names_the_seller_within() =>
        Assert.Equal(Shops, Sellers(i => $"<a class='card' href='/item?id=8100{i}'><div class='title'>{Titles[i]}</div><div><span class='price'>¥{i + 3}20</span></div><div><img src='/p{i}.jpg'><span>{Shops[i]}</span></div></a>"));

    [Theory]
    [InlineData("<p>{0}</p>")]
    [InlineData("<p><span>{0}</span><span>2人想要</span></p>")]
    [InlineData("<div><a href='/x/{1}'>{0}</a></div>")]
    public void One_asked_card_is_read_as_the_recommendations_drawn_alike(string below)
    {
        string[] names = ["青禾", "南桥夜读", "周周电工", "临水小铺", "老钟", "白塔工具"];
        string Card(int i) => $"<div class='item'><h3 class='title'><a href='/item/{i}8001'>{Titles[i]}</a></h3><b>¥{i + 3}20</b>{string.Format(null, below, names[i], i)}</div>";
        var asked = $"<title>搜索</title><p>共找到 1 件商品</p><div id='found'>{Card(0)}</div>";
        var more = $"<div id='more'><h4>猜你喜欢</h4><div>{string.Concat(Enumerable.Range(1, 5).Select(Card))}</div></div>";

        Assert.Equal((Titles[0], null), Assert.Single(PageFixture.ReadText(asked).Listings.Select(listing => (listing.Title, listing.Seller))));
        Assert.Equal((Titles[0], names[0]), Assert.Single(PageFixture.ReadText(asked + more).Listings.Select(listing => (listing.Title, listing.Seller))));
    }

    private static string Card(int i, string below) => $"<li><h3><a href='/item/{i}8001'>{Titles[i]}</a></h3><b>¥{i + 3}20</b>{below}</li>";

    private static List<string?> Sellers(Func<int, string> card)
    {
        var listings = PageFixture.ReadText($"<title>搜索</title><ul>{string.Concat(Enumerable.Range(0, Titles.Length).Select(card))}</ul>").Listings;
        Assert.Equal(Titles, listings.Select(listing => listing.Title));
        return [.. listings.Select(listing => listing.Seller)];
    }
}
