using System.Text.Json;
using Surveillance.Api.Search;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

public sealed class GramsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("双包过关", "双 包 过 关")]
    [InlineData("vip会员9.9元", "vip 会 员 9 . 9 元")]
    [InlineData("a \t\n\u0000b", "a ␣ b")]
    [InlineData("🔥𠮷かな한글", "🔥 𠮷 か な 한 글")]
    [InlineData("пример שלום nguyễn", "пример ␣ שלום ␣ nguyễn")]
    [InlineData("过\u0301abc", "过 \u0301 abc")]
    [InlineData("क्षत्रिय", "क्षत्रिय")]
    [InlineData("x\uE000y", "x \uFFFD y")]
    [InlineData("々〇", "々 〇")]
    public void A_text_is_cut_into_units(string text, string units) => Assert.Equal(units, string.Join(' ', Grams.Units(text)));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal(["a", "\uFFFD", "b", "\uFFFD"], Grams.Units("a\uD83Db\uDD25"));

    [Fact]
    public void A_long_run_is_cut_and_never_within_a_character()
    {
        Assert.Equal([100, 100, 50], Grams.Units(new string('a', 250)).Select(unit => unit.Length));
        Assert.Equal([99, 100, 2], Grams.Units("a" + string.Concat(Enumerable.Repeat("\U00010400", 100))).Select(unit => unit.Length));
    }

    [Theory]
    [InlineData("報過", null, "包 过;\uE000报 \uE000过")]
    [InlineData("电工", "包 过", "电 工;包 过;\uE000包 \uE000␣ \uE000过")]
    [InlineData("", "电工", "电 工")]
    public void A_document_holds_both_readings_where_they_differ(string? title, string? text, string grams)
    {
        var normalizer = Some.Classifier.Normalizer;
        Assert.Equal(grams, string.Join(';', Grams.Of(normalizer, title is null ? null : normalizer.Normalize(title), text is null ? null : normalizer.Normalize(text))));
    }

    [Fact]
    public void A_document_survives_JSON()
    {
        var document = new IndexDocument
        {
            Id = "0123456789abcdef0123",
            Version = 7,
            Kind = "listing",
            Source = "s",
            Decision = Decision.Flag,
            Risk = 0.9,
            RulesVersion = "r",
            FirstSeen = Some.Noon,
            LastSeen = Some.Noon,
        };
        var read = JsonSerializer.Deserialize<IndexDocument>(JsonSerializer.Serialize(document, ContractJson.Options), ContractJson.Options)!;
        Assert.Equal((document.Id, document.FirstSeen, 0L), (read.Id, read.FirstSeen, read.Version));
    }
}
