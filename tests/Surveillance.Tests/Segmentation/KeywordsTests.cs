using System.Globalization;
using Surveillance.Classifier.Segmentation;
using Surveillance.Tests.Text;

namespace Surveillance.Tests.Segmentation;

public sealed class KeywordsTests
{
    private const string Text = "特种作业人员必须经专门的安全技术培训并考核合格，取得特种作业操作证后，方可上岗作业。特种作业操作证由应急管理部门发放。";

    private readonly Keywords _keywords = new(Dictionaries.Resources, new Segmenter(Dictionaries.Resources));

    [Fact]
    public void Weigh_words_as_jieba_does() => Assert.Equal(
        "作业 1.2711, 操作证 1.0395, 特种 1.0033, 技术培训 0.5001, 上岗 0.4190",
        string.Join(", ", _keywords.ByFrequency(Text, 5).Select(keyword => string.Create(CultureInfo.InvariantCulture, $"{keyword.Word} {keyword.Weight:F4}"))));

    [Fact]
    public void Rank_words_by_their_neighbours()
    {
        var keywords = _keywords.ByRank(Text, null);
        Assert.Equal(["作业", "特种"], keywords.Take(2).Select(keyword => keyword.Word));
        Assert.Equal(1, keywords[0].Weight, 9);
        Assert.All(keywords, keyword => Assert.InRange(keyword.Weight, 0.0001, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("的 的 the of")]
    public void Find_none_in(string text)
    {
        Assert.Empty(_keywords.ByFrequency(text));
        Assert.Empty(_keywords.ByRank(text));
    }
}
