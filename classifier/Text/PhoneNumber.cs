namespace Surveillance.Classifier.Text;

/// <summary>A phone number in a text.</summary>
/// <param name="Value">Digits only, without the country's code.</param>
internal sealed record PhoneNumber(string Value, int Start, int End)
{
    /// <summary>So near a word such as 电话 makes a number of doubtful form a phone's.</summary>
    private const int Nearness = 4;

    /// <summary>So far behind a number 微信同号 still speaks of it.</summary>
    private const int SameNumberReach = 6;

    /// <summary>How people part a mobile number.</summary>
    private static readonly HashSet<string> MobileGroups = ["11", "3-4-4", "3-3-5", "4-4-3", "3-8", "7-4", "4-3-4", "3-2-3-3", "5-6", "6-5", "2-3-3-3", "1-10"];

    /// <summary>Null where the run is no phone number, or its form is doubtful and no marker announces it.</summary>
    public static PhoneNumber? Read(ReadOnlySpan<char> text, DigitRun run, List<ContactMarker> markers)
    {
        if (IsInsideToken(text, run, markers))
        {
            return null;
        }

        var announced = run.Start - ContactMarkers.LastEndBefore(markers, run.Start) <= Nearness;
        return Numbers(run).Select(number => FromDigits(number, announced)).FirstOrDefault(phone => phone is not null);
    }

    /// <summary>Whether the number is said to be a WeChat account too.</summary>
    public static bool IsWechatToo(ReadOnlySpan<char> text, int end)
    {
        var behind = text[end..Math.Min(text.Length, end + SameNumberReach + 4)];
        return behind.Contains("同号", StringComparison.Ordinal) || behind.Contains("同步", StringComparison.Ordinal) || behind.Contains("微同", StringComparison.Ordinal);
    }

    /// <summary>The run, and it without the country's code; a second number behind a space is cut off.</summary>
    private static IEnumerable<DigitRun> Numbers(DigitRun run)
    {
        yield return run;
        if (run.Digits.StartsWith("86", StringComparison.Ordinal) && run.Digits.Length > 11)
        {
            yield return run.From(2);
        }

        if (run.Digits.StartsWith("0086", StringComparison.Ordinal))
        {
            yield return run.From(4);
        }

        if (run.Groups is [11 or 12, _, ..])
        {
            yield return run.First(run.Groups[0]);
        }
    }

    private static PhoneNumber? FromDigits(DigitRun run, bool announced)
    {
        var (digits, groups) = (run.Digits, run.Groups);
        var form = string.Join('-', groups);
        var isMobile = digits.Length == 11 && digits[0] == '1' && digits[1] >= '3' && (announced || MobileGroups.Contains(form) || groups.All(group => group <= 2));
        var isHotline = digits.Length == 10 && digits.StartsWith("400", StringComparison.Ordinal) && (announced || form is "10" or "3-3-4" or "3-4-3" or "4-3-3" or "3-7");
        var isFixed = digits.Length is 10 or 11 or 12 && digits[0] == '0' && digits[1] is >= '1' and <= '9'
            && (announced || groups is [3 or 4, 7 or 8]);
        return isMobile || isHotline || isFixed ? new PhoneNumber(digits, run.Start, run.End) : null;
    }

    /// <summary>Whether the digits are part of a model number, a decimal or a sum of money.</summary>
    private static bool IsInsideToken(ReadOnlySpan<char> text, DigitRun run, List<ContactMarker> markers)
    {
        var before = run.Start > 0 ? text[run.Start - 1] : ' ';
        return before is '¥' or '$' || (char.IsAsciiLetter(before) && ContactMarkers.LastEndBefore(markers, run.Start) != run.Start);
    }
}
