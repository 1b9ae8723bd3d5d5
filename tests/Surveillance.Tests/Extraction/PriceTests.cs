using System.Globalization;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Tests.Extraction;

public sealed class PriceTests
{
    [Theory]
    [InlineData("¥ 38 .50", "38.50", null)]
    [InlineData("5499.00-6799.00", "5499.00", "6799.00")]
    [InlineData("￥1,280起", "1280", null)]
    [InlineData("7.98万", "79800", null)]
    [InlineData("3-5万", "30000", "50000")]
    [InlineData("面议", null, null)]
    [InlineData("2000人付款", null, null)]
    [InlineData("8.5折", null, null)]
    [InlineData("定金10", null, null)]
    public void Reads_what_a_price_element_states(string text, string? low, string? high)
    {
        var price = Price.Stated(text);

        Assert.Equal((Number(low), Number(high)), (price?.Low, price?.High));
    }

    [Theory]
    [InlineData("学费优惠 ¥380 名额有限", "380")]
    [InlineData("2016年2.7万公里\n7.98万", "79800")]
    [InlineData("25元", "25")]
    [InlineData("成交2.4万+元", null)]
    [InlineData("本校投资三百余万，40万学员的共同选择，详情请到校咨询了解", null)]
    [InlineData("3万人在学", null)]
    [InlineData("押金¥50 ¥550", "550")]
    [InlineData("单价8862元/㎡", null)]
    [InlineData("原价￥120\n￥45", "45")]
    public void Finds_a_price_in_running_text_only_where_it_says_so(string text, string? low) =>
        Assert.Equal(Number(low), Price.InText(text)?.Low);

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
