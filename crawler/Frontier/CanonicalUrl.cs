namespace Surveillance.Crawler.Frontier;

/// <summary>One spelling for each address, so that a page is fetched and a listing known once.</summary>
public static class CanonicalUrl
{
    private static readonly HashSet<string> Trackers = new(StringComparer.OrdinalIgnoreCase)
    {
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "spm", "scm", "pvid", "abbucket",
        "gclid", "fbclid", "bd_vid", "share_token", "sharesource", "ut_sk", "track_id", "_t", "timestamp",
    };

    /// <summary>
    /// Host in lower case, default port and fragment dropped, path escapes as <see cref="Uri"/> writes them, known tracking
    /// parameters dropped and the others sorted by name (RFC 3986 section 6.2).
    /// </summary>
    /// <returns>Null where the address is not an absolute http or https one.</returns>
    public static string? TryOf(string? url)
    {
        if (!Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return null;
        }

        var parameters = uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !Trackers.Contains(pair.Split('=', 2)[0]))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var query = parameters.Length == 0 ? "" : "?" + string.Join('&', parameters);
        return $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant()}{port}{uri.AbsolutePath}{query}";
    }

    /// <summary>The host of a canonical address with its port, unless that is the usual one: what one queue and one pace belong to.</summary>
    public static string HostOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOf('/', start);
        return end < 0 ? url[start..] : url[start..end];
    }
}
