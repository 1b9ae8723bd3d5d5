using System.Buffers;

namespace Surveillance.Crawler.Extraction.Markup;

internal enum TagKind
{
    Open,
    Close,

    /// <summary>Void or self-closing: opens nothing.</summary>
    Single,
}

/// <param name="Start">Of the opening angle bracket.</param>
/// <param name="NameEnd">End of the element's name, exclusive.</param>
/// <param name="End">After the closing angle bracket.</param>
internal readonly record struct Tag(TagKind Kind, int Start, int NameStart, int NameEnd, int End)
{
    /// <summary>What a script, style or the like holds, which counts as one tag with it; empty for others.</summary>
    public Range Body { get; init; }

    public bool IsRaw => Body.End.Value > Body.Start.Value;
}

/// <summary>The tags of a page in order, in one pass; comments and the insides of scripts, styles and the like are no tags.</summary>
internal ref struct TagScanner(string html)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/>");
    private static readonly HashSet<string> Voids = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "basefont", "bgsound", "keygen",
    };

    /// <summary>As the parser has it, which looks for tags in <c>noscript</c>, <c>xmp</c> and <c>iframe</c>: their depth is to be bounded too.</summary>
    private static readonly HashSet<string> Raw = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea", "title" };
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> VoidNames = Voids.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> RawNames = Raw.GetAlternateLookup<ReadOnlySpan<char>>();

    private int _position;

    public Tag Current { get; private set; }

    public readonly TagScanner GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_position < html.Length)
        {
            var start = html.IndexOf('<', _position);
            if (start < 0 || start + 1 >= html.Length)
            {
                break;
            }

            if (html.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = html.IndexOf("-->", start + 4, StringComparison.Ordinal);
                _position = end < 0 ? html.Length : end + 3;
                continue;
            }

            var close = html[start + 1] == '/';
            var nameStart = start + (close ? 2 : 1);
            if (nameStart >= html.Length || !char.IsAsciiLetter(html[nameStart]))
            {
                _position = start + 1;
                continue;
            }

            return Read(start, nameStart, close);
        }

        _position = html.Length;
        return false;
    }

    private bool Read(int start, int nameStart, bool close)
    {
        var length = html.AsSpan(nameStart).IndexOfAny(NameEnds);
        var nameEnd = length < 0 ? html.Length : nameStart + length;
        var end = EndOfTag(nameEnd);
        var name = html.AsSpan(nameStart, nameEnd - nameStart);
        var single = !close && (html[end - 2] == '/' || VoidNames.Contains(name));
        var body = 0..0;
        if (!close && !single && RawNames.Contains(name))
        {
            // The element and all it holds count as one.
            var bodyStart = end;
            (var bodyEnd, end) = EndOfRaw(name, end);
            body = bodyStart..bodyEnd;
            single = true;
        }

        Current = new Tag(close ? TagKind.Close : single ? TagKind.Single : TagKind.Open, start, nameStart, nameEnd, end) { Body = body };
        _position = end;
        return true;
    }

    /// <summary>A bracket inside a quoted value ends nothing; a quote that is never closed is taken for a plain character.</summary>
    private readonly int EndOfTag(int from)
    {
        const int LongestTag = 200_000;
        var limit = Math.Min(html.Length, from + LongestTag);
        for (var i = from; i < limit; i++)
        {
            switch (html[i])
            {
                case '>':
                    return i + 1;
                case '"' or '\'' when i > 0 && html[i - 1] == '=':
                    var closing = html.AsSpan(i + 1, limit - i - 1).IndexOf(html[i]);
                    i = closing < 0 ? i : i + 1 + closing;
                    break;
            }
        }

        var bracket = html.IndexOf('>', from);
        return bracket < 0 ? html.Length : bracket + 1;
    }

    private readonly (int Body, int Tag) EndOfRaw(ReadOnlySpan<char> name, int from)
    {
        for (var at = from; ;)
        {
            var close = html.IndexOf("</", at, StringComparison.Ordinal);
            if (close < 0)
            {
                return (html.Length, html.Length);
            }

            at = close + 2;
            var after = at + name.Length;
            if (html.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase) && (after == html.Length || NameEnds.Contains(html[after])))
            {
                var end = html.IndexOf('>', at);
                return (close, end < 0 ? html.Length : end + 1);
            }
        }
    }
}
