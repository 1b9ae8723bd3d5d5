using System.Globalization;
using System.Text;

namespace Surveillance.Api.Search;

/// <summary>What a unit is made of.</summary>
internal enum UnitKind
{
    /// <summary>Any one character, as it stands.</summary>
    Character,

    /// <summary>Letters and digits of a script that puts spaces between words.</summary>
    Run,

    /// <summary>White space and control characters.</summary>
    Space,

    /// <summary>A character that can't stand in a unit: a lone surrogate, or <see cref="Grams.TypedMark"/>.</summary>
    Replaced,
}

/// <summary>One unit of a text.</summary>
/// <param name="Start">In UTF-16 units of the text.</param>
/// <param name="End">Half open.</param>
internal readonly record struct GramUnit(int Start, int End, UnitKind Kind)
{
    public ReadOnlySpan<char> SpanIn(string text) => Kind switch
    {
        UnitKind.Space => Grams.Space,
        UnitKind.Replaced => "\uFFFD",
        _ => text.AsSpan(Start, End - Start),
    };

    public string TextIn(string text) => SpanIn(text).ToString();
}

/// <summary>Finds the units of a text (<see cref="Grams"/>).</summary>
internal static class UnitReader
{
    /// <summary>Blocks of scripts without spaces between words, each read character by character: first and last.</summary>
    private static readonly (int First, int Last)[] Continuous =
    [
        (0x0E00, 0x109F), // Thai, Lao, Tibetan, Myanmar
        (0x1100, 0x11FF), // Hangul's parts
        (0x1780, 0x17FF), // Khmer
        (0x2E80, 0xA4CF), // radicals, kana, Bopomofo, ideographs, Yi
        (0xA960, 0xA97F),
        (0xA9E0, 0xA9FF),
        (0xAA60, 0xAA7F),
        (0xAC00, 0xD7FF), // Hangul
        (0xF900, 0xFAFF),
        (0xFF65, 0xFFDC), // half width kana and Hangul
        (0x16FE0, 0x18FFF), // Tangut, Khitan
        (0x1AFF0, 0x1B2FF), // old kana, Nüshu
        (0x20000, 0x3FFFF), // further ideographs
    ];

    public static List<GramUnit> Read(string text)
    {
        var units = new List<GramUnit>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var unit = Next(text, at);
            units.Add(unit);
            at = unit.End;
        }

        return units;
    }

    private static GramUnit Next(string text, int start)
    {
        if (Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out var length) != System.Buffers.OperationStatus.Done || rune.Value == Grams.TypedMark)
        {
            return new GramUnit(start, start + length, UnitKind.Replaced);
        }

        var end = start + length;
        if (IsSpace(rune))
        {
            while (end < text.Length && IsSpace(text, end))
            {
                end++;
            }

            return new GramUnit(start, end, UnitKind.Space);
        }

        return IsOfRun(rune) ? new GramUnit(start, RunEnd(text, start, end), UnitKind.Run) : new GramUnit(start, end, UnitKind.Character);
    }

    private static int RunEnd(string text, int start, int end)
    {
        while (Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var length) == System.Buffers.OperationStatus.Done
            && end + length - start <= Grams.LongestRun
            && (IsOfRun(rune) || IsMark(rune)))
        {
            end += length;
        }

        return end;
    }

    private static bool IsOfRun(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetter(rune) || Rune.IsNumber(rune) ? !IsContinuous(rune.Value) : false;

    private static bool IsContinuous(int value)
    {
        foreach (var (first, last) in Continuous)
        {
            if (value <= last)
            {
                return value >= first;
            }
        }

        return false;
    }

    private static bool IsMark(Rune rune) =>
        !rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>All white space is in the basic plane.</summary>
    private static bool IsSpace(string text, int at) => !char.IsSurrogate(text[at]) && IsSpace(new Rune(text[at]));

    private static bool IsSpace(Rune rune) =>
        rune.IsBmp && ((char)rune.Value is var unit) && (char.IsWhiteSpace(unit) || char.IsControl(unit) || unit == Grams.Space[0]);
}
