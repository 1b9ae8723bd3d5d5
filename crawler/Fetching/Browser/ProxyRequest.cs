using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>What a browser asks of a proxy: a tunnel (<c>CONNECT host:port</c>), or a plain request with the address written out.</summary>
/// <param name="Onward">What the site gets first: the rewritten head of a plain request, and what was read beyond the head.</param>
/// <param name="BodyBytes">How much of the browser's side still belongs to this request; null for all of it.</param>
internal sealed record ProxyRequest(string Host, int Port, bool IsTunnel, ReadOnlyMemory<byte> Onward, long? BodyBytes)
{
    private const int MaxHeadBytes = 64 * 1024;

    private static readonly string[] HopHeaders = ["Proxy-Connection", "Proxy-Authorization", "Connection", "Keep-Alive"];

    /// <summary>Null where what came is no proxy request.</summary>
    public static async Task<ProxyRequest?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxHeadBytes];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Parse(Encoding.Latin1.GetString(buffer, 0, end), buffer.AsMemory(end + 4, length - end - 4));
            }
        }

        return null;
    }

    private static ProxyRequest? Parse(string head, ReadOnlyMemory<byte> beyond)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var target, var version])
        {
            return null;
        }

        if (method == "CONNECT")
        {
            return Uri.TryCreate("tunnel://" + target, UriKind.Absolute, out var end) && end.Port > 0
                ? new ProxyRequest(end.Host, end.Port, true, beyond, null)
                : null;
        }

        return Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme == "http"
            ? Plain(method, target, version, url, lines.AsSpan(1), beyond)
            : null;
    }

    private static ProxyRequest Plain(string method, string target, string version, Uri url, ReadOnlySpan<string> headers, ReadOnlyMemory<byte> beyond)
    {
        // The path is passed on as the browser wrote it, not as Uri would.
        var path = target.IndexOf('/', "http://".Length);
        var onward = new StringBuilder($"{method} {(path < 0 ? "/" : target[path..])} {version}\r\nConnection: close\r\n");
        long? body = 0;
        foreach (var header in headers)
        {
            var name = header.Split(':', 2)[0].Trim();
            if (HopHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            onward.Append(header).Append("\r\n");
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                body = long.TryParse(header.AsSpan(name.Length + 1), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
            }
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                body = null;
            }
        }

        var head = Encoding.Latin1.GetBytes(onward.Append("\r\n").ToString());
        return new ProxyRequest(url.Host, url.Port, false, (byte[])[.. head, .. beyond.Span], body - beyond.Length);
    }
}
