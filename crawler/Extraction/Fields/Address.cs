namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>Absolute addresses of what a page prints as links and pictures.</summary>
internal static class Address
{
    private const int MaxChars = 8_000;

    /// <param name="baseUrl">What relative addresses are resolved against.</param>
    /// <returns>The address with its query as printed, made absolute; null where the value leads nowhere (a script, an anchor, blank).</returns>
    public static string? Absolute(Uri baseUrl, string? printed)
    {
        var value = printed?.Trim();
        if (string.IsNullOrEmpty(value) || value.Length > MaxChars || value[0] == '#'
            || value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("about:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(value, UriKind.Absolute, out _) ? value : null;
        }

        // An application's own scheme (fleamarket://item?id=…) names the item as well as a page would.
        return !Uri.TryCreate(baseUrl, value, out var absolute) ? null
            : absolute.Scheme is "http" or "https" ? absolute.AbsoluteUri
            : value.Contains("://", StringComparison.Ordinal) ? value : null;
    }

    /// <summary>The host a page's reader would name, without www.</summary>
    public static string? Host(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host
            : null;
}
