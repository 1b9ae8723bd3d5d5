using System.Collections.Frozen;

namespace Surveillance.Classifier.Rules;

/// <summary>The platforms whose rules forbid the sale of certificates (<c>data/platforms</c>), and which hosts are of the state. Thread safe.</summary>
internal sealed class Marketplaces(IEnumerable<string> names, IEnumerable<string> hosts, IReadOnlyList<string> officialSuffixes, IReadOnlyList<string> lookalikes)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly string[] _hosts = [.. hosts];

    public bool Has(Listing listing) =>
        (listing.Platform is { } platform && _names.Contains(platform.Trim()))
        || (HostOf(listing.Url) is { } host && _hosts.Any(market => IsWithin(host, market)));

    /// <summary>Of a state organ, by the address, else by a publisher that is a host.</summary>
    public bool IsOfficial(Listing listing) => HostOf(listing) is { } host && IsOfficialHost(host);

    /// <summary>Of a state organ; false for text that is no address.</summary>
    public bool IsOfficialAddress(string address) => HostOf(address) is { } host && IsOfficialHost(host);

    public bool IsUnofficial(Listing listing) => HostOf(listing) is not null && !IsOfficial(listing);

    /// <summary>Not of a state organ, yet with a part that makes it look so.</summary>
    public bool IsLookalike(Listing listing) =>
        IsUnofficial(listing) && HostOf(listing) is { } host && host.Split('.', '-').Any(part => lookalikes.Contains(part, StringComparer.Ordinal));

    private bool IsOfficialHost(string host) => officialSuffixes.Any(suffix => IsWithin(host, suffix));

    private static string? HostOf(Listing listing) => HostOf(listing.Url) ?? HostOf(listing.Publisher);

    /// <summary>In lower case, without port; null for text that is no address.</summary>
    private static string? HostOf(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return null;
        }

        var whole = address.Contains("://", StringComparison.Ordinal) ? address.Trim() : "http://" + address.Trim();
        return Uri.TryCreate(whole, UriKind.Absolute, out var url) && url.Host.Contains('.', StringComparison.Ordinal) ? url.Host.ToLowerInvariant() : null;
    }

    private static bool IsWithin(string host, string domain) =>
        host == domain || (host.EndsWith(domain, StringComparison.Ordinal) && host[^(domain.Length + 1)] == '.');
}
