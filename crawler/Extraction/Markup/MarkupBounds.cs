using System.Text;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Keeps hostile markup within what the parser handles in linear time: depth, number of tags, length.</summary>
/// <remarks>Ordinary pages pass unchanged; the others are rewritten with every element closed and the deepest tags left out.</remarks>
internal static class MarkupBounds
{
    public const int MaxDepth = 256;
    private const int MaxTags = 250_000;
    private const int MaxChars = 16 * 1024 * 1024;

    /// <summary>The parser searches back for the partner of every tag that does not fit; a few thousand of them cost seconds.</summary>
    private const int MaxMismatches = 1_000;

    /// <returns>The markup, and its scripts, styles and the like in order.</returns>
    public static (string Html, IReadOnlyList<Tag> Raw) Apply(string html)
    {
        html = html.Length > MaxChars ? html[..MaxChars] : html;
        html = html.Contains('\0', StringComparison.Ordinal) ? html.Replace("\0", "", StringComparison.Ordinal) : html;
        var raw = new List<Tag>();
        if (IsOrdinary(html, raw))
        {
            return (html, raw);
        }

        var balanced = Balance(html);
        raw.Clear();
        foreach (var tag in new TagScanner(balanced))
        {
            Keep(tag, raw);
        }

        return (balanced, raw);
    }

    private static void Keep(Tag tag, List<Tag> raw)
    {
        if (tag.IsRaw)
        {
            raw.Add(tag);
        }
    }

    private static bool IsOrdinary(string html, List<Tag> raw)
    {
        var open = new OpenElements();
        var tags = 0;
        foreach (var tag in new TagScanner(html))
        {
            Keep(tag, raw);
            open.Take(html, tag);
            if (++tags > MaxTags || open.Depth > MaxDepth || open.Mismatches > MaxMismatches)
            {
                return false;
            }
        }

        return true;
    }

    private static string Balance(string html)
    {
        var open = new OpenElements();
        var output = new StringBuilder(html.Length);
        var (tags, copied) = (0, 0);
        foreach (var tag in new TagScanner(html))
        {
            output.Append(html, copied, tag.Start - copied);
            copied = tag.End;
            if (++tags > MaxTags)
            {
                break;
            }

            if (open.Depth >= MaxDepth && tag.Kind == TagKind.Open)
            {
                open.Skip(html, tag);
                continue;
            }

            foreach (var implied in open.Take(html, tag))
            {
                output.Append("</").Append(implied).Append('>');
            }

            if (tag.Kind != TagKind.Close)
            {
                output.Append(html, tag.Start, tag.End - tag.Start);
            }
        }

        return tags > MaxTags ? output.ToString() : output.Append(html, copied, html.Length - copied).ToString();
    }
}
