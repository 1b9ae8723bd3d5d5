using System.Net;

namespace Surveillance.Api.Accounts;

/// <summary>Where a request comes from, as far as it can be told without an account.</summary>
internal static class RequestOrigin
{
    /// <summary>
    /// Another site's page wants to change something here, or to open a socket, with this browser's rights. Browsers say so themselves
    /// (<c>Sec-Fetch-Site</c>, <c>Origin</c>); programs that are no browsers send neither.
    /// </summary>
    public static bool IsForeignAction(HttpRequest request)
    {
        var acts = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        if (!acts && !request.HttpContext.WebSockets.IsWebSocketRequest && !IsUpgrade(request))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>From this machine (or in process, as tests do).</summary>
    public static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <summary>By one of this machine's own names. Any other one is another site's name that was made to point here (DNS rebinding).</summary>
    public static bool HasLocalHost(HttpRequest request)
    {
        var host = request.Host.Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0;

    // Without the scheme's own port, as Uri.Authority has it.
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";
}
