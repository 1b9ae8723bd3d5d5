using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>A word that announces a contact.</summary>
/// <param name="Kind">As in <see cref="Contact"/>.</param>
/// <param name="Start">Its first unit.</param>
/// <param name="End">After it and what belongs to it: 号, a colon, spaces.</param>
/// <param name="IsExplicit">Followed by 号 or a colon: then a name of letters alone is believed.</param>
internal readonly record struct ContactMarker(string Kind, int Start, int End, bool IsExplicit);

/// <summary>Finds the words that announce a contact, also disguised ones. Thread safe.</summary>
internal static class ContactMarkers
{
    /// <summary>So many connecting units may stand between a marker and what it announces.</summary>
    private const int MaxConnection = 6;

    private static readonly (string Word, string Kind)[] Words =
    [
        .. Of("wechat", "微信", "wechat", "weixin", "vx", "wx", "v信", "w信", "薇信", "威信", "维信", "徽信", "溦信", "葳信", "v❤", "v♥", "薇❤", "微❤", "威❤", "维❤", "卫星号",
            "v", "加v", "加微", "加微信", "+微信", "加薇", "加溦", "加威", "加葳", "加徽", "➕v", "➕微", "➕薇", "➕溦", "+v", "+微", "+薇", "+溦", "v:", "v号", "薇:", "溦:", "薇号", "溦号", "微:", "v我", "薇芯", "微芯", "v芯", "维❤", "围信", "微亻言"),
        .. Of("qq", "q", "qq", "扣扣", "抠抠", "叩叩", "扣抠", "企鹅", "🐧", "球球", "q号", "扣号", "q:", "扣:", "加q", "加扣", "加抠", "+q", "➕q", "腾讯号", "q我"),
        .. Of("group", "qq群", "q群", "扣群", "扣扣群", "抠群", "交流群", "群号", "裙号", "加群", "加裙", "进群", "企鹅群", "群:", "裙:", "学习群", "报名群", "考试群"),
        .. Of("phone", "电话", "手机", "热线", "致电", "拨打", "电联", "来电", "tel", "☎", "📞", "📱", "联系方式", "手机号", "联系人", "联系"),
    ];

    private static readonly TermMatcher Matcher = new([.. Words.Select(word => word.Word)]);

    /// <summary>In reading order; of markers that overlap the longest.</summary>
    public static List<ContactMarker> Find(ReadOnlySpan<char> text)
    {
        var matches = new List<TermMatch>();
        Matcher.Find(text, matches);
        var markers = new List<ContactMarker>();
        if (matches.Count == 0)
        {
            return markers;
        }

        var end = 0;
        foreach (var match in matches.OrderBy(match => match.Start).ThenByDescending(match => match.End))
        {
            if (match.Start >= end && IsWhole(text, match))
            {
                end = match.End;
                markers.Add(Marker(text, match));
            }
        }

        return markers;
    }

    /// <summary>Where the last marker ends before a place; a negative number where none does.</summary>
    /// <param name="markers">In reading order.</param>
    public static int LastEndBefore(List<ContactMarker> markers, int place)
    {
        var (low, high) = (0, markers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (markers[middle].End <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? int.MinValue / 2 : markers[low - 1].End;
    }

    private static ContactMarker Marker(ReadOnlySpan<char> text, TermMatch match)
    {
        var isExplicit = text[match.End - 1] is ':' or '号';
        var end = match.End;
        var limit = Math.Min(text.Length, match.End + MaxConnection);
        while (end < limit && IsConnection(text[end]))
        {
            isExplicit |= text[end] is ':' or '号' or '=' or '→';
            end++;
        }

        return new ContactMarker(Words[match.Term].Kind, match.Start, end, isExplicit);
    }

    private static bool IsConnection(char unit) =>
        char.IsPunctuation(unit) || char.IsSymbol(unit) || char.IsSurrogate(unit) || char.IsWhiteSpace(unit) || unit is '号' or '码' or '群' or '是' or '为' or '加';

    /// <summary>
    /// Latin markers count only apart from other Latin letters: no <c>vx</c> in <c>vxworks</c>; a single letter only before a sign or a digit.
    /// </summary>
    private static bool IsWhole(ReadOnlySpan<char> text, TermMatch match)
    {
        var follows = match.End < text.Length ? text[match.End] : ' ';
        return !(char.IsAsciiLetter(text[match.Start]) && match.Start > 0 && char.IsAsciiLetterOrDigit(text[match.Start - 1]))
            && (match.End - match.Start > 1 || IsConnection(follows) || DigitRun.DigitAt(text, Math.Min(match.End, text.Length - 1)) != '\0');
    }

    private static IEnumerable<(string Word, string Kind)> Of(string kind, params string[] words) => words.Select(word => (word, kind));
}
