using System.Diagnostics;
using System.Globalization;
using System.Text;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Tests.Extraction;

public sealed class HostileMarkupTests
{
    private const int Times = 20_000;
    private const string Search = "https://example.com/search?q=x";

    /// <summary>Far above what these take, far below what quadratic work on them takes.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("<div>", "")]
    [InlineData("<div>", "</div>")]
    [InlineData("<b><a href=/x>", "")]
    [InlineData("<table><tr><td>", "")]
    [InlineData("<div><span></div></span>", "")]
    [InlineData("</div>", "")]
    [InlineData("<select><option>", "")]
    [InlineData("<", "")]
    [InlineData("<!--", "")]
    [InlineData("<script>a={", "")]
    [InlineData("{\"a\":", "")]
    [InlineData("[", "")]
    [InlineData("<li><a href=\"/i/1234567\">标题标题标题</a>", "")]
    [InlineData("<code><!--<code>", "")]
    public void Reads_in_bounded_time(string opening, string closing) =>
        ReadsInTime(new StringBuilder().Insert(0, opening, Times).Append("电工").Append(new StringBuilder().Insert(0, closing, Times)).ToString());

    [Theory]
    [InlineData(1, 40_000, "<i>周{0}工</i>")]
    [InlineData(4, 40_000, "<i>周{0}工</i>")]
    [InlineData(4, 40_000, "周{0}工<br>")]
    [InlineData(4, 40_000, "<a href='/shop/{0}'><img src='/p.jpg'>周师傅</a>")]
    [InlineData(4, 40_000, "<a href='/shop/{0}'><img src='/p.jpg'></a>")]
    [InlineData(4, 10_000, "<div class='shop'><p><img><i>周师傅</i></p></div>")]
    [InlineData(20_000, 10, "<i>周{0}工</i>")]
    [InlineData(4, 40_000, "<p><i>周{0}工</i></p>")]
    [InlineData(4, 40_000, "<td><i>周{0}工</i></td>")]
    [InlineData(20_000, 1, "<p><span>商家：周师傅</span><span>3天前</span></p>")]
    public void Reads_cards_of_many_texts_in_bounded_time(int cards, int texts, string text)
    {
        var below = new StringBuilder();
        for (var i = 0; i < texts; i++)
        {
            below.AppendFormat(CultureInfo.InvariantCulture, text, i);
        }

        ReadsInTime(Cards(cards, "", below.ToString()), Search);
    }

    [Theory]
    [InlineData(4, 5_000, "data-shop-{0}='周师傅'")]
    [InlineData(4, 5_000, "data-nick{0}='%E5%91%A8{0}'")]
    [InlineData(4, 5_000, "data-x{0}='{{&quot;shopName&quot;:&quot;周师傅{0}&quot;}}'")]
    [InlineData(2_000, 20, "data-x{0}='{{&quot;shopName&quot;:&quot;周师傅{0}&quot;}}'")]
    public void Reads_cards_of_many_telling_attributes_in_bounded_time(int cards, int attributes, string attribute)
    {
        var all = string.Join(' ', Enumerable.Range(0, attributes).Select(i => string.Format(CultureInfo.InvariantCulture, attribute, i)));

        ReadsInTime(Cards(cards, all, "<b>¥20</b>"), Search);
    }

    [Theory]
    [InlineData("<li><a href='/item/{0}'>标题标题标题{0}</a></li>")]
    [InlineData("<li><a href='/item/{0}'>标题标题标题{0}</a><i>周师傅{0}</i></li>")]
    [InlineData("<i>周师傅{0}</i>")]
    [InlineData("<h3>标题标题标题{0}</h3><i>周师傅{0}</i>")]
    [InlineData("<tr><td><a href='/item/{0}'>标题标题标题{0}</a></td><td>周师傅{0}</td></tr>")]
    [InlineData("<div role='link'>标题标题标题{0}</div>")]
    [InlineData("<div><h4>猜你喜欢</h4><a href='/item/{0}'>标题标题标题{0}</a></div>")]
    [InlineData("<p>猜你喜欢</p><p>标题标题标题{0}</p>")]
    [InlineData("<span class='author'>周师傅{0}</span>")]
    [InlineData("<p class='comment'><span class='author'>周师傅{0}</span></p>")]
    [InlineData("<a href='/shop/{0}'>周师傅{0}号店铺</a>")]
    [InlineData("<div class='price'>¥{0}</div>")]
    [InlineData("<dt>商家：</dt><dd>周师傅{0}</dd>")]
    [InlineData("<a e-landurl='https://lp{0}.example.com' href='https://www.so.com/s/eclk?p={0}'>标题标题标题{0}</a>")]
    public void Reads_many_siblings_in_bounded_time(string sibling)
    {
        var all = new StringBuilder();
        for (var i = 0; i < 2 * Times; i++)
        {
            all.AppendFormat(CultureInfo.InvariantCulture, sibling, i);
        }

        ReadsInTime(sibling.StartsWith("<tr", StringComparison.Ordinal) ? $"<table><tr><th>名称</th><th>商家</th></tr>{all}</table>" : $"<ul>{all}</ul>", Search);
    }

    private static string Cards(int count, string attributes, string below)
    {
        var all = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            all.Append(CultureInfo.InvariantCulture, $"<li {attributes}><h3><a href='/item/{i}8001'>第{i}期电工培训</a></h3>{below}</li>");
        }

        return $"<title>搜索</title><ul>{all}</ul>";
    }

    private static void ReadsInTime(string html, string url = "https://example.com/")
    {
        var watch = Stopwatch.StartNew();

        var content = PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(html), new Uri(url));

        Assert.Equal("utf-8", content.Charset);
        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
    }

    [Fact]
    public void Bounds_the_depth_and_keeps_the_text()
    {
        var html = new StringBuilder().Insert(0, "<div>", 10_000).Append("最里层").Append(new StringBuilder().Insert(0, "</div>", 10_000)).Append("<p>之后</p>").ToString();

        var tree = PageTree.Of(PageTree.Parse(html));

        Assert.InRange(tree.Elements.Max(element => element.Depth), 2, MarkupBounds.MaxDepth + 2);
        Assert.Contains("最里层", tree.Text, StringComparison.Ordinal);
        Assert.Contains("之后", tree.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_ordinary_markup_as_it_is()
    {
        const string Html = "<ul><li>一<li>二</ul><p>三<br/><img src='a>b'><script>if(a<b){}</script>";

        Assert.Same(Html, MarkupBounds.Apply(Html).Html);
    }
}
