using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

public sealed class MarkedTextTests
{
    // Findings as type:start-end in order of strength; pieces as text[types].
    [Theory]
    [InlineData("低压电工证包过", "guarantee:5-7", "低压电工证|包过[guarantee]")]
    [InlineData("abcdef", "guarantee:1-4 insider:2-5", "a|b[guarantee]|cd[guarantee,insider]|e[insider]|f")]
    [InlineData("abc", "guarantee:0-3", "abc[guarantee]")]
    [InlineData("abc", "guarantee:1-9", "abc")]
    [InlineData("abc", "guarantee:2-2", "abc")]
    [InlineData("abc", "", "abc")]
    [InlineData("", "guarantee:0-1", "")]
    public void Cuts_where_findings_begin_and_end(string text, string findings, string expected)
    {
        var pieces = MarkedText.Cut(text, "title", [.. Findings(findings)]);

        Assert.Equal(expected, string.Join('|', pieces.Select(Show)));
        Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
    }

    [Fact]
    public void A_finding_colours_a_piece_before_counter_evidence_does()
    {
        var denied = Findings("guarantee:0-2").Single() with { Against = [new("denial", [new Span("title", 0, 4, "包过骗局")])] };

        var pieces = MarkedText.Cut("包过骗局", "title", [denied]);

        Assert.Equal([null, "denial"], pieces.Select(piece => piece.Leading?.CounterEvidence));
        Assert.Contains("否认", pieces[0].Marks[1].Tip, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tip_names_type_rule_and_reading()
    {
        var span = new Span("title", 0, 2, "报过", "包过", "homophone");
        var finding = Findings("guarantee:0-2").Single() with { Rule = "guarantee.pass", Spans = [span] };

        var tip = MarkedText.Cut("报过", "title", [finding]).Single().Marks.Single().Tip;

        Assert.Equal("保证性承诺 · 规则 guarantee.pass · 报过 读作 包过（谐音）", tip);
    }

    [Theory]
    [InlineData("0123456789包过", 4, "…6789|包过")]
    [InlineData("01包过", 4, "01|包过")]
    public void An_excerpt_begins_shortly_before_the_first_finding(string text, int before, string expected)
    {
        var pieces = MarkedText.Cut(text, "title", [.. Findings($"guarantee:{text.Length - 2}-{text.Length}")]);

        Assert.Equal(expected, string.Join('|', MarkedText.FromFirstMark(pieces, before).Select(piece => piece.Text)));
    }

    private static string Show(MarkedText.Piece piece) =>
        piece.Text + (piece.Marks.IsEmpty ? "" : $"[{string.Join(',', piece.Marks.Select(mark => mark.Finding.Type))}]");

    private static IEnumerable<Finding> Findings(string table) =>
        from row in table.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = row.Split(':', '-')
        let start = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)
        let end = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)
        select Some.Finding(parts[0]) with { Spans = [new Span("title", start, end, "", null)] };
}
