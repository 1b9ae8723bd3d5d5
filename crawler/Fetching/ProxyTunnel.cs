using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Surveillance.Crawler.Fetching;

/// <summary>A connection through an HTTP proxy that an operator named for a source.</summary>
/// <remarks>The proxy is told an address that was checked already, never a name: it would look that up anew, and might find another address.</remarks>
internal static class ProxyTunnel
{
    private const int MaxHeadBytes = 16 * 1024;

    /// <exception cref="SocketException">The proxy can't be reached.</exception>
    /// <exception cref="IOException">The proxy refused.</exception>
    public static async Task<NetworkStream> OpenAsync(Uri proxy, IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Host.Trim('[', ']'), proxy.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Request(proxy, target)), cancellationToken);
            var status = await StatusAsync(stream, cancellationToken);
            return status == 200 ? stream : throw new IOException($"the proxy {proxy.Authority} answered {status} to CONNECT {target}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Request(Uri proxy, IPEndPoint target)
    {
        var secret = proxy.UserInfo.Length == 0
            ? ""
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(proxy.UserInfo)))}\r\n";
        return $"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{secret}\r\n";
    }

    /// <summary>Byte by byte, since what follows the head belongs to the tunnel.</summary>
    private static async Task<int> StatusAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new byte[MaxHeadBytes];
        for (var length = 0; length < head.Length; length++)
        {
            if (await stream.ReadAsync(head.AsMemory(length, 1), cancellationToken) == 0)
            {
                throw new IOException("the proxy hung up before it answered");
            }

            if (head.AsSpan(0, length + 1).EndsWith("\r\n\r\n"u8))
            {
                var words = Encoding.Latin1.GetString(head, 0, length).Split(' ', 3);
                return words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
            }
        }

        throw new IOException("the proxy's answer has no end");
    }
}
