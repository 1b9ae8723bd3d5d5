using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>The only way out for one rendered page: an HTTP proxy on loopback that connects through <see cref="AddressGuard"/>.</summary>
/// <remarks>
/// Playwright's route handlers never see the requests that a redirect leads to, and a check of the name there could be undone by the
/// browser's own look-up a moment later. Here every connection of the page, scripts, redirects and sockets included, is resolved,
/// checked and opened in one place, and its bytes are counted.
/// </remarks>
internal sealed class GuardedProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _exceeded = new();
    private readonly ConcurrentDictionary<Task, byte> _open = new();
    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> _allowHosts;
    private readonly Uri? _proxy;
    private readonly long _limitBytes;
    private readonly Task _accepting;
    private long _bytes;

    /// <param name="limitBytes">What the page may receive in all; then its connections are cut.</param>
    public GuardedProxy(FetchRequest request, long limitBytes)
    {
        _allowHosts = request.AllowHosts;
        _proxy = request.Proxy;
        _limitBytes = limitBytes;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Cancelled when the page has received more than it may.</summary>
    public CancellationToken LimitReached => _exceeded.Token;

    /// <summary>Why a connection to the host was refused, null where none was.</summary>
    public string? RefusalOf(string host) => _refusals.GetValueOrDefault(host.Trim('[', ']'));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_open.Keys);
        _stopping.Dispose();
        _exceeded.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            var serving = ServeAsync(client);
            _open.TryAdd(serving, 0);
            _ = serving.ContinueWith(done => _open.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>One connection of the browser. What breaks it is the page's affair and shows there.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var browser = client.GetStream();
            try
            {
                if (await ProxyRequest.ReadAsync(browser, _stopping.Token) is { } request)
                {
                    await RelayAsync(browser, request, _stopping.Token);
                }
            }
            catch (AddressRefusedException refused)
            {
                // Hanging up is the answer: an error page of ours would look like one of the site's.
                _refusals[refused.Host] = refused.Reason;
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                // The site could not be reached, or the page was closed; the browser reports the connection as broken.
            }
        }
    }

    private async Task RelayAsync(NetworkStream browser, ProxyRequest request, CancellationToken cancellationToken)
    {
        await using var site = await AddressGuard.ConnectAsync(request.Host, request.Port, _allowHosts, _proxy, cancellationToken);
        if (request.IsTunnel)
        {
            await browser.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), cancellationToken);
        }

        await site.WriteAsync(request.Onward, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = PumpAsync(browser, site, request.BodyBytes, counted: false, either.Token);
        var down = PumpAsync(site, browser, null, counted: true, either.Token);

        // A plain answer ends when the site closes; a tunnel when either side does. Without a body the way up is done at once.
        await (request.IsTunnel ? Task.WhenAny(up, down) : down);
        await either.CancelAsync();
        await Task.WhenAll(up, down);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, long? limitBytes, bool counted, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var left = limitBytes ?? long.MaxValue;
        try
        {
            while (left > 0 && !_exceeded.IsCancellationRequested)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
                if (read == 0)
                {
                    return;
                }

                left -= read;
                if (counted && Interlocked.Add(ref _bytes, read) > _limitBytes)
                {
                    await _exceeded.CancelAsync();
                }

                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Either side hung up, or the page was closed: the end of this connection, nothing more.
        }
    }
}
