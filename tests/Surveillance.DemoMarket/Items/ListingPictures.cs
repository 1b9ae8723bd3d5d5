using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Surveillance.DemoMarket.Listings;

namespace Surveillance.DemoMarket.Items;

/// <summary>The files under <c>/pictures/</c>: real PNG and JPEG.</summary>
/// <remarks>Sellers use one set of pictures for all they offer: a picture follows from who can be reached and its place, so operators differ and their listings don't.</remarks>
internal static class ListingPictures
{
    private static readonly FrozenDictionary<string, int> Numbers = ListingFiles.All
        .SelectMany(listing => listing.Images.Select((name, place) => KeyValuePair.Create(name, NumberOf(listing, place))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null where no listing names it.</returns>
    public static (byte[] Bytes, string ContentType)? Find(string name)
    {
        if (!Numbers.TryGetValue(name, out var number))
        {
            return null;
        }

        using var poster = Poster.Draw(number);
        return name.EndsWith(".png", StringComparison.Ordinal) ? (poster.PngsaveBuffer(), "image/png") : (poster.JpegsaveBuffer(q: 80), "image/jpeg");
    }

    private static int NumberOf(MarketListing listing, int place) => BinaryPrimitives.ReadInt32LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{listing.Contact?.Value ?? listing.Seller}\n{place}")));
}
