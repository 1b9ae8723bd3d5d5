using System.Text;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Decoding;

namespace Surveillance.Tests.Extraction;

public sealed class PageDecoderTests
{
    [Theory]
    [InlineData("charset-gbk-declared-utf-8.html", null, "gb18030", "低压电工证培训")]
    [InlineData("charset-utf-8-declared-gb2312.html", "text/html; charset=GBK", "utf-8", "低压电工证培训")]
    [InlineData("charset-big5-undeclared.html", null, "big5", "水電工程證照課程")]
    [InlineData("charset-meta-late.html", null, "gb18030", "高压电工培训")]
    [InlineData("charset-utf-16-without-mark.html", null, "utf-16le", "焊工")]
    [InlineData("charset-utf-8-with-mark.html", "text/html; charset=gbk", "utf-8", "低压电工证")]
    public void Lets_the_bytes_decide(string name, string? contentType, string charset, string contained)
    {
        var decoded = PageDecoder.Decode(PageFixture.Bytes(name), contentType);

        Assert.Equal(charset, decoded.Charset);
        Assert.Contains(contained, decoded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_declared_charset_that_the_bytes_allow()
    {
        _ = PageReader.CreateDefault().Read("x"u8, new Uri("https://example.com/"));
        var bytes = Encoding.GetEncoding("big5").GetBytes("電");

        Assert.Equal("big5", PageDecoder.Decode(bytes, "text/html; charset=big5").Charset);
    }

    [Fact]
    public void Reads_utf_8_that_was_cut_in_the_middle_of_a_character()
    {
        var bytes = Encoding.UTF8.GetBytes("低压电工证培训");

        Assert.Equal("utf-8", PageDecoder.Decode(bytes.AsSpan()[..^1], null).Charset);
    }

    [Fact]
    public void Reads_utf_8_in_which_a_site_cut_single_characters()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("特种作业操作证培训通知", 5))), 0xE4, 0xBD, (byte)'<', .. Encoding.UTF8.GetBytes("后文")];

        Assert.Equal("utf-8", PageDecoder.Decode(bytes, "text/html; charset=gbk").Charset);
    }
}
