using System.Text;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

public sealed class PageReaderOutcomeTests
{
    [Theory]
    [InlineData("blocked-captcha-slider.html", BlockKind.Captcha)]
    [InlineData("blocked-captcha-frequent.html", BlockKind.Captcha)]
    [InlineData("blocked-captcha-in-json.json", BlockKind.Captcha)]
    [InlineData("blocked-login.html", BlockKind.Login)]
    [InlineData("blocked-login-in-a-forum-s-frame.html", BlockKind.Login)]
    [InlineData("blocked-denied.html", BlockKind.Denied)]
    [InlineData("blocked-denied-in-a-site-s-frame.html", BlockKind.Denied)]
    [InlineData("blocked-interstitial-scripts-only.html", BlockKind.Interstitial)]
    [InlineData("blocked-interstitial-browser-check.html", BlockKind.Interstitial)]
    [InlineData("corrupt-gzip-body.bin", BlockKind.Corrupt)]
    [InlineData("corrupt-decoded-lossily.html", BlockKind.Corrupt)]
    public void Names_what_stands_in_the_way(string name, BlockKind expected)
    {
        var content = PageFixture.Read(name);

        Assert.Equal((PageOutcome.Blocked, expected), (content.Outcome, content.Blocked));
        Assert.Empty(content.Listings);
        Assert.Null(content.Total);
    }

    [Theory]
    [InlineData("open-article-about-captchas.html")]
    [InlineData("open-notice-about-being-denied.html")]
    [InlineData("open-home-with-login-box.html")]
    [InlineData("open-list-that-asks-to-log-in.html")]
    [InlineData("lookup-with-code-field.html")]
    [InlineData("list-price-split-over-elements.html")]
    [InlineData("list-without-links-in-json-state.html")]
    public void Takes_no_page_for_blocked_that_only_mentions_it(string name)
    {
        var content = PageFixture.Read(name);

        Assert.Equal((PageOutcome.Ok, null), (content.Outcome, content.Blocked));
        Assert.NotEmpty(content.Listings);
    }

    /// <summary>Phrases of walls and absences in the mouth of pages that are there.</summary>
    [Theory]
    [InlineData("/search?q=x", "<title>转让 - 车友圈</title><body><form><input name=\"user\"><input type=\"password\"><button>登录</button></form><p>请先登录</p><p>头盔两顶 80元</p><p>货架 ¥260 自提</p>")]
    [InlineData("/search?q=x", "<title>404 不锈钢水壶_价格 - 老街铺</title><body><h2>404 不锈钢水壶</h2><p>一壶 ¥38</p><p>两壶 ¥70</p>")]
    [InlineData("/item/1002345.html", "<title>404 Not Found 印花卫衣 - 老街铺</title><body><h1>404 Not Found 印花卫衣</h1><p class=\"price\">¥99</p><p>“403 Forbidden”款可备注</p><button>加入购物车</button>")]
    [InlineData("/", "<title>学分证明核验</title><body><h1>学分证明核验</h1><input placeholder=\"证明编号\"><button>核验</button><p>扫码提示“链接已失效”？</p><p>旧证明的域名已经更换，请手工录入编号，效力不变。</p>")]
    [InlineData("/chaxun/", "<title>职业技能证书查询</title><body><h1>职业技能证书查询</h1><label>证件号码<input></label><label>证书编号<input></label><button>查询</button><p>2017年以前的证书查不到的，可向发证机构询问。</p>")]
    [InlineData("/article/1002345.html", "<title>图形验证码 | 名词手册</title><body><dl><dt>图形验证码</dt><dd>网站让来访者照着图片输入字符，用来分辨真人与程序的办法，也叫图灵测试式的校验。</dd><dt>例</dt><dd>请完成安全验证后继续。</dd><dt>又</dt><dd>看不清可以换一张图片，刷新之后旧字符就作废了。</dd></dl>")]
    [InlineData("/", "<title>船员之窗</title><body><form><h4>请先登录</h4><input placeholder=\"手机号\"><input type=\"password\"><button>登录</button></form><ul><li>宁港至青岛 钢材 3200吨 急</li><li>芜湖至南通 黄沙 1800吨</li><li>九江至上海 水泥 900吨 电议</li></ul>")]
    [InlineData("/", "<title>守护员证电子核验</title><body><h2>电子核验</h2><label>证件流水号</label><input><label>请输入图片中的计算结果</label><input><button>开始核验</button>")]
    [InlineData("/", "<title>證書核實</title><body><table><tr><td>證書號碼</td><td>KA-00-00000</td></tr><tr><td>持證人</td><td>陳**</td></tr><tr><td>狀態</td><td>有效</td></tr></table><form>重新核實<input> 请输入图片中的字符 <img src=\"captcha.php\"><input><input type=\"submit\" value=\"送出\"></form>")]
    [InlineData("/search?q=x", "<title>四门冰柜</title><body><p>没有找到“四门冰柜 红色”，已放宽条件，以下为“四门冰柜”的结果</p><ul><li>四门冰柜 带灯 ¥900</li><li>四门冰柜 自提 ¥650</li></ul>")]
    public void Takes_no_page_for_anything_else_whose_own_matter_uses_the_words(string path, string body) => Assert.Equal((PageOutcome.Ok, null), Outcome(path, body));

