using System.Text;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Markup that an interface answers with as a text inside its JSON.</summary>
internal static class ShippedMarkup
{
    private const int Shortest = 200;
    private const int MaxDepth = 6;

    /// <returns>The longest such text as a page of its own, those of one list together; null without one.</returns>
    public static DecodedPage? Of(DecodedPage page)
    {
        var shipped = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var document in page.JsonDocuments)
        {
            Visit(document, "", 0);
        }

        var longest = shipped.Values.Select(markup => markup.ToString()).Aggregate("", (best, markup) => markup.Length > best.Length && !LinksFewer(markup, best) ? markup : best);
        return longest.Length < Shortest ? null : new DecodedPage(page.Url, page.Charset, longest, PageTree.Parse(longest)) { Sites = page.Sites };

        void Visit(LooseValue value, string path, int depth)
        {
            if (value.Kind == LooseKind.Text && value.Scalar.AsSpan().TrimStart() is ['<', ..] && value.Scalar.Contains("</", StringComparison.Ordinal))
            {
                if (!shipped.TryGetValue(path, out var markup))
                {
                    shipped[path] = markup = new StringBuilder();
                }

                markup.Append(value.Scalar).Append('\n');
            }

            foreach (var member in depth < MaxDepth ? value.Members : [])
            {
                Visit(member.Value, path + "/" + member.Key, depth + 1);
            }

            foreach (var item in depth < MaxDepth ? value.Items : [])
            {
                Visit(item, path + "/*", depth + 1);
            }
        }
    }

    /// <summary>A list is made of blocks, a menu of links alone.</summary>
    private static bool LinksFewer(string markup, string than) =>
        than.Length >= Shortest && !markup.Contains("<div", StringComparison.OrdinalIgnoreCase) && !markup.Contains("<li", StringComparison.OrdinalIgnoreCase) && !markup.Contains("<tr", StringComparison.OrdinalIgnoreCase);
}
