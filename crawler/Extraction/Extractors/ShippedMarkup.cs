using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Markup that an interface answers with as a text inside its JSON.</summary>
internal static class ShippedMarkup
{
    private const int Shortest = 200;
    private const int MaxDepth = 6;

    /// <returns>The longest such text as a page of its own; null without one.</returns>
    public static DecodedPage? Of(DecodedPage page)
    {
        var longest = "";
        foreach (var document in page.JsonDocuments)
        {
            Visit(document, 0);
        }

        return longest.Length < Shortest ? null : new DecodedPage(page.Url, page.Charset, longest, PageTree.Parse(longest)) { Sites = page.Sites };

        void Visit(LooseValue value, int depth)
        {
            if (value.Kind == LooseKind.Text && value.Scalar.Length > longest.Length && value.Scalar.AsSpan().TrimStart() is ['<', ..] && value.Scalar.Contains("</", StringComparison.Ordinal))
            {
                longest = LinksFewer(value.Scalar, longest) ? longest : value.Scalar;
            }

            foreach (var inner in depth < MaxDepth ? value.Items.Concat(value.Members.Select(member => member.Value)) : [])
            {
                Visit(inner, depth + 1);
            }
        }
    }

    /// <summary>A list is made of blocks, a menu of links alone.</summary>
    private static bool LinksFewer(string markup, string than) =>
        than.Length >= Shortest && !markup.Contains("<div", StringComparison.OrdinalIgnoreCase) && !markup.Contains("<li", StringComparison.OrdinalIgnoreCase) && !markup.Contains("<tr", StringComparison.OrdinalIgnoreCase);
}
