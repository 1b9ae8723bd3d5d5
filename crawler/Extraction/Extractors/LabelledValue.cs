using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>What stands beside an element that is nothing but a label, as in tables and lists of facts.</summary>
internal static class LabelledValue
{
    public const int LongestLabel = 12;

    /// <summary>The element that the label is for: the next cell, the <c>dd</c> after a <c>dt</c>, the next part of a line.</summary>
    public static PageElement? Of(PageElement label)
    {
        // A label may be wrapped for its looks: td > b.
        var outer = label;
        while (outer.NextSibling is null && outer.Parent is { } parent && parent.TextLength == label.TextLength)
        {
            outer = parent;
        }

        return outer.NextSibling is { TextLength: > 0 } value && (value.Tag == outer.Tag || outer.Tag is "dt" or "th" or "b" or "strong" or "label" or "span" or "i" or "em") ? value : null;
    }

    /// <summary>The label without space and colon; empty for what is too long.</summary>
    public static ReadOnlySpan<char> Plain(ReadOnlySpan<char> label, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in label)
        {
            if (char.IsWhiteSpace(c) || c is '：' or ':')
            {
                continue;
            }

            if (length == buffer.Length)
            {
                return default;
            }

            buffer[length++] = c;
        }

        return buffer[..length];
    }
}
