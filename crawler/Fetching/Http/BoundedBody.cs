using System.Buffers;
using System.IO.Compression;

namespace Surveillance.Crawler.Fetching.Http;

/// <summary>Reads bodies up to a limit and undoes their content encodings under the same limit.</summary>
internal static class BoundedBody
{
    /// <summary>Codings one on top of the other; more are nobody's honest page.</summary>
    private const int MaxCodings = 3;

    private const int FirstBytes = 16 * 1024;

    /// <summary>The whole stream, or null where it is longer than the limit.</summary>
    /// <exception cref="IOException">The stream broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int limitBytes, CancellationToken cancellationToken)
    {
        // What grows is borrowed: each page would otherwise leave three times its size to the collector.
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        var length = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > limitBytes)
                {
                    return null;
                }

                if (length == buffer.Length)
                {
                    buffer = Grown(buffer);
                }
            }

            var whole = GC.AllocateUninitializedArray<byte>(length);
            buffer.AsSpan(0, length).CopyTo(whole);
            return whole;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] full)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(buffer, 0);
        ArrayPool<byte>.Shared.Return(full);
        return buffer;
    }

    /// <summary>Undoes the codings of a <c>Content-Encoding</c> header, last one first.</summary>
    /// <returns>The decoded bytes; null where they are longer than the limit; the bytes themselves where a coding is unknown or broken.</returns>
    public static async Task<ReadOnlyMemory<byte>?> DecodeAsync(ReadOnlyMemory<byte> received, string? encoding, int limitBytes, CancellationToken cancellationToken)
    {
        var codings = (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (codings.Length > MaxCodings || received.IsEmpty)
        {
            return received;
        }

        var body = received;
        foreach (var coding in codings.Reverse())
        {
            try
            {
                await using var stream = TryDecoder(coding.ToLowerInvariant(), body);
                if (stream is null)
                {
                    return received;
                }

                if (await ReadAsync(stream, limitBytes, cancellationToken) is not { } decoded)
                {
                    return null;
                }

                body = decoded;
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException)
            {
                // Evidence is kept as it came; the reader will say that the body is corrupt.
                return received;
            }
        }

        return body;
    }

    private static Stream? TryDecoder(string coding, ReadOnlyMemory<byte> bytes)
    {
        var source = new MemoryStream(bytes.ToArray(), writable: false);
        return coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" when HasZlibHead(bytes.Span) => new ZLibStream(source, CompressionMode.Decompress),

            // Servers that send bare DEFLATE under this name are common, against RFC 9110 section 8.4.1.2.
            "deflate" => new DeflateStream(source, CompressionMode.Decompress),
            "identity" => source,
            _ => null,
        };
    }

    private static bool HasZlibHead(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0F) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0;
}
