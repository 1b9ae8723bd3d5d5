namespace Surveillance.Classifier.Text;

/// <summary>What a marker announces: an account's name or number.</summary>
/// <param name="Value">Digits as digits, without signs between them.</param>
internal sealed record AccountName(string Value, int Start, int End)
{
    private const int ShortestName = 6;
    private const int LongestName = 20;
    private const int ShortestNumber = 5;
    private const int LongestNumber = 11;

    /// <summary>Null where nothing behind the marker can be a name.</summary>
    public static AccountName? Read(ReadOnlySpan<char> text, ContactMarker marker, List<DigitRun> runs)
    {
        var end = marker.End;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
        {
            end++;
        }

        var word = text[marker.End..end].TrimEnd("-_");
        if (marker.Kind == "wechat" && word.Length is >= ShortestName and <= LongestName && char.IsAsciiLetter(word[0]) && IsName(word, marker))
        {
            return new AccountName(word.ToString(), marker.End, marker.End + word.Length);
        }

        return DigitRun.At(runs, marker.End) is { } run ? FromRun(run, marker.Kind) : null;
    }

    /// <summary>Whether it can be the account of another kind too.</summary>
    public bool Fits(string kind) => kind switch
    {
        "wechat" => true,
        "phone" => Value.Length == LongestNumber && Value[0] == '1' && Value.All(char.IsAsciiDigit),
        _ => Value[0] != '0' && Value.All(char.IsAsciiDigit),
    };

    private static AccountName? FromRun(DigitRun run, string kind)
    {
        // Behind a number another may follow: 微信13800000000 qq10000.
        var first = run.Groups[0];
        var whole = run.Digits.Length <= LongestNumber ? run : first is >= ShortestNumber and <= LongestNumber ? run.First(first) : null;
        return whole is not null && whole.Digits.Length >= (kind == "wechat" ? ShortestName : ShortestNumber) && whole.Digits[0] != '0'
            ? new AccountName(whole.Digits, whole.Start, whole.End)
            : null;
    }

    /// <summary>Without 号 or a colon letters alone may be any word: 微信 android.</summary>
    private static bool IsName(ReadOnlySpan<char> word, ContactMarker marker) => marker.IsExplicit || word.ContainsAnyInRange('0', '9') || word.Contains('_');
}
