using System.Globalization;
using System.Text;

namespace Surveillance.Crawler.Archives;

/// <summary>An HTTP response as it went over the wire, as archives keep it.</summary>
/// <param name="Headers">As received, one <c>Name: value</c> a line.</param>
/// <param name="Body">Chunks joined; content encodings not undone.</param>
internal sealed record HttpMessage(int Status, string Headers, ReadOnlyMemory<byte> Body)
{
    /// <returns>Null where the bytes begin with no status line.</returns>
    public static HttpMessage? Parse(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (!span.StartsWith("HTTP/"u8))
        {
            return null;
        }

        var (end, gap) = EndOfHead(span);
        var lines = Encoding.Latin1.GetString(span[..end]).Split('\n', StringSplitOptions.TrimEntries);
        var parts = lines[0].Split(' ', 3);
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        var message = new HttpMessage(status, string.Join('\n', lines.Skip(1).Where(line => line.Length > 0)), bytes[Math.Min(bytes.Length, end + gap)..]);
        return message["Transfer-Encoding"]?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true
            ? message with { Body = Unchunked(message.Body) }
            : message;
    }

    /// <returns>The first header of that name; null without one.</returns>
    public string? this[string name] => Headers.Split('\n')
        .Where(line => line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    private static (int End, int Gap) EndOfHead(ReadOnlySpan<byte> bytes)
    {
        var windows = bytes.IndexOf("\r\n\r\n"u8);
        var unix = bytes.IndexOf("\n\n"u8);
        return windows >= 0 && (unix < 0 || windows < unix) ? (windows, 4) : unix >= 0 ? (unix, 2) : (bytes.Length, 0);
    }

    /// <summary>The chunks' content; some writers join the chunks and leave the header, then the body is returned as it is.</summary>
    private static ReadOnlyMemory<byte> Unchunked(ReadOnlyMemory<byte> body)
    {
        using var joined = new MemoryStream(body.Length);
        var rest = body.Span;
        while (true)
        {
            var end = rest.IndexOf((byte)'\n');
            var size = end is < 1 or > 100 ? "" : Encoding.ASCII.GetString(rest[..end]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                return joined.Length == 0 ? body : joined.ToArray();
            }

            rest = rest[(end + 1)..];
            joined.Write(rest[..Math.Min(length, rest.Length)]);
            if (length == 0 || length >= rest.Length)
            {
                return joined.ToArray();
            }

            rest = rest[length..];
            rest = rest.StartsWith("\r\n"u8) ? rest[2..] : rest.StartsWith("\n"u8) ? rest[1..] : rest;
        }
    }
}
