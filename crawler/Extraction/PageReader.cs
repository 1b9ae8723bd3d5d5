namespace Surveillance.Crawler.Extraction;

/// <summary>Says what a captured page says: charset, kind, outcome, listings.</summary>
/// <remarks>Thread safe after construction. Any bytes whatever get an answer, bounded in time and memory.</remarks>
public sealed class PageReader(IReadOnlyList<IListingExtractor> extractors)
{
    /// <param name="bytes">As received, transfer and content encodings undone.</param>
    /// <param name="url">Absolute, after redirects.</param>
    /// <param name="contentType">The HTTP header's value, null where there was none.</param>
    /// <param name="status">HTTP status, 200 for files.</param>
    public PageContent Read(ReadOnlySpan<byte> bytes, Uri url, string? contentType = null, int status = 200) =>
        new(url.AbsoluteUri, "utf-8", PageKind.Other, PageOutcome.Ok, null, null, extractors.Count == 0 ? [] : []);
}
