using System.Globalization;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Fetching.Http;

namespace Surveillance.Crawler.Archives;

/// <summary>What a record of a web archive comes to.</summary>
public abstract record ArchivedResponse
{
    private const int LargestPageBytes = 20 << 20;

    private ArchivedResponse()
    {
    }

    /// <summary>A page, as if it had been fetched at the record's time from the record's address.</summary>
    /// <param name="PayloadDigest">By which a later revisit names it; null without one.</param>
    public sealed record Page(FetchOutcome.Fetched Fetched, string? PayloadDigest) : ArchivedResponse;

    /// <summary>A page seen again, its body not stored again.</summary>
    public sealed record Revisit(Uri Url, DateTimeOffset At, string PayloadDigest) : ArchivedResponse;

    /// <summary>A picture, a script, a redirect: no page.</summary>
    public sealed record NoPage : ArchivedResponse;

    /// <param name="Reason">What was expected and what came.</param>
    public sealed record Broken(string Reason) : ArchivedResponse;

    public static async Task<ArchivedResponse> OfAsync(WarcEntry.Record record, CancellationToken cancellationToken)
    {
        var target = record["WARC-Target-URI"]?.Trim('<', '>', ' ');
        if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return target is null ? new Broken("expected a WARC-Target-URI, got none") : new NoPage();
        }

        if (!DateTimeOffset.TryParse(record["WARC-Date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return new Broken($"expected a WARC-Date for {url}, got {record["WARC-Date"] ?? "none"}");
        }

        var payload = record["WARC-Payload-Digest"];
        return record.Type switch
        {
            "revisit" => payload is null ? new NoPage() : new Revisit(url, at, payload),
            "resource" => await PageAsync(new HttpMessage(200, "", record.Block), record["Content-Type"], url, at, payload, cancellationToken),
            _ when HttpMessage.Parse(record.Block) is { } message => await PageAsync(message, message["Content-Type"], url, at, payload, cancellationToken),
            _ => new Broken($"expected an HTTP response for {url}"),
        };
    }

    private static async Task<ArchivedResponse> PageAsync(
        HttpMessage message, string? contentType, Uri url, DateTimeOffset at, string? payload, CancellationToken cancellationToken)
    {
        // An error is evidence too; where a redirect leads has a record of its own.
        if (message.Status is >= 300 and < 400 || message.Body.IsEmpty || !IsPage(contentType, message.Body.Span))
        {
            return new NoPage();
        }

        var body = await BoundedBody.DecodeAsync(message.Body, message["Content-Encoding"], LargestPageBytes, cancellationToken);
        return body is null
            ? new Broken($"expected a page of at most {LargestPageBytes} bytes, {url} is larger once decoded")
            : new Page(new FetchOutcome.Fetched(message.Status, body.Value, url, contentType, message.Headers, [], at), payload);
    }

    private static bool IsPage(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var start = body[..Math.Min(body.Length, 256)].TrimStart(" \t\r\n\u00EF\u00BB\u00BF"u8);
        return type switch
        {
            "text/html" or "application/xhtml+xml" or "application/json" or "text/json" => true,
            "" or "text/plain" or "application/octet-stream" => start is [(byte)'<' or (byte)'{' or (byte)'[', ..],
            _ => type.EndsWith("+json", StringComparison.Ordinal),
        };
    }
}
