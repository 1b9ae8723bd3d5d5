using Surveillance.Classifier.Segmentation;
using Surveillance.Tests.Text;

namespace Surveillance.Tests.Segmentation;

public sealed class SegmenterTests
{
    private readonly Segmenter _segmenter = new(Dictionaries.Resources);

    public static TheoryData<string> Hostile => OddTexts.HostileNames;

    [Theory]
    [InlineData("我来到北京清华大学", SegmentMode.Accurate, true, "我/来到/北京/清华大学")]
    [InlineData("我来到北京清华大学", SegmentMode.Full, true, "我/来到/北京/清华/清华大学/华大/大学")]
    [InlineData("他来到了网易杭研大厦", SegmentMode.Accurate, true, "他/来到/了/网易/杭研/大厦")]
    [InlineData("他来到了网易杭研大厦", SegmentMode.Accurate, false, "他/来到/了/网易/杭/研/大厦")]
    [InlineData("小明硕士毕业于中国科学院计算所", SegmentMode.Search, true, "小明/硕士/毕业/于/中国/科学/学院/科学院/中国科学院/计算/计算所")]
    [InlineData("a b", SegmentMode.Full, true, "a// //b")]
    [InlineData("iPhone12 3.5%", SegmentMode.Accurate, true, "iPhone12/ /3.5%")]
    [InlineData("𠮷野家\r\n", SegmentMode.Accurate, true, "𠮷/野家/\r\n")]
    [InlineData("", SegmentMode.Search, true, "")]
    public void Cuts(string text, SegmentMode mode, bool hmm, string words) => Assert.Equal(words, string.Join('/', _segmenter.Cut(text, mode, hmm)));

    [Theory]
    [InlineData("低压电工/证书 n", "考低压电工证书", "考/低压电工证书")]
    [InlineData("低压电工证 10 nz", "低压电工证报名", "低压电工证/报名")]
    [InlineData("清华大学 0", "清华大学", "清华/大学")]
    [InlineData("\uFEFF杭研大厦", "网易杭研大厦", "网易/杭研大厦")]
    public void Uses_a_user_dictionary(string line, string text, string words)
    {
        _segmenter.SetDictionary("own", [line.Replace("/", string.Empty, StringComparison.Ordinal), string.Empty]);
        Assert.Equal(words, string.Join('/', _segmenter.Cut(text)));
    }

    [Fact]
    public void Replaces_and_removes_a_user_dictionary_without_trace()
    {
        var before = _segmenter.Cut("低压电工证报名");
        _segmenter.SetDictionary("own", ["低压电工证 100"]);
        _segmenter.SetDictionary("own", ["工证报名 100000"]);
        Assert.Contains("工证报名", _segmenter.Cut("低压电工证报名"));
        Assert.DoesNotContain("低压电工证", _segmenter.Cut("低压电工证报名"));
        Assert.True(_segmenter.RemoveDictionary("own"));
        Assert.False(_segmenter.RemoveDictionary("own"));
        Assert.Equal(before, _segmenter.Cut("低压电工证报名"));
    }

    [Theory]
    [InlineData("云 计 算")]
    [InlineData("云计算 many n")]
    [InlineData("云计算 5 n 7")]
    [InlineData("云计算 5 N")]
    [InlineData("云计算 99999999999999")]
    public void Names_a_bad_line_and_keeps_the_old_dictionary(string line)
    {
        _segmenter.SetDictionary("own", ["低压电工证 100"]);
        var message = Assert.Throws<InvalidDataException>(() => _segmenter.SetDictionary("own", ["好词 3", line])).Message;
        Assert.Contains("line 2", message, StringComparison.Ordinal);
        Assert.Contains("低压电工证", _segmenter.Cut("低压电工证报名"));
    }

    [Fact]
    public void Keeps_dictionaries_to_one_instance()
    {
        _segmenter.SetDictionary("own", ["低压电工证 100"]);
        Assert.DoesNotContain("低压电工证", new Segmenter(Dictionaries.Resources).Cut("低压电工证报名"));
    }

    [Fact]
    public async Task Cuts_while_dictionaries_change()
    {
        var cuts = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 3_000).All(_ => string.Concat(_segmenter.Cut("低压电工证报名")) == "低压电工证报名"))).ToList();
        for (var round = 0; round < 200; round++)
        {
            _segmenter.SetDictionary("own", [round % 2 == 0 ? "低压电工证 100" : "工证报名 100000"]);
        }

        Assert.All(await Task.WhenAll(cuts), Assert.True);
    }

    [Fact]
    public void Tags_words_from_the_dictionaries()
    {
        _segmenter.SetDictionary("own", ["低压电工证 100 nz"]);
        Assert.Equal("他们/r 报考/v 低压电工证/nz ABC/eng 12/m ，/x", string.Join(' ', _segmenter.Tag("他们报考低压电工证ABC 12，").Where(word => word.Word != " ").Select(word => $"{word.Word}/{word.Tag}")));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Loses_nothing_of(string name)
    {
        var text = OddTexts.Hostile[name];
        Assert.Equal(text, string.Concat(_segmenter.Cut(text)));
        Assert.Equal(text, string.Concat(_segmenter.Cut(text, hmm: false)));
    }

    [Fact]
    public void Cuts_ten_megabytes_in_one_line()
    {
        var text = string.Concat(Enumerable.Repeat("低压电工证包过", 750_000));
        var words = new List<WordSpan>();
        _segmenter.Cut(text, SegmentMode.Accurate, hmm: true, words);
        Assert.Equal(text.Length, words.Sum(word => word.Length));
    }
}
