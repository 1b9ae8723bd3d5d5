using System.Text;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>What the data that a rendered page asked for adds to what the page shows.</summary>
public sealed class PagePartTests
{
    private const string Search = "https://market.example.com/search?q=%E7%94%B5%E5%B7%A5%E8%AF%81";

    private static readonly string Items = "{\"code\":0,\"data\":{\"items\":[" + string.Join(',', Enumerable.Range(1, 6).Select(Item)) + "]}}";

    private static readonly string Cards = string.Concat(Enumerable.Range(1, 4).Select(number =>
        $"<li class=card><a href=\"/item/8800120{number}\">低压电工证考前辅导班第{number}期招生</a> <span>名额有限 先到先得</span></li>"));

    [Theory]
    [InlineData("<div id=app><canvas></canvas></div><script src=/app.js></script>")]
    [InlineData("<div id=app><header>旧物集市 全部分类 我的收藏 消息</header><canvas width=600 height=900></canvas><footer>关于我们 联系客服 营业执照</footer></div>")]
    public void A_page_that_draws_its_list_where_no_text_is_has_the_list_of_its_data(string body)
    {
        var content = Read(Search, body, Items);

        Assert.Equal((PageOutcome.Ok, PageKind.Search, 6), (content.Outcome, content.PageKind, content.Listings.Count));
        Assert.Equal(("低压电工证考前辅导班第1期招生", 301m, "学校1", "https://market.example.com/item/88001201"), Said(content, 0));
    }

    [Fact]
    public void Cards_without_price_or_seller_have_them_of_their_data()
    {
        var content = Read(Search, $"<ul>{Cards}</ul>", Items);

        Assert.Equal(("低压电工证考前辅导班第2期招生", 302m, "学校2", "https://market.example.com/item/88001202"), Said(content, 1));
        Assert.Equal(6, content.Listings.Count);
    }

    [Fact]
    public void Data_of_other_things_adds_nothing_to_a_list()
    {
        var others = Items.Replace("8800120", "7700120", StringComparison.Ordinal).Replace("低压电工证考前辅导班", "二手自行车转让", StringComparison.Ordinal);

        var content = Read(Search, $"<ul>{Cards}</ul>", others);

        Assert.Equal(4, content.Listings.Count);
        Assert.All(content.Listings, listing => Assert.Null(listing.Price));
    }

    [Fact]
    public void What_is_listed_beside_one_item_is_not_the_item()
    {
        const string Item = "<h1>高压电工证实操培训 小班教学</h1><p class=price>¥980.00</p><p>共八次课，含实操考前辅导，场地在城东。课程由有十年经验的老师讲授，包含安全用电与急救。</p>";

        var content = Read("https://market.example.com/item/99001", Item, Items);

        var listing = Assert.Single(content.Listings);
        Assert.Equal(("高压电工证实操培训 小班教学", 980m), (listing.Title, listing.Price));
    }

    [Fact]
    public void An_item_that_its_page_draws_elsewhere_is_read_from_its_data()
    {
        const string Answer = """{"data":{"item":{"itemId":"99001","title":"高压电工证包过","price":"980.00","desc":"不过退款"},"seller":{"nick":"老王考证"}}}""";

        var listing = Assert.Single(Read("https://market.example.com/item/99001", "<div id=app></div><script src=/app.js></script>", Answer).Listings);

        Assert.Equal(("99001", "高压电工证包过", 980m, "老王考证", "不过退款"), (listing.Id, listing.Title, listing.Price, listing.Seller, listing.Text));
    }

    [Theory]
    [InlineData("<div class=box><p>请完成安全验证</p><p>拖动滑块完成拼图</p><button>刷新</button></div>", "blocked")]
    [InlineData("<div class=none><p>抱歉，没有找到相关商品，换个关键词试试</p></div>", "empty")]
    [InlineData("<div class=none><p>商品已下架</p><a href=/>去首页</a></div>", "gone")]
    public void Data_never_outvotes_what_the_page_says(string body, string outcome)
    {
        var content = Read(outcome == "gone" ? "https://market.example.com/item/1" : Search, body, Items);

        Assert.Equal((outcome, 0), (content.Outcome.ToString().ToLowerInvariant(), content.Listings.Count));
    }

    [Fact]
    public void An_empty_list_whose_data_was_refused_is_blocked() =>
        Assert.Equal(
            BlockKind.Captcha,
            Read(Search, "<div class=none><p>没有找到相关商品</p></div>", """{"ret":["FAIL_SYS_USER_VALIDATE","RGV587_ERROR::SM::哎哟喂,被挤爆啦,请稍后重试"],"data":{"url":"https://market.example.com/_____tmd_____/punish"}}""").Blocked);

    [Fact]
    public void A_refused_part_of_a_page_that_has_its_list_costs_nothing() =>
        Assert.Equal(4, Read(Search, $"<ul>{Cards}</ul>", """{"ret":["FAIL_SYS_USER_VALIDATE"]}""").Listings.Count);

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"data\":[[[[[[")]
    [InlineData("<html><body>502</body></html>")]
    public void Damaged_data_changes_nothing(string answer) => Assert.Equal(4, Read(Search, $"<ul>{Cards}</ul>", answer).Listings.Count);

    private static string Item(int number) =>
        $$"""{"itemId":"8800120{{number}}","title":"低压电工证考前辅导班第{{number}}期招生","price":"{{300 + number}}.00","nick":"学校{{number}}","detailUrl":"/item/8800120{{number}}"}""";

    private static (string?, decimal?, string?, string?) Said(PageContent content, int place)
    {
        var listing = content.Listings[place];
        return (listing.Title, listing.Price, listing.Seller, listing.Url);
    }

    private static PageContent Read(string url, string body, params string[] answers) => PageReader.CreateDefault().Read(
        Encoding.UTF8.GetBytes($"<!doctype html><html><head><meta charset=utf-8><title>旧物集市</title></head><body>{body}</body></html>"),
        new Uri(url),
        "text/html; charset=utf-8",
        parts: [.. answers.Select((answer, place) => new PagePart(new Uri($"https://api.example.com/v1/{place}"), 200, "application/json", Encoding.UTF8.GetBytes(answer)))]);
}
