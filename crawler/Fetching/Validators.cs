namespace Surveillance.Crawler.Fetching;

/// <summary>What a server gave to ask later whether a page has changed (RFC 9110 section 8.8).</summary>
/// <param name="ETag">As sent, quotes included; null where none was.</param>
/// <param name="LastModified">As sent; null where none was.</param>
public sealed record Validators(string? ETag, string? LastModified)
{
    /// <summary>From header lines, one <c>Name: value</c> a line; null where there is neither.</summary>
    public static Validators? TryRead(string headers)
    {
        string? Find(string name) => headers.Split('\n')
            .Select(line => line.Split(':', 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();
        var (etag, modified) = (Find("ETag"), Find("Last-Modified"));
        return etag is null && modified is null ? null : new Validators(etag, modified);
    }
}