    [Theory]
    [InlineData("/item/1002345.html", "<title>404</title><body><p>404</p>", PageOutcome.Gone, null)]
    [InlineData("/item/1002345.html", "<title>404 页面不存在 - 老街铺</title><body><p>回首页</p>", PageOutcome.Gone, null)]
    [InlineData("/item/1002345.html", "<title>宝贝</title><body><p>“手冲壶”商品已下架</p>", PageOutcome.Gone, null)]
    [InlineData("/article/1002345.html", "<title>Sorry</title><body><h1>Sorry</h1><p>This page is not available in your region.</p>", PageOutcome.Blocked, BlockKind.Denied)]
    [InlineData("/", "<title>401 Authorization Required</title><body><h1>Authorization Required</h1><p>This console asks for a name and a password. Your browser sent none.</p>", PageOutcome.Blocked, BlockKind.Login)]
    [InlineData("/", "<title>安全验证</title><body><p>请完成安全验证后继续</p><div style=\"position:fixed;top:0;bottom:0\"><p>请按住滑块拖到最右边</p></div>", PageOutcome.Blocked, BlockKind.Captcha)]
    [InlineData("/", "<title>访问被拒绝</title><body><h1>访问被拒绝</h1><table><tr><td>客户端</td><td>198.51.100.*</td></tr><tr><td>规则</td><td>R-00</td></tr><tr><td>时间</td><td>08:00</td></tr></table>", PageOutcome.Blocked, BlockKind.Denied)]
    [InlineData("/search?q=x", "<title>提示 - 闲料帮</title><body><div class=\"hot\">热搜：<a href=\"/s?k=1\">98元空调清洗</a></div><p>抱歉，您需要登录后才能查看搜索结果</p><form><input placeholder=\"手机号\"><input placeholder=\"验证码\"><button>登录</button></form><p>新人登录立享 ¥15 红包</p>", PageOutcome.Blocked, BlockKind.Login)]
    [InlineData("/search?q=x", "<title>四门冰柜</title><body><p>没有找到“四门冰柜”相关的商品，以下为您推荐</p>", PageOutcome.Empty, null)]
    public void Still_tells_pages_that_say_nothing_else(string path, string body, PageOutcome outcome, BlockKind? kind) => Assert.Equal((outcome, kind), Outcome(path, body));

