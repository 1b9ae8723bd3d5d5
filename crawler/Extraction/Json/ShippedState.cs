using System.Net;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>The state that a page ships outside scripts: in attributes of what its scripts fill (<c>data-page</c>, <c>data-props</c>, a hidden field's value), and as text that nobody sees.</summary>
internal static class ShippedState
{
    /// <summary>In characters: a page that shows more is drawn.</summary>
    private const int LittleShown = 1_500;
    private const int Shortest = 200;
    private const int MaxDocuments = 40;

    public static IReadOnlyList<LooseValue> Of(DecodedPage page)
    {
        var found = page.Tree.Shipped.Take(MaxDocuments).SelectMany(text => JsonIslands.OfBody(text)).ToList();
        if (page.Tree.Text.Length > LittleShown)
        {
            return found;
        }

        foreach (var node in page.Tree.Elements.Select(element => element.Node).Concat(LongScripts.Named(page.Document, "script")).Where(node => node.HasAttributes))
        {
            foreach (var attribute in node.Attributes)
            {
                if (attribute.Value is { Length: >= Shortest } raw && found.Count < MaxDocuments && raw.AsSpan().TrimStart() is ['{' or '[' or '&', ..] && WebUtility.HtmlDecode(raw).Trim() is ['{' or '[', '"' or '{' or '[', ..] json)
                {
                    found.AddRange(JsonIslands.OfBody(json));
                }
            }
        }

        return found;
    }
}
