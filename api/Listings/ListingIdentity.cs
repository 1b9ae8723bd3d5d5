using System.Security.Cryptography;
using System.Text;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Listings;

/// <summary>Under which key a listing is known: platform and item id, else canonical address, else source and given id, else source and wording.</summary>
/// <param name="Id">The first 20 hexadecimal digits of SHA-256 over <paramref name="Key"/>. DESIGN section 5, "Identity".</param>
public sealed record ListingIdentity(string Id, string Key)
{
    public static ListingIdentity Of(Listing listing, string sourceId)
    {
        var url = CanonicalUrl.TryOf(listing.Url);
        var key = (listing.Platform, listing.Id, url) switch
        {
            ({ Length: > 0 } platform, { Length: > 0 } item, _) => $"item\n{platform}\n{item}",
            (_, _, { } address) => $"url\n{address}",
            (_, { Length: > 0 } given, _) => $"import\n{sourceId}\n{given}",
            _ => $"wording\n{sourceId}\n{Hash($"{listing.Title}\n{listing.Text}")}",
        };
        return new ListingIdentity(Hash(key)[..20], key);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
