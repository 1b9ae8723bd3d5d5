using System.Buffers;
using System.Text;

namespace Surveillance.Crawler.Extraction.Decoding;

/// <summary>The charset that a header or a page's own markup claims.</summary>
internal static class CharsetDeclaration
{
    private const int MaxTagBytes = 1024;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\"';,/>\\");

    public static string? FromHeader(string? contentType) =>
        contentType is null ? null : NameAfterCharset(contentType);

    /// <summary>The first usable claim of a meta element or an XML declaration; scripts that mention a charset make none.</summary>
    public static string? FromMarkup(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("<?xml"u8) && NameAfter(TagText(head), "encoding") is { } declared)
        {
            return declared;
        }

        for (var rest = head; ;)
        {
            var at = rest.IndexOf("<"u8);
            if (at < 0)
            {
                return null;
            }

            rest = rest[at..];
            if (rest.Length > 6 && Ascii.EqualsIgnoreCase(rest[1..5], "meta"u8) && NameAfterCharset(TagText(rest)) is { } name)
            {
                return name;
            }

            rest = rest[1..];
        }
    }

    private static string TagText(ReadOnlySpan<byte> tag)
    {
        var text = tag[..Math.Min(tag.Length, MaxTagBytes)];
        var end = text.IndexOf((byte)'>');
        return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
    }

    private static string? NameAfterCharset(string text) => NameAfter(text, "charset");

    private static string? NameAfter(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var value = text.AsSpan(at + word.Length).TrimStart();
        if (value.IsEmpty || value[0] != '=')
        {
            return null;
        }

        value = value[1..].TrimStart(" \t\r\n\"'\\");
        var end = value.IndexOfAny(NameEnds);
        return Known((end < 0 ? value : value[..end]).ToString());
    }

    /// <summary>GBK and GB2312 are what GB18030 decodes too, and pages that claim them use characters beyond them.</summary>
    private static string? Known(string name)
    {
        var lower = name.Trim().ToLowerInvariant();
        switch (lower)
        {
            case "gbk" or "gb2312" or "gb_2312-80" or "gb18030" or "gb18030-2000" or "x-gbk" or "cp936" or "hz-gb-2312":
                return "gb18030";
            case "utf8" or "utf-8" or "unicode-1-1-utf-8":
                return "utf-8";
            case "big5" or "big5-hkscs" or "cp950" or "x-x-big5":
                return "big5";
            case "utf-7":
                return null;
        }

        try
        {
            return Encoding.GetEncoding(lower).WebName.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // A name that nobody knows is no claim; the bytes decide.
            return null;
        }
    }
}
