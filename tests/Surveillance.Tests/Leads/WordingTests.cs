using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

public sealed class WordingTests
{
    [Theory]
    [InlineData("包过", "包过", null, "包过")]
    [InlineData("报过", "包过", "homophone", "报过 读作 包过（谐音）")]
    [InlineData("包 过", "包过", "separator", "包 过 读作 包过（插入符号）")]
    [InlineData("言正", "证", "split-character", "言正 读作 证（拆字）")]
    [InlineData("包過", "包过", null, "包過 读作 包过")]
    [InlineData("包过", null, null, "包过")]
    public void A_passage_says_how_it_was_read(string text, string? canonical, string? fold, string expected) =>
        Assert.Equal(expected, Wording.Reading(new Span("title", 0, text.Length, text, canonical, fold)));

    [Theory]
    [InlineData("包\u202E过", "包⟨202E⟩过")]
    [InlineData("包\u200B过", "包⟨200B⟩过")]
    [InlineData("a\u0000b\nc", "a⟨0000⟩b\nc")]
    [InlineData("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️")]
    [InlineData("平常", "平常")]
    public void Hidden_characters_are_spelled_out(string text, string expected) => Assert.Equal(expected, Wording.Visible(text));

    [Theory]
    [InlineData("ab😀c", 3, "ab…")]
    [InlineData("ab😀c", 4, "ab😀…")]
    [InlineData("abc", 3, "abc")]
    public void A_beginning_never_ends_within_a_pair(string text, int length, string expected) => Assert.Equal(expected, Wording.Beginning(text, length));

    [Theory]
    [InlineData("24", 1, 1, "《某法》第二十四条第一款第一项")]
    [InlineData("9", null, 3, "《某法》第九条第三项")]
    [InlineData("284之一", null, null, "《某法》第二百八十四条之一")]
    [InlineData("10", null, null, "《某法》第十条")]
    [InlineData("105", 11, 20, "《某法》第一百零五条第十一款第二十项")]
    [InlineData("110", null, null, "《某法》第一百一十条")]
    [InlineData(null, null, null, "《某法》")]
    public void A_basis_is_cited_as_documents_do(string? article, int? paragraph, int? item, string expected) =>
        Assert.Equal(expected, LegalText.Of(new CitedBasis("某法", article, paragraph, item, null, "verified", null, null)));

    [Theory]
    [InlineData("verified", "《某法》第一条")]
    [InlineData("待核", "《某法》第一条（待核）")]
    public void What_is_not_verified_says_so(string status, string expected) =>
        Assert.Equal(expected, LegalText.WithStatus(new CitedBasis("某法", "1", null, null, null, status, null, null)));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("价格=1", "价格=1")]
    [InlineData("a\0b", "ab")]
    [InlineData(null, "")]
    public void A_cell_is_never_a_formula(string? text, string expected) => Assert.Equal(expected, SafeCsv.Cell(text));
}