    private static (PageOutcome Outcome, BlockKind? Kind) Outcome(string path, string body)
    {
        var content = PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes($"<!doctype html><html><meta charset=\"utf-8\">{body}</html>"), new Uri($"https://www.example.com{path}"));
        return (content.Outcome, content.Blocked);
    }

    [Theory]
    [InlineData("gone-delisted-item-with-others.html")]
    [InlineData("gone-soft-404.html")]
    [InlineData("gone-in-json.json")]
    public void Recognises_a_removed_item_under_status_200(string name) =>
        Assert.Equal(PageOutcome.Gone, PageFixture.Read(name).Outcome);

    [Fact]
    public void Takes_no_item_for_removed_whose_price_is_404() =>
        Assert.Equal(PageOutcome.Ok, PageFixture.Read("open-item-for-404-yuan.html", "https://market.example.com/item/24").Outcome);

    [Theory]
    [InlineData("empty-search.html")]
    [InlineData("empty-search-with-others-instead.html")]
    [InlineData("empty-in-json.json")]
    public void Recognises_a_search_without_hits(string name)
    {
        var content = PageFixture.Read(name);

        Assert.Equal((PageOutcome.Empty, PageKind.Search, 0), (content.Outcome, content.PageKind, content.Total));
        Assert.Empty(content.Listings);
    }

    [Theory]
    [InlineData(404, PageOutcome.Gone, null)]
    [InlineData(410, PageOutcome.Gone, null)]
    [InlineData(401, PageOutcome.Blocked, BlockKind.Login)]
    [InlineData(403, PageOutcome.Blocked, BlockKind.Denied)]
    [InlineData(429, PageOutcome.Blocked, BlockKind.Denied)]
    [InlineData(503, PageOutcome.Blocked, BlockKind.Interstitial)]
    public void Heeds_the_status(int status, PageOutcome outcome, BlockKind? blocked)
    {
        var content = PageFixture.Read("detail-with-related-items.html", status: status);

        Assert.Equal((outcome, blocked), (content.Outcome, content.Blocked));
    }

    [Fact]
    public void Lets_a_challenge_name_itself_under_a_refusing_status() =>
        Assert.Equal(BlockKind.Captcha, PageFixture.Read("blocked-captcha-slider.html", status: 403).Blocked);

    [Theory]
    [InlineData("Server: edge\r\ncf-mitigated: challenge\r\n", BlockKind.Interstitial)]
    [InlineData("X-Amzn-Waf-Action: captcha\r\n", BlockKind.Captcha)]
    [InlineData("Server: edge\r\n", null)]
    public void Heeds_headers_that_name_a_challenge(string headers, BlockKind? expected) =>
        Assert.Equal(expected, PageReader.CreateDefault().Read(PageFixture.Bytes("detail-with-related-items.html"), new Uri("https://market.example.com/x"), headers: headers).Blocked);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public void Calls_a_body_without_text_corrupt(string body) =>
        Assert.Equal(BlockKind.Corrupt, PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(body), new Uri("https://example.com/")).Blocked);

    [Theory]
    [InlineData("<html><title>ä¸‡ç­å•†åŸŽ</title><p>ï¿½ï¿½Ë®ï¿½ï¿½ ï¿½Û¸ï¿½£ï¿½ï¿½ï¿½</p></html>")]
    [InlineData("<html><title>商城</title><p>锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷</p></html>")]
    [InlineData("<html><head><title>二手家具</title></head><body><div class=\"list\"><div class=\"it\"><a href=\"/d/90")]
    public void Calls_a_body_corrupt_that_was_encoded_twice_or_cut(string body) => Assert.Equal(BlockKind.Corrupt, Blocked(body));

    [Theory]
    [InlineData("<html><title>Été à Évian</title><p>«Déjà élu» — l'été où Noël tombe à l'Île… café crème à 4 €, thé glacé à 3 €, pâté à 6 €</p></html>")]
    [InlineData("<html><title>锟斤拷是怎么来的</title><p>“锟斤拷”是替换字符被再次编码后的样子，老程序员一看就会心一笑，把编码改对就好了。</p></html>")]
    public void Calls_no_body_corrupt_for_its_accents(string body) => Assert.NotEqual(BlockKind.Corrupt, Blocked(body));

    private static BlockKind? Blocked(string body) => PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(body), new Uri("https://example.com/"), "text/html; charset=utf-8").Blocked;

    [Fact]
    public void Reads_nothing_out_of_a_document_of_another_format()
    {
        var content = PageReader.CreateDefault().Read("%PDF-1.7 \u0001\u0002"u8, new Uri("https://example.com/a.pdf"));

        Assert.Equal((PageOutcome.Ok, PageKind.Other), (content.Outcome, content.PageKind));
        Assert.Empty(content.Listings);
    }
}
