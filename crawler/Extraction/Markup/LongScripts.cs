using System.Globalization;
using System.Text;
using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Keeps what long scripts and styles hold away from the parser, which would go through more than half of many a page character by character.</summary>
internal static class LongScripts
{
    /// <summary>In characters; shorter ones cost nothing worth saving.</summary>
    private const int Long = 400;

    /// <summary>Stands before the number of what was taken out; pages have no use for this character.</summary>
    private const char Mark = '\uE0F0';

    /// <param name="html">Bounded markup.</param>
    /// <param name="raw">Its scripts, styles and the like.</param>
    /// <returns>The markup with numbers instead, and by number the scripts that they stand for; the same string and nothing where there is none. What styles hold is nobody's to read.</returns>
    public static (string Html, IReadOnlyList<string> Taken) TakeOut(string html, IReadOnlyList<Tag> raw)
    {
        var taken = new List<string>();
        var output = new StringBuilder();
        var copied = 0;
        foreach (var tag in raw)
        {
            var (start, length) = tag.Body.GetOffsetAndLength(html.Length);
            var name = html.AsSpan(tag.NameStart, tag.NameEnd - tag.NameStart);
            var isStyle = name.Equals("style", StringComparison.OrdinalIgnoreCase);

            // What is never closed is cut off: the parser's to make of it what it can.
            if (length >= Long && start + length < html.Length && (isStyle || name.Equals("script", StringComparison.OrdinalIgnoreCase)))
            {
                output.Append(html, copied, start - copied);
                copied = start + length;
                if (!isStyle)
                {
                    output.Append(Mark).Append(CultureInfo.InvariantCulture, $"{taken.Count}");
                    taken.Add(html.Substring(start, length));
                }
            }
        }

        return copied == 0 ? (html, taken) : (output.Append(html, copied, html.Length - copied).ToString(), taken);
    }

    public static void PutBack(HtmlDocument document, IReadOnlyList<string> taken)
    {
        foreach (var script in taken.Count == 0 ? [] : Named(document, "script"))
        {
            if (script.FirstChild is HtmlTextNode { Text: [Mark, .. var number] } text && int.TryParse(number, CultureInfo.InvariantCulture, out var place) && place < taken.Count)
            {
                text.Text = taken[place];
            }
        }
    }

    /// <summary>What a script holds, as written.</summary>
    public static string TextOf(HtmlNode script) => script.FirstChild is HtmlTextNode text ? text.Text : script.InnerHtml;

    /// <summary>Elements of this name (in lower case) in page order, found without recursion.</summary>
    public static IEnumerable<HtmlNode> Named(HtmlDocument document, string name)
    {
        var open = new Stack<HtmlNode>();
        for (var node = document.DocumentNode; node is not null;)
        {
            if (node.NodeType == HtmlNodeType.Element && node.Name == name)
            {
                yield return node;
            }

            var (inner, next) = (node.FirstChild, node.NextSibling);
            if (inner is not null && next is not null)
            {
                open.Push(next);
            }

            node = inner ?? next ?? (open.Count > 0 ? open.Pop() : null);
        }
    }
}
