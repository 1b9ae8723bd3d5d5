namespace Surveillance.Crawler.Fetching;

/// <summary>One page to be fetched.</summary>
/// <param name="Url">Absolute; anything but http and https is declined.</param>
/// <param name="AllowHosts">Hosts that may resolve to private addresses.</param>
public sealed record FetchRequest(Uri Url, IReadOnlyList<string> AllowHosts)
{
    /// <summary>Asked before each redirect is followed: why not to, or null. Null where nobody objects to anything.</summary>
    public Func<Uri, CancellationToken, Task<string?>>? Objection { get; init; }
}
