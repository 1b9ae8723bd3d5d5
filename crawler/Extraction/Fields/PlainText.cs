using System.Net;
using System.Text;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>Values as a reader sees them: without markup, entities and surplus white space.</summary>
internal static class PlainText
{
    public const int MaxTitle = 2_000;
    public const int MaxText = 100_000;

    /// <returns>One line; null where nothing is left.</returns>
    public static string? Line(ReadOnlySpan<char> text, int max = MaxTitle) => Clean(text, max, ' ');

    /// <returns>Line breaks kept; null where nothing is left.</returns>
    public static string? Lines(ReadOnlySpan<char> text, int max = MaxText) => Clean(text, max, '\n');

    /// <summary>Strips tags and decodes entities of a value that may hold either, as titles in JSON do.</summary>
    public static string? FromMarkup(string? value, int max = MaxTitle)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var text = value.Contains('<', StringComparison.Ordinal) ? WithoutTags(value) : value;
        text = text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
        return Line(text, max);
    }

    /// <summary>Only what looks like a tag is one: titles such as &lt;朗阁&gt;雅思 keep their brackets.</summary>
    private static string WithoutTags(string value)
    {
        var builder = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '<' && i + 1 < value.Length && (char.IsAsciiLetter(value[i + 1]) || value[i + 1] is '/' or '!'))
            {
                var end = value.IndexOf('>', i);
                if (end > 0)
                {
                    i = end;
                    continue;
                }
            }

            builder.Append(value[i]);
        }

        return builder.ToString();
    }

    private static string? Clean(ReadOnlySpan<char> text, int max, char lineBreak)
    {
        var builder = new StringBuilder(Math.Min(text.Length, max));
        foreach (var c in text)
        {
            if (builder.Length >= max)
            {
                break;
            }

            if (c == '\n' && lineBreak == '\n')
            {
                if (builder.Length > 0 && builder[^1] == ' ')
                {
                    builder[^1] = '\n';
                }
                else if (builder.Length > 0 && builder[^1] != '\n')
                {
                    builder.Append('\n');
                }
            }
            else if (char.IsWhiteSpace(c))
            {
                if (builder.Length > 0 && builder[^1] is not (' ' or '\n'))
                {
                    builder.Append(' ');
                }
            }
            else if (c is >= ' ' and not '\u007F')
            {
                builder.Append(c);
            }
        }

        // Never half of a surrogate pair at the cut.
        if (builder.Length > 0 && char.IsHighSurrogate(builder[^1]))
        {
            builder.Length--;
        }

        var cleaned = builder.ToString().Trim();
        return cleaned.Length == 0 ? null : cleaned;
    }
}
