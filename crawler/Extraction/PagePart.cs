namespace Surveillance.Crawler.Extraction;

/// <summary>What a rendered page's own request for data was answered.</summary>
/// <param name="ContentType">As the server said it; null when it said nothing.</param>
public sealed record PagePart(Uri Url, int Status, string? ContentType, ReadOnlyMemory<byte> Body);
