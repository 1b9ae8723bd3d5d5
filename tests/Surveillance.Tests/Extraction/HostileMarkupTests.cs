using System.Diagnostics;
using System.Text;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Tests.Extraction;

public sealed class HostileMarkupTests
{
    private const int Times = 20_000;

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
    public void Reads_in_bounded_time(string opening, string closing)
    {
        var html = new StringBuilder().Insert(0, opening, Times).Append("电工").Append(new StringBuilder().Insert(0, closing, Times)).ToString();
        var watch = Stopwatch.StartNew();

        var content = PageReader.CreateDefault().Read(Encoding.UTF8.GetBytes(html), new Uri("https://example.com/"));

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
