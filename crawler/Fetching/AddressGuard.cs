using System.Net;
using System.Net.Sockets;

namespace Surveillance.Crawler.Fetching;

/// <summary>Opens connections to public addresses only, whatever a name resolves to.</summary>
/// <remarks>
/// The address that was checked is the one connected to, so a name that resolves differently a moment later (DNS rebinding)
/// gains nothing. Ranges: IANA's special-purpose registries for IPv4 and IPv6.
/// </remarks>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Refused4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    // Teredo, ORCHID, benchmarking and the rest of IETF's block; documentation; 6to4, which carries any IPv4 address inside.
    private static readonly IPNetwork[] Refused6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>True where the address is one of the public Internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Refused4.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        // NAT64: an IPv6-only network reaches IPv4 sites this way, so the address inside decides.
        if (Translated.Contains(address))
        {
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        return Global6.Contains(address) && !Refused6.Any(network => network.Contains(address));
    }

    /// <summary>True where the source lets this host be private.</summary>
    public static bool IsAllowed(string host, IReadOnlyList<string> allowHosts) =>
        allowHosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    /// <summary>Resolves the host, then connects to one of its permitted addresses.</summary>
    /// <exception cref="AddressRefusedException">None of its addresses is permitted.</exception>
    /// <param name="proxy">Through which to connect; the name is resolved and checked here all the same. Null for the direct way.</param>
    /// <exception cref="SocketException">The name is unknown or nobody answers.</exception>
    /// <exception cref="IOException">The proxy refused.</exception>
    public static async Task<NetworkStream> ConnectAsync(
        string host, int port, IReadOnlyList<string> allowHosts, Uri? proxy, CancellationToken cancellationToken)
    {
        var name = host.Trim('[', ']');
        var found = await Dns.GetHostAddressesAsync(name, cancellationToken);
        var permitted = IsAllowed(name, allowHosts) ? found : [.. found.Where(IsPublic)];
        if (found.Length > 0 && permitted.Length == 0)
        {
            throw new AddressRefusedException(name, found[0]);
        }

        if (proxy is not null && permitted.Length > 0)
        {
            return await ProxyTunnel.OpenAsync(proxy, new IPEndPoint(permitted[0], port), cancellationToken);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host resolves to addresses that are not public. Always becomes a declined outcome.</summary>
internal sealed class AddressRefusedException(string host, IPAddress address)
    : Exception($"{host} resolves to {address}, which is not public.")
{
    public string Host { get; } = host;

    /// <summary>As a person reads it.</summary>
    public string Reason { get; } = $"拒绝访问非公网地址：{host}（{address}）";
}
