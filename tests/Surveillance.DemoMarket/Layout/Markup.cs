using System.Text;

namespace Surveillance.DemoMarket.Layout;

/// <summary>Text as it may stand in HTML, and the answers that carry it.</summary>
internal static class Markup
{
    // No more than HTML asks for: emoji and invisible characters go out as they are, as sellers typed them.
    public static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>The text with each occurrence of the keyword in an <c>em</c> element.</summary>
    public static string Highlight(string text, string keyword)
    {
        if (keyword.Length == 0)
        {
            return Encode(text);
        }
        var html = new StringBuilder();
        var start = 0;
        for (int hit; (hit = text.IndexOf(keyword, start, StringComparison.OrdinalIgnoreCase)) >= 0; start = hit + keyword.Length)
        {
            html.Append(Encode(text[start..hit])).Append("<em>").Append(Encode(text.Substring(hit, keyword.Length))).Append("</em>");
        }
        return html.Append(Encode(text[start..])).ToString();
    }

    public static IResult Html(string html, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(html, "text/html", Encoding.UTF8, status);
}
