using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Tests.Extraction;

public sealed class LongScriptsTests
{
    private static readonly string Filler = new('x', 2_000);

    [Theory]
    [InlineData("window.state={\"a\":\"</scripts>\",\"b\":1};")]
    [InlineData("if(a<b&&c>d){e='<script>'}")]
    [InlineData("<!-- hidden from old browsers\nvar a=1;//-->")]
    [InlineData("\uE0F00")]
    public void What_a_long_script_holds_is_read_as_written(string script)
    {
        var held = script + Filler;

        var document = PageTree.Parse($"<p>前</p><script>{held}</script><SCRIPT type=text/x>{Filler}{held}</SCRIPT ><p>后</p>");

        Assert.Equal([held, Filler + held], LongScripts.Named(document, "script").Select(LongScripts.TextOf));
        Assert.Equal("前\n后", PageTree.Of(document).Text.Trim());
    }

    [Fact]
    public void A_page_that_writes_the_mark_itself_keeps_its_own_text_or_shows_another_script_of_its_own()
    {
        var document = PageTree.Parse($"<script>\uE0F00</script><script>\uE0F07</script><script>{Filler}</script><p>\uE0F00</p>");

        Assert.Equal([Filler, "\uE0F07", Filler], LongScripts.Named(document, "script").Select(LongScripts.TextOf));
        Assert.Equal("\uE0F00", PageTree.Of(document).Text.Trim());
    }

    [Fact]
    public void Short_scripts_styles_and_unclosed_ones_stay_where_they_are()
    {
        var document = PageTree.Parse($"<style>{Filler}</style><script>a()</script><noscript><style>{Filler}</style>开启脚本</noscript><p>文</p><script>{Filler}");

        Assert.Equal("a()", LongScripts.TextOf(LongScripts.Named(document, "script").First()));
        Assert.Contains("文", PageTree.Of(document).Text, StringComparison.Ordinal);
        Assert.Contains("开启脚本", LongScripts.Named(document, "noscript").Single().InnerText, StringComparison.Ordinal);
    }
}
