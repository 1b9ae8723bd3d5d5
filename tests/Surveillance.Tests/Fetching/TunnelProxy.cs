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
    private readonly ConcurrentDictionary<int, bool> _ports = new();
    private readonly Task _serving;

    public TunnelProxy()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://user:secret@{_listener.LocalEndpoint}");

    /// <summary>Target and what the caller showed to be let through.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>The ports of its own from which it called sites.</summary>
    public IReadOnlyCollection<int> Ports => [.. _ports.Keys];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var tunnels = new List<Task>();
        try
        {
            while (true)
            {
                tunnels.Add(TunnelAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }

        await Task.WhenAll(tunnels);
    }

    private async Task TunnelAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                await TunnelAsync(caller.GetStream());
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or InvalidOperationException)
            {
                // One side hung up, or the test is over.
            }
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
        _ports.TryAdd(((IPEndPoint)site.Client.LocalEndPoint!).Port, true);
        await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stopping.Token);
        await Task.WhenAny(client.CopyToAsync(site.GetStream(), _stopping.Token), site.GetStream().CopyToAsync(client, _stopping.Token));
    }
}
