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

    [Theory]
    [InlineData("钳表有一点磨损，打包280元不单卖", "280")]
    [InlineData("会员还剩七个月，45块转，改绑手机就行", "45")]
    [InlineData("名额60人，费用280元，资料齐全当天受理", "280")]
    [InlineData("全套书 66 元包邮", "66")]
    [InlineData("无证上岗罚款5000元，单位另罚2万元", null)]
    [InlineData("考了三次花了900块，终于过了", null)]
    [InlineData("补贴 1500 元转账到卡", null)]
    public void Finds_what_running_text_asks_for_something(string text, string? low) =>
        Assert.Equal(Number(low), Price.Offered(text)?.Low);

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
