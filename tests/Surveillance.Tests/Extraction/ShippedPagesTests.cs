using System.Diagnostics;
using System.Text;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Pages whose list stands where no reader sees it until a script has shown it.</summary>
public sealed class ShippedPagesTests
{
    private static readonly string[] Titles = ["低压电工作业取证班 每周六开课", "熔化焊接与热切割实操小班", "高处作业证复审学习资料整理", "绝缘手套与验电笔成套工具", "制冷与空调作业考前冲刺", "叉车司机理论题讲解三十讲"];
    private static readonly decimal?[] Prices = [680m, 1250m, 39.9m, 168m, 560m, 75.5m];
    private static readonly string[] Sellers = ["城东实训中心", "老宋焊接工坊", "安考资料铺", "明光劳保用品", "凉风技工学校", "稳重叉车课堂"];

    [Theory]
    [InlineData("calls-with-markup.html")]
    [InlineData("calls-with-markup-in-hexadecimal.html")]
    [InlineData("written-by-scripts.html")]
    [InlineData("written-by-scripts-escaped.html")]
    [InlineData("set-as-inner-html.html")]
    [InlineData("template-filled-in.html")]
    [InlineData("template-element-filled-in.html")]
    [InlineData("without-scripts.html")]
    [InlineData("shadow-root.html")]
    [InlineData("streamed-late.html")]
    [InlineData("json-in-text-area.html")]
    [InlineData("json-in-hidden-field.html")]
    [InlineData("json-in-hidden-element.html")]
    [InlineData("json-in-attribute.html")]
    [InlineData("store-of-references.html")]
    [InlineData("store-of-relay.html")]
    [InlineData("tables-by-id.html")]
    [InlineData("objects-by-id.html")]
    [InlineData("json-as-text-in-json.json")]
    [InlineData("records-as-texts.json")]
    [InlineData("markup-piece-by-piece.json")]
    [InlineData("pushed-row-by-row.html")]
    [InlineData("laid-out-flat.html")]
    [InlineData("laid-out-flat-with-names.html")]
    public void Reads_the_list_of(string name)
    {
        var content = PageFixture.Read($"Shipped/{name}");

        Assert.Equal(Titles, content.Listings.Select(listing => listing.Title));
        Assert.Equal(Prices, content.Listings.Select(listing => listing.Price));
        Assert.Equal(Sellers, content.Listings.Select(listing => listing.Seller));
        Assert.Equal("https://market.example.com/course/900100.html", content.Listings[0].Url);
        Assert.Equal(PageKind.Search, content.PageKind);
    }

    [Theory]
    [InlineData("records-in-an-island.html")]
    [InlineData("records-as-an-answer.xml")]
    public void Reads_records_of_a_data_island_and_not_the_menu_beside_them(string name)
    {
        var content = PageFixture.Read($"Shipped/{name}");

        Assert.Equal(Titles, content.Listings.Select(listing => listing.Title));
        Assert.Equal("https://market.example.com/art/2026/5/1/art_77_4400.html", content.Listings[0].Url);
    }

    [Fact]
    public void Puts_what_a_store_keeps_by_id_back_where_it_is_named()
    {
        var content = PageFixture.Read("Shipped/store-of-ids.html");

        Assert.Equal(Titles.Zip(Sellers), content.Listings.Select(listing => (listing.Title!, listing.Seller!)));
    }

    [Fact]
    public void A_long_text_pushed_in_a_row_of_its_own_is_put_where_it_is_named() =>
        Assert.Equal("这门课从认表讲起。", PageFixture.Read("Shipped/pushed-row-by-row.html").Listings[0].Text);

    [Fact]
    public void A_template_that_waits_for_values_shows_nothing()
    {
        var content = PageFixture.Read("Shipped/template-unfilled.html");

        Assert.Equal((PageOutcome.Blocked, BlockKind.Interstitial, 0), (content.Outcome, content.Blocked, content.Listings.Count));
    }

    [Fact]
    public void What_a_drawn_page_passes_to_calls_is_no_part_of_it()
    {
        var shown = string.Concat(Enumerable.Range(1, 30).Select(i => $"<li><a href='/n/{i}.html'>第{i}期安全生产简报已经发布，请各单位对照自查并按时报送整改情况</a><span>2026-03-{i:00}</span></li>"));
        var content = Read($"<title>简报</title><ul>{shown}</ul><script>Dialog.open({{\"html\":\"<div>{string.Concat(Enumerable.Repeat("<p>登录后可以收藏<\\/p>", 200))}<\\/div>\"}})</script>");

        Assert.Equal(30, content.Listings.Count);
        Assert.DoesNotContain(content.Listings, listing => listing.Title!.Contains("登录", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Hostile()
    {
        var braids = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"N:{i}\":{{\"title\":\"第{i}号课程\",\"a\":[{string.Join(',', Enumerable.Range(0, 60).Select(k => $"{{\"__ref\":\"N:{k}\"}}"))}]}}"));
        var places = string.Join(',', Enumerable.Range(2, 400).Select(i => $"[{string.Join(',', Enumerable.Repeat((i + 1) % 402, 50))}]"));
        return new TheoryData<string, string>
        {
            { "store in which everything names everything", $"<script>s={{\"ROOT_QUERY\":{{\"a\":{{\"__ref\":\"N:0\"}}}},{braids}}}</script>" },
            { "store that names itself", "<script>s={\"ROOT_QUERY\":{\"a\":{\"__ref\":\"ROOT_QUERY\"},\"b\":{\"__ref\":\"N:1\"}},\"N:1\":{\"c\":{\"__ref\":\"N:1\"},\"title\":\"自称其名的条目\"}}</script>" },
            { "flat document in which every list names the next many times", $"<script>s=[{{\"a\":1}},[2],{places},\"文\"]</script>" },
            { "calls that are never closed", $"<script>{string.Concat(Enumerable.Repeat("f({a:(", 200_000))}<\\/div></script>" },
            { "texts that are never closed", $"<script>{string.Concat(Enumerable.Repeat("f('<div>' + \"<\\/", 100_000))}</script>" },
            { "templates within templates", string.Concat(Enumerable.Repeat("<template><div><noscript>", 60_000)) + "</div>" },
            { "page of elements for want of scripts", string.Concat(Enumerable.Repeat("<noscript><div>", 60_000)) + "</div>" },
            { "records that are never closed", $"<script type='text/xml'>{string.Concat(Enumerable.Repeat("<record><![CDATA[<li>", 200_000))}</script>" },
            { "rows that are longer than they are", $"<script>self.__next_f.push([1,\"{string.Concat(Enumerable.Repeat("1:Tfffffff,", 100_000))}\"])</script>" },
            { "texts within texts", $"<script>s={{\"list\":[{Nested(9)}]}}</script>" },
        };
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Answers_soon_for_a(string what, string html)
    {
        var clock = Stopwatch.StartNew();
        Assert.NotNull(Read(html));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"A page with a {what} took {clock.Elapsed}.");
    }

    private static string Nested(int depth)
    {
        var json = "{\"title\":\"里层的课程\",\"price\":\"1\"}";
        for (var i = 0; i < depth; i++)
        {
            json = $"{{\"content\":{System.Text.Json.JsonSerializer.Serialize(json)},\"code\":\"\"}}";
        }

        return json;
    }

    private static PageContent Read(string html) => PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(html), new Uri("https://market.example.com/x"), "text/html; charset=utf-8");
}
