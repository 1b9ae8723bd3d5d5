using Surveillance.Api.Cli;
using Surveillance.Api.Search.Feeding;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

public sealed class RegionsTests
{
    private static readonly Regions Shipped = Regions.Load(ProgramFiles.DataFolder);

    [Theory]
    [InlineData("广东", "广东")]
    [InlineData("广东省", "广东")]
    [InlineData("广东深圳", "广东")]
    [InlineData("深圳", "广东")]
    [InlineData("深圳市南山区", "广东")]
    [InlineData("发货地：江苏 苏州", "江苏")]
    [InlineData("中国·内蒙古自治区·包头", "内蒙古")]
    [InlineData("新疆维吾尔自治区", "新疆")]
    [InlineData("北京朝阳区", "北京")]
    [InlineData("上海南京西路", "上海")]
    [InlineData("吉林市", "吉林")]
    [InlineData("青海海南州", "青海")]
    [InlineData("香港", "香港")]
    [InlineData("朝阳区", null)]
    [InlineData("中山路", null)]
    [InlineData("阿里巴巴", null)]
    [InlineData("海外", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_location_lies_in(string? location, string? region) => Assert.Equal(region, Shipped.Of(location));

    [Theory]
    [InlineData("甲省: { names: [], cities: [], more: [] }", "more")]
    [InlineData("甲省: { names: [] }", "cities")]
    [InlineData("甲省: { names: [], cities: [乙市] }\n丙省: { names: [], cities: [乙市] }", "乙市")]
    [InlineData("甲省: { names: [], cities: [] }\n甲省: { names: [], cities: [] }", "provinces.yaml")]
    [InlineData("", "expected provinces")]
    [InlineData("[", "provinces.yaml")]
    public void A_file_is_refused_that_is(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "regions"));
        folder.File("regions/provinces.yaml", content);

        Assert.Contains(reason, Assert.Throws<RuleSetException>(() => Regions.Load(folder.Path)).Message, StringComparison.Ordinal);
    }
}
