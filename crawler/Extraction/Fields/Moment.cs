using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>Times as pages print them beside an offer: 刚刚, 3小时前, 昨天 08:15, 2026-11-02.</summary>
internal static partial class Moment
{
    private const int Longest = 24;

    /// <summary>True for a text that is a time and nothing else.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) => text.Length is >= 2 and <= Longest && Time().IsMatch(text);

    [GeneratedRegex(@"^(刚刚|[今昨前]天|\d+\s*(秒|分钟|小时|天|周|个?月|年)前|((19|20)?\d\d[-年/.])?\d{1,2}[-月/.]\d{1,2}日?|(19|20)\d\d[-年/.]\d{1,2}月?)?\s*(\d{1,2}:\d{2}(:\d{2})?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Time();
}
