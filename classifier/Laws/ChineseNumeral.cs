namespace Surveillance.Classifier.Laws;

/// <summary>Reads numbers as statutes write them: 二百八十四, 十一, 〇.</summary>
internal static class ChineseNumeral
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>The value of a whole numeral below 10,000; null when a character does not belong to one.</summary>
    public static int? Read(ReadOnlySpan<char> numeral)
    {
        var total = 0;
        var digit = 0;
        foreach (var unit in numeral)
        {
            var scale = unit switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };
            if (scale > 0)
            {
                // 十一 has no digit before its ten.
                total += Math.Max(digit, 1) * scale;
                digit = 0;
                continue;
            }

            digit = unit switch { '零' => 0, '两' => 2, _ => Digits.IndexOf(unit, StringComparison.Ordinal) };
            if (digit < 0)
            {
                return null;
            }
        }

        return numeral.IsEmpty ? null : total + digit;
    }
}
