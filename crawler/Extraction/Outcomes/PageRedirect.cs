using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Where a page sends its reader on its own: by a refresh, or by a script that does nothing else.</summary>
internal static partial class PageRedirect
{
    private const int LongestPage = 20_000;

    /// <returns>Absolute; null where the page sends nobody away.</returns>
    public static Uri? Of(DecodedPage page)
    {
        if (page.Text.Length > LongestPage)
        {
            return null;
        }

        var printed = page.Tree.Elements.Select(Refreshed).FirstOrDefault(address => address is not null)
            ?? (Script().Match(page.Text) is { Success: true } match ? match.Groups["url"].Value : null);
        return Uri.TryCreate(page.Base, printed, out var target) && target.Scheme is "http" or "https" ? target : null;
    }

    /// <summary>A script asks for the same page again, once it has left a cookie.</summary>
    public static bool Reloads(DecodedPage page) => page.Text.Length <= LongestPage && page.Text.Contains("location.reload(", StringComparison.Ordinal);

    private static string? Refreshed(PageElement element)
    {
        if (element.Tag != "meta" || !string.Equals(element.Attribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var content = element.Attribute("content") ?? "";
        var at = content.IndexOf("url=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : content[(at + 4)..].Trim(' ', '\'', '"');
    }

    [GeneratedRegex("""location(\.href|\.replace\(|\.assign\()?\s*=?\s*["'](?<url>(https?:)?//?[^"'\s]+)["']""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Script();
}
