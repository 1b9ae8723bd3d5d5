using Surveillance.Api.Search;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

public sealed class HighlightsTests
{
    [Theory]
    [InlineData("報過", "低压电工证报过", "title 5-7 报过")]
    [InlineData("包过", "包 过班", "title 0-3 包 过")]
    [InlineData("\"报过\"", "低压电工证报过", "title 5-7 报过")]
    [InlineData("\"包过\"", "低压电工证报过", "title 5-7 报过")]
    [InlineData("低压电工证", "低压操作证", "title 0-5 低压操作证")]
    [InlineData("双包过 包过关", "双包过关", "title 0-4 双包过关")]
    [InlineData("包过 电工", "电工包过", "title 0-2 电工;title 2-4 包过")]
    [InlineData("vi*", "ＶＩＰ会员 vi", "title 0-3 ＶＩＰ;title 6-8 vi")]
    [InlineData("😀", "a😀😀", "title 1-3 😀;title 3-5 😀")]
    [InlineData("-包过", "包过", "")]
    [InlineData("", "包过", "")]
    [InlineData("电", "", "")]
    public void Passages_of_the_original_are_named(string query, string title, string highlights) => Assert.Equal(highlights, Shown(query, title, null));

    [Fact]
    public void Title_comes_before_text() => Assert.Equal("title 1-3 电工;text 0-2 电工;text 3-5 電工", Shown("电工", "考电工", "电工，電工"));

    private static string Shown(string query, string title, string? text) => string.Join(';', new Highlights(Some.Classifier.Normalizer)
        .Of(SearchCorpus.Document("a", title, text), SearchCases.Parser.Parse(query))
        .Select(highlight => $"{highlight.Field} {highlight.Start}-{highlight.End} {highlight.Text}"));
}
