using System.Buffers;
using System.Globalization;

namespace Surveillance.Classifier.Rules.Language;

/// <summary>Reads the pattern language of <c>docs/rules.md</c>.</summary>
/// <remarks>
/// <c>包过</c> a term · <c>&lt;set&gt;</c> any term of a set · <c>(a|b|&lt;c&gt;)</c> any of these, with <c>?</c> after it or none ·
/// <c>[90-100]</c> a number · <c>A..4B</c> up to four characters between · <c>A~4B</c> in either order · <c>!(a|b)</c> none of these here.
/// </remarks>
internal sealed class PatternParser(TermSets sets)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>()[]|!?~");

    /// <summary>More than one pattern where optional parts or free order stand for several.</summary>
    /// <exception cref="FormatException">The pattern is malformed; the message says why.</exception>
    public IEnumerable<Pattern> Parse(string source)
    {
        foreach (var ordered in Order(source))
        {
            foreach (var parts in Variants(Split(ordered)))
            {
                yield return Build(source, parts);
            }
        }
    }

    private static IEnumerable<string> Order(string source)
    {
        var near = source.IndexOf('~', StringComparison.Ordinal);
        if (near < 0)
        {
            return [source];
        }

        var digits = near + 1;
        while (digits < source.Length && char.IsAsciiDigit(source[digits]))
        {
            digits++;
        }

        var (left, gap, right) = (source[..near], source[(near + 1)..digits], source[digits..]);
        return gap.Length > 0 && left.Length > 0 && right.Length > 0 && !right.Contains('~', StringComparison.Ordinal)
            ? [$"{left}..{gap}{right}", $"{right}..{gap}{left}"]
            : throw new FormatException("expected one '~' with a distance between two parts, such as a~8b");
    }

    private static List<Part> Split(string source)
    {
        var parts = new List<Part>();
        var gap = 0;
        for (var at = 0; at < source.Length;)
        {
            if (source.AsSpan(at).StartsWith(".."))
            {
                gap = ReadGap(source, ref at);
                continue;
            }

            var part = ReadPart(source, ref at) with { Gap = gap };
            gap = 0;
            parts.Add(part);
        }

        return gap == 0 && parts.Count > 0 ? parts : throw new FormatException("expected a term after the last distance");
    }

    private static int ReadGap(string source, ref int at)
    {
        var start = at + 2;
        at = start;
        while (at < source.Length && char.IsAsciiDigit(source[at]))
        {
            at++;
        }

        return int.TryParse(source.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var gap) && gap is > 0 and <= 60
            ? gap
            : throw new FormatException("expected a distance from 1 to 60 after '..'");
    }

    private static Part ReadPart(string source, ref int at)
    {
        var absent = source[at] == '!';
        var open = absent ? at + 1 : at;
        if (open < source.Length && source[open] is '(' or '<' or '[')
        {
            var close = source.IndexOf(source[open] switch { '(' => ')', '<' => '>', _ => ']' }, open);
            if (close < 0)
            {
                throw new FormatException($"'{source[open]}' is not closed");
            }

            at = close + 1;
            var optional = at < source.Length && source[at] == '?' && source[open] == '(' && !absent;
            at += optional ? 1 : 0;
            return new Part(source[open], source[open] == '<' ? source[open..(close + 1)] : source[(open + 1)..close], absent, optional);
        }

        var start = at;
        while (at < source.Length && !Special.Contains(source[at]) && !source.AsSpan(at).StartsWith(".."))
        {
            at++;
        }

        return at > start ? new Part('"', source[start..at], false, false) : throw new FormatException($"'{source[at]}' has no place here");
    }

    private static IEnumerable<List<Part>> Variants(List<Part> parts)
    {
        var optional = parts.FindIndex(part => part.Optional);
        if (optional < 0)
        {
            return [parts];
        }

        List<Part> with = [.. parts];
        with[optional] = with[optional] with { Optional = false };
        List<Part> without = [.. parts];
        without.RemoveAt(optional);
        if (optional < without.Count)
        {
            // Leaving a part out leaves its distance to the next one.
            without[optional] = without[optional] with { Gap = Math.Max(without[optional].Gap, parts[optional].Gap) };
        }

        return Variants(with).Concat(Variants(without));
    }

    private Pattern Build(string source, List<Part> parts)
    {
        var elements = new List<PatternElement>();
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            var reach = index == 0 && parts.Count > 1 ? parts[1].Gap : 0;
            elements.Add(part switch
            {
                { Open: '[', Absent: false } => ReadNumber(part),
                { Absent: true } => new AbsentElement(Symbol(part), part.Gap, reach),
                _ => new TermElement(Symbol(part), part.Gap),
            });
        }

        return !elements.OfType<TermElement>().Any() ? throw new FormatException("expected at least one term or set that is not negated")
            : elements is [AbsentElement, not TermElement, ..] ? throw new FormatException("expected a term or set after a negation at the start")
            : new Pattern(source, elements);
    }

    private int Symbol(Part part) => part.Open == '[' ? throw new FormatException("a number can't be negated")
        : part.Open == '(' ? sets.Symbol([.. part.Text.Split('|').Select(Alternative)])
        : sets.Symbol([part.Text]);

    private static string Alternative(string term) =>
        term.Contains("..", StringComparison.Ordinal) || (!term.StartsWith('<') && term.AsSpan().IndexOfAny(Special) >= 0)
            ? throw new FormatException($"expected terms and sets between '(' and ')', got '{term}'")
            : term;

    private static NumberElement ReadNumber(Part part)
    {
        var dash = part.Text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && int.TryParse(part.Text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            && int.TryParse(part.Text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var max)
            && min <= max
            ? new NumberElement(min, max, part.Gap)
            : throw new FormatException($"expected a range such as [90-100], got [{part.Text}]");
    }

    private sealed record Part(char Open, string Text, bool Absent, bool Optional)
    {
        public int Gap { get; init; }
    }
}
