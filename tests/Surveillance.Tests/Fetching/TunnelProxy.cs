using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Surveillance.Tests.Fetching;

/// <summary>An HTTP proxy on loopback that opens tunnels to anywhere, and remembers what it was asked.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Task _serving;

    public TunnelProxy()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://user:secret@{_listener.LocalEndpoint}");

    /// <summary>Target and what the caller showed to be let through.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await TunnelAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TunnelAsync(NetworkStream client)
    {
        using var reader = new StreamReader(client, leaveOpen: true);
        var target = (await reader.ReadLineAsync(_stopping.Token))!.Split(' ')[1];
        var secret = "";
        while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 } header)
        {
            secret = header.StartsWith("Proxy-Authorization: ", StringComparison.Ordinal) ? header["Proxy-Authorization: ".Length..] : secret;
        }

        _asked.Enqueue($"{target} {secret}");
        using var site = new TcpClient();
        await site.ConnectAsync(IPEndPoint.Parse(target), _stopping.Token);
        await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stopping.Token);
        await Task.WhenAny(client.CopyToAsync(site.GetStream(), _stopping.Token), site.GetStream().CopyToAsync(client, _stopping.Token));
    }
}
