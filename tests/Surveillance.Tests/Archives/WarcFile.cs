using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Surveillance.Tests.Archives;

/// <summary>Writes web archives record by record, each a gzip member of its own where asked for.</summary>
internal sealed class WarcFile(bool compressed = false, string version = "1.1", string lineBreak = "\r\n")
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    /// <summary>Where each record ends.</summary>
    public List<int> Ends { get; } = [];

    public WarcFile Response(string url, string body, string headers = "Content-Type: text/html; charset=utf-8", int status = 200, string date = "2026-11-20T03:04:05Z", string? payload = null) =>
        Response(url, Encoding.UTF8.GetBytes(body), headers, status, date, payload);

    public WarcFile Response(string url, byte[] body, string headers, int status = 200, string date = "2026-11-20T03:04:05Z", string? payload = null) =>
        Record("response", url, date, "application/http; msgtype=response", [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\n{headers}\r\n\r\n"), .. body], payload);

    public WarcFile Record(string type, string? url, string? date, string contentType, byte[] block, string? payload = null)
    {
        var head = new StringBuilder($"WARC/{version}{lineBreak}WARC-Type: {type}{lineBreak}WARC-Record-ID: <urn:uuid:{Guid.NewGuid()}>{lineBreak}");
        head.Append(url is null ? "" : $"WARC-Target-URI: {url}{lineBreak}").Append(date is null ? "" : $"WARC-Date: {date}{lineBreak}").Append(payload is null ? "" : $"WARC-Payload-Digest: {payload}{lineBreak}");
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}{lineBreak}Content-Length: {block.Length}{lineBreak}{lineBreak}");
        return Append([.. Encoding.UTF8.GetBytes(head.ToString()), .. block, .. Encoding.ASCII.GetBytes(lineBreak + lineBreak)]);
    }

    private WarcFile Append(byte[] record)
    {
        _bytes.AddRange(compressed ? Gzip(record) : record);
        Ends.Add(_bytes.Count);
        return this;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    public static byte[] Brotli(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        return output.ToArray();
    }

    /// <summary>In chunks of at most so many bytes, as HTTP/1.1 sends a body of unknown length.</summary>
    public static byte[] Chunked(byte[] bytes, int size = 50) =>
    [
        .. bytes.Chunk(size).SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x};x=1\r\n"), .. chunk, (byte)'\r', (byte)'\n']),
        .. "0\r\n\r\n"u8,
    ];
}
