using System.Buffers;

namespace Surveillance.Classifier.Text;

/// <summary>Finds web addresses, also without a scheme or with a disguised dot (abc点com). Thread safe.</summary>
internal static class LinkFinder
{
    private static readonly SearchValues<char> Dots = SearchValues.Create(".。点·");

    private static readonly HashSet<string> Domains =
    [
        "com", "cn", "net", "org", "top", "xyz", "vip", "cc", "me", "info", "shop", "club", "site", "online", "link", "ltd", "pro", "wang", "io", "tv", "co",
        "ink", "work", "fun", "store", "icu", "app", "live", "biz", "asia", "mobi", "xin", "tech", "cloud", "group", "win", "red", "pub", "la", "so", "im", "ly", "tk",
    ];

    /// <summary>Places of links in the normalised text, in reading order.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<char> text)
    {
        var links = new List<(int Start, int End)>();
        var done = 0;
        for (var at = 0; text[at..].IndexOfAny(Dots) is var next and >= 0; at++)
        {
            at += next;
            if (at < done)
            {
                continue;
            }

            var start = at;
            while (start > done && (IsHost(text[start - 1]) || (IsDot(text[start - 1]) && start < at)))
            {
                start--;
            }

            var end = EndOfHost(text, at);
            if (end > 0 && start < at && !(start > 0 && text[start - 1] == '@'))
            {
                start = WithScheme(text, start);
                end = EndOfPath(text, end);
                links.Add((start, end));
                done = end;
            }
        }

        return links;
    }

    private static bool IsHost(char unit) => char.IsAsciiLetterOrDigit(unit) || unit == '-';

    private static bool IsDot(char unit) => Dots.Contains(unit);

    /// <summary>Where the host ends whose first dot is at a place; 0 where its last label is no known domain.</summary>
    private static int EndOfHost(ReadOnlySpan<char> text, int dot)
    {
        var end = 0;
        while (dot < text.Length && IsDot(text[dot]))
        {
            var label = dot + 1;
            while (label < text.Length && IsHost(text[label]))
            {
                label++;
            }

            if (label == dot + 1)
            {
                break;
            }

            if (Domains.Contains(text[(dot + 1)..label].ToString()))
            {
                end = label;
            }

            dot = label;
        }

        return end;
    }

    private static int WithScheme(ReadOnlySpan<char> text, int start) =>
        text[..start].EndsWith("https://", StringComparison.Ordinal) ? start - 8
        : text[..start].EndsWith("http://", StringComparison.Ordinal) ? start - 7
        : start;

    private static int EndOfPath(ReadOnlySpan<char> text, int end)
    {
        if (end < text.Length && text[end] is '/' or ':' or '?')
        {
            while (end < text.Length && text[end] is > ' ' and < '\u007F' and not (',' or ';' or '"' or '\'' or '<' or '>' or '(' or ')'))
            {
                end++;
            }

            while (text[end - 1] is '.' or '!' or ':' or '?')
            {
                end--;
            }
        }

        return end;
    }
}
