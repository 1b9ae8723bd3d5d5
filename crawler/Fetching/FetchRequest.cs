using System.Net;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>One page to be fetched.</summary>
/// <param name="Url">Absolute; anything but http and https is declined.</param>
/// <param name="AllowHosts">Hosts that may resolve to private addresses.</param>
public sealed record FetchRequest(Uri Url, IReadOnlyList<string> AllowHosts)
{
    /// <summary>Asked before each redirect is followed: why not to, or null. Null where nobody objects to anything.</summary>
    public Func<Uri, CancellationToken, Task<string?>>? Objection { get; init; }

    /// <summary>Ask only whether the page has changed since it had these; a browser asks for it whole.</summary>
    public Validators? Known { get; init; }

    /// <summary>Sent and kept; null for none.</summary>
    public CookieContainer? Cookies { get; init; }

    /// <summary>The way out, <c>http://host:port</c>, with a name and password where it wants them; null for the direct one.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How a browser treats the page.</summary>
    public SourceRendering Rendering { get; init; } = SourceRendering.Default;
}
