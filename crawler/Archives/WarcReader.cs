using System.Globalization;
using System.Runtime.CompilerServices;

namespace Surveillance.Crawler.Archives;

/// <summary>Reads web archives (WARC 1.0 and 1.1, ISO 28500), plain or compressed, as wget, browsertrix and Heritrix write them.</summary>
/// <remarks>Streams: memory is bounded by the largest page. A damaged record costs itself; one that breaks off at the end is reported.</remarks>
public static class WarcReader
{
    /// <summary>The largest record that is kept; larger ones hold downloads and films, not pages.</summary>
    public const int LargestBlockBytes = 32 << 20;

    private const int MaxHeaders = 200;

    /// <param name="stream">Seekable; stays open.</param>
    public static async IAsyncEnumerable<WarcEntry> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var input = new WarcInput(stream);
        for (var number = 1; await NextAsync(input, number, cancellationToken) is { } entry; number++)
        {
            yield return entry;
        }
    }

    private static async Task<WarcEntry?> NextAsync(WarcInput input, int number, CancellationToken cancellationToken)
    {
        try
        {
            var skipped = false;
            string? line;
            while ((line = await input.ReadLineAsync(cancellationToken)) is not null && !line.StartsWith("WARC/", StringComparison.Ordinal))
            {
                skipped |= !string.IsNullOrWhiteSpace(line);
            }

            return line is not null ? await RecordAsync(input, number, cancellationToken)
                : skipped ? new WarcEntry.Fault(number, "expected a record that begins with WARC/, got something else until the end")
                : null;
        }
        catch (InvalidDataException error)
        {
            return input.TrySkipDamage() ? new WarcEntry.Fault(number, $"compressed data is damaged: {error.Message}") : await BrokenOffAsync(number, error);
        }
    }

    /// <summary>Damage behind which nothing begins: the last record breaks off.</summary>
    private static Task<WarcEntry?> BrokenOffAsync(int number, InvalidDataException error) =>
        Task.FromResult<WarcEntry?>(new WarcEntry.Fault(number, $"the archive breaks off in compressed data: {error.Message}"));

    private static async Task<WarcEntry> RecordAsync(WarcInput input, int number, CancellationToken cancellationToken)
    {
        var headers = await HeadersAsync(input, cancellationToken);
        if (headers is null || !headers.TryGetValue("Content-Length", out var stated)
            || !long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return new WarcEntry.Fault(number, "expected headers with a Content-Length, and a blank line behind them");
        }

        var type = headers.GetValueOrDefault("WARC-Type", "").ToLowerInvariant();
        if (type is not ("response" or "resource" or "revisit"))
        {
            return await PassAsync(input, number, headers, length, null, cancellationToken);
        }

        if (length > LargestBlockBytes)
        {
            return await PassAsync(input, number, headers, length, $"expected at most {LargestBlockBytes} bytes, {Named(headers)} has {length}", cancellationToken);
        }

        var block = await input.ReadAsync((int)length, cancellationToken);
        return block.Length < length
            ? BrokenOff(number, headers, block.Length, length)
            : new WarcEntry.Record(number, headers, block);
    }

    private static async Task<WarcEntry> PassAsync(
        WarcInput input, int number, Dictionary<string, string> headers, long length, string? reason, CancellationToken cancellationToken)
    {
        var passed = await input.SkipAsync(length, cancellationToken);
        return passed < length ? BrokenOff(number, headers, passed, length)
            : reason is null ? new WarcEntry.Other(number)
            : new WarcEntry.Fault(number, reason);
    }

    private static WarcEntry.Fault BrokenOff(int number, Dictionary<string, string> headers, long came, long length) =>
        new(number, $"the archive breaks off: {Named(headers)} has {came} of {length} bytes");

    private static string Named(Dictionary<string, string> headers) =>
        headers.GetValueOrDefault("WARC-Target-URI") ?? headers.GetValueOrDefault("WARC-Record-ID") ?? "the record";

    /// <summary>Null where the archive ends among them.</summary>
    private static async Task<Dictionary<string, string>?> HeadersAsync(WarcInput input, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? last = null;
        for (var count = 0; count < MaxHeaders && await input.ReadLineAsync(cancellationToken) is { } line; count++)
        {
            if (line.Length == 0)
            {
                return headers;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (char.IsWhiteSpace(line[0]) && last is not null)
            {
                headers[last] += " " + line.Trim();
            }
            else if (colon > 0)
            {
                last = line[..colon].Trim();
                headers.TryAdd(last, line[(colon + 1)..].Trim());
            }
        }

        return null;
    }
}
