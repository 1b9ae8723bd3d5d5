using System.Buffers;

namespace Surveillance.Classifier.Text;

/// <summary>Digits in a row, also as Chinese numerals, in discs, or parted by signs: 一三八, 138-0000, ❶❸❽.</summary>
/// <param name="Start">The first digit's unit.</param>
/// <param name="End">After the last digit's unit.</param>
/// <param name="Digits">As ASCII digits.</param>
/// <param name="Places">By digit, its unit.</param>
internal sealed record DigitRun(int Start, int End, string Digits, int[] Places)
{
    /// <summary>So many units may part two digits of a number.</summary>
    private const int MaxGap = 3;

    private const int LeastDigits = 5;

    /// <summary>So many letters in a row may stand for digits.</summary>
    private const int MostLetters = 8;

    /// <summary>Longer rows of digits are no numbers that anybody can be reached by.</summary>
    private const int MostDigits = 40;

    private const string Numerals = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺";
    private const string Values = "0001234567891234567891";

    /// <summary>All that may stand for a digit.</summary>
    private static readonly SearchValues<char> Units = SearchValues.Create(
        "0123456789oli" + Numerals + string.Concat(Enumerable.Range(0x2776, 30).Select(unit => (char)unit)));

    /// <summary>How many digits stand together, from left to right.</summary>
    public IReadOnlyList<int> Groups
    {
        get
        {
            var groups = new List<int> { 1 };
            for (var digit = 1; digit < Places.Length; digit++)
            {
                if (Places[digit] == Places[digit - 1] + 1)
                {
                    groups[^1]++;
                }
                else
                {
                    groups.Add(1);
                }
            }

            return groups;
        }
    }

    /// <summary>All runs of a text, in reading order.</summary>
    public static List<DigitRun> All(ReadOnlySpan<char> text)
    {
        var runs = new List<DigitRun>();
        var places = new List<int>();
        for (var at = 0; text[at..].IndexOfAny(Units) is var next and >= 0; at++)
        {
            at += next;
            if (DigitAt(text, at) != '\0')
            {
                if (places.Count > 0 && at - places[^1] - 1 > GapLength(text, places[^1] + 1))
                {
                    Close(text, places, runs);
                }

                places.Add(at);
            }
        }

        Close(text, places, runs);
        return runs;
    }

    /// <summary>The run that has a digit at a place, from there on; null for none.</summary>
    /// <param name="runs">In reading order.</param>
    public static DigitRun? At(List<DigitRun> runs, int place)
    {
        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].End <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var digit = low < runs.Count ? Array.IndexOf(runs[low].Places, place) : -1;
        return digit < 0 ? null : runs[low].From(digit);
    }

    /// <summary>The digit a unit stands for, or NUL.</summary>
    public static char DigitAt(ReadOnlySpan<char> text, int at)
    {
        var unit = text[at];
        if (char.IsAsciiDigit(unit))
        {
            return unit;
        }

        if (unit is 'o' or 'l' or 'i')
        {
            return IsAmongDigits(text, at) ? (unit == 'o' ? '0' : '1') : '\0';
        }

        if (unit is >= '\u2776' and <= '\u2793')
        {
            var number = ((unit - '\u2776') % 10) + 1;
            return number == 10 ? '\0' : (char)('0' + number);
        }

        var numeral = Numerals.IndexOf(unit, StringComparison.Ordinal);
        return numeral < 0 ? '\0' : Values[numeral];
    }

    /// <summary>Letters are read as 0 and 1 only in a row of a few behind a digit, with no other letter behind them.</summary>
    private static bool IsAmongDigits(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < MostLetters && text[start] is 'o' or 'l' or 'i')
        {
            start--;
        }

        var end = at + 1;
        while (end < text.Length && end - at < MostLetters && text[end] is 'o' or 'l' or 'i')
        {
            end++;
        }

        return char.IsAsciiDigit(text[start]) && (end == text.Length || !char.IsAsciiLetter(text[end]));
    }

    private static int GapLength(ReadOnlySpan<char> text, int at)
    {
        var gap = 0;
        while (gap < MaxGap && at + gap < text.Length && IsSign(text[at + gap]))
        {
            gap++;
        }

        return gap;
    }

    private static bool IsSign(char unit) => unit is not (':' or '%' or '¥' or '$') && (char.IsPunctuation(unit) || char.IsSymbol(unit) || char.IsSurrogate(unit) || unit == ' ');

    private static void Close(ReadOnlySpan<char> text, List<int> places, List<DigitRun> runs)
    {
        if (places.Count is >= LeastDigits and <= MostDigits)
        {
            var digits = new char[places.Count];
            for (var digit = 0; digit < digits.Length; digit++)
            {
                digits[digit] = DigitAt(text, places[digit]);
            }

            runs.Add(new DigitRun(places[0], places[^1] + 1, new string(digits), [.. places]));
        }

        places.Clear();
    }

    /// <summary>The run from one of its digits on.</summary>
    public DigitRun From(int digit) => new(Places[digit], End, Digits[digit..], Places[digit..]);

    /// <summary>The first digits of the run.</summary>
    public DigitRun First(int count) => new(Start, Places[count - 1] + 1, Digits[..count], Places[..count]);
}
