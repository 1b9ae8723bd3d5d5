using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Text;

namespace Surveillance.Crawler.Fetching.Http;

/// <summary>HTTP connections that pass <see cref="AddressGuard"/>, pooled apart for each set of allowed hosts and each proxy.</summary>
/// <remarks>Pooled apart, since a connection that one source may use to a private host must not serve another source.</remarks>
internal sealed class GuardedClients : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);

    public HttpMessageInvoker For(FetchRequest request)
    {
        var key = $"{request.Proxy} {string.Join(' ', request.AllowHosts.Select(host => host.ToLowerInvariant()).Order(StringComparer.Ordinal))}";
        return _clients.GetOrAdd(key, _ => new HttpMessageInvoker(Handler([.. request.AllowHosts], request.Proxy)));
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static SocketsHttpHandler Handler(IReadOnlyList<string> allowHosts, Uri? proxy) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = TlsRefusedException.Check },

        // Chinese sites put raw UTF-8 into Location; everything else is read byte by byte.
        ResponseHeaderEncodingSelector = (name, _) => name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : Encoding.Latin1,
        ConnectCallback = async (context, cancellationToken) =>
            await AddressGuard.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, allowHosts, proxy, cancellationToken),
    };
}
