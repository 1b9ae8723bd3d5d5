using System.Collections.Immutable;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>A text cut where findings and counter-evidence begin and end, for showing it with marks.</summary>
internal static class MarkedText
{
    /// <param name="field"><c>title</c>, <c>text</c> or <c>seller</c>: the field that <paramref name="text"/> is.</param>
    /// <returns>Pieces that join to the text again. Spans that lie outside of it are left out.</returns>
    public static IReadOnlyList<Piece> Cut(string text, string field, ImmutableArray<Finding> findings)
    {
        var marks = findings
            .SelectMany(finding => finding.Spans.Select(span => new Mark(finding, span, null))
                .Concat(finding.Against.SelectMany(against => against.Spans.Select(span => new Mark(finding, span, against.Kind)))))
            .Where(mark => mark.Span.Field == field && mark.Span.Start >= 0 && mark.Span.Start < mark.Span.End && mark.Span.End <= text.Length)
            .ToList();
        var cuts = marks.SelectMany(mark => new[] { mark.Span.Start, mark.Span.End }).Concat([0, text.Length]).Distinct().Order().ToList();
        return
        [
            .. cuts.Zip(cuts.Skip(1), (start, end) => new Piece(
                text[start..end],
                [.. marks.Where(mark => mark.Span.Start <= start && mark.Span.End >= end)])),
        ];
    }

    /// <summary>The pieces around the first mark of a finding, the text left of it shortened, for one line of a list.</summary>
    /// <param name="before">How much to keep left of the mark, UTF-16 units.</param>
    /// <returns>The whole where nothing is marked.</returns>
    public static IReadOnlyList<Piece> FromFirstMark(IReadOnlyList<Piece> pieces, int before)
    {
        var first = pieces.TakeWhile(piece => piece.Leading is not { CounterEvidence: null }).Count();
        var left = string.Concat(pieces.Take(first).Select(piece => piece.Text));
        if (first == pieces.Count || left.Length <= before)
        {
            return pieces;
        }

        var start = left.Length - before;
        start += char.IsLowSurrogate(left[start]) ? 1 : 0;
        return [new Piece("…" + left[start..], []), .. pieces.Skip(first)];
    }

    /// <param name="Marks">Strongest finding first; empty for a piece that nothing speaks of.</param>
    public sealed record Piece(string Text, ImmutableArray<Mark> Marks)
    {
        /// <summary>The mark that colours the piece: a finding before counter-evidence.</summary>
        public Mark? Leading => Marks.FirstOrDefault(mark => mark.CounterEvidence is null) ?? Marks.FirstOrDefault();
    }

    /// <param name="CounterEvidence">Its kind; null for a passage of the finding itself.</param>
    public sealed record Mark(Finding Finding, Span Span, string? CounterEvidence)
    {
        /// <summary>What the pointer shows: type, rule and how the passage was read.</summary>
        public string Tip
        {
            get
            {
                var type = ViolationType.NameOf(Finding.Type);
                return CounterEvidence is { } kind
                    ? $"反证：{Wording.OfCounterEvidence(kind)}（针对{type}）"
                    : $"{type} · 规则 {Finding.Rule ?? "统计模型"} · {Wording.Visible(Wording.Reading(Span))}";
            }
        }
    }
}
