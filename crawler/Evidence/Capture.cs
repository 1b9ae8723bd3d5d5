namespace Surveillance.Crawler.Evidence;

/// <summary>What was fetched, when and how (采集快照). The bytes lie sealed under <see cref="Digest"/>.</summary>
/// <param name="Digest">Of the raw bytes as received, before anything read them.</param>
/// <param name="Url">As asked for.</param>
/// <param name="FinalUrl">After redirects.</param>
/// <param name="Status">HTTP status; 0 for a file that was imported.</param>
/// <param name="Headers">Response headers as received, one <c>Name: value</c> a line.</param>
/// <param name="ContentType">As the server said it; null when it said nothing.</param>
/// <param name="LengthBytes">Of the sealed bytes.</param>
/// <param name="CapturedAt">UTC, when the last byte had come.</param>
/// <param name="Fetcher"><c>http</c>, <c>browser</c> or <c>import</c>.</param>
public sealed record Capture(
    Digest Digest,
    string Url,
    string FinalUrl,
    int Status,
    string Headers,
    string? ContentType,
    long LengthBytes,
    DateTimeOffset CapturedAt,
    string Fetcher)
{
    /// <summary>Addresses that pointed onwards, in order, the first one being the one asked for; empty without redirects.</summary>
    public IReadOnlyList<string> Redirects { get; init; } = [];

    /// <summary>What a rendered page's own requests for data were answered, sealed beside it.</summary>
    public IReadOnlyList<CapturePart> Parts { get; init; } = [];
}

/// <summary>One answer that a rendered page asked for. The bytes lie sealed under <paramref name="Digest"/>.</summary>
/// <param name="ContentType">As the server said it; null when it said nothing.</param>
/// <param name="LengthBytes">Of the sealed bytes.</param>
public sealed record CapturePart(string Url, int Status, string? ContentType, Digest Digest, long LengthBytes);
