using System.Text.Json.Serialization;

namespace Surveillance.DemoMarket.Listings;

/// <summary>One offer of the demo marketplace, with what a correct assessment of it must say.</summary>
/// <remarks><see cref="Kind"/>, <see cref="Expect"/> and <see cref="Maybe"/> are for tests and never served.</remarks>
/// <param name="Id">Twelve digits.</param>
/// <param name="Price">In yuan, the lower end of a range; null where none is asked or it is 面议.</param>
/// <param name="PriceText">As printed; null where the listing names no price.</param>
/// <param name="Published">A day in Asia/Shanghai.</param>
/// <param name="Images">File names under <c>/pictures/</c>.</param>
/// <param name="Contact">Stated beside the text; null where buyers write through the platform.</param>
/// <param name="Expect">Violation types (DESIGN section 4) that are certain on a marketplace of <c>data/platforms</c>.</param>
/// <param name="Maybe">Violation types that are arguable, never counted either way.</param>
public sealed record MarketListing(
    string Id,
    string Seller,
    string Location,
    decimal? Price,
    decimal? PriceMax,
    string? PriceText,
    DateOnly Published,
    string Title,
    string Text,
    IReadOnlyList<string> Images,
    ListingContact? Contact,
    IReadOnlyList<string> Expect,
    IReadOnlyList<string> Maybe)
{
    /// <summary>The name of the file that holds it, e.g. <c>question-banks</c>.</summary>
    [JsonIgnore]
    public string Kind { get; init; } = "";

    /// <summary>Shown only in the paid places of a list, never among its hits.</summary>
    [JsonIgnore]
    public bool IsAd => Kind == "ads";
}

/// <summary>How a buyer reaches the seller.</summary>
/// <param name="Kind"><c>phone</c>, <c>wechat</c> or <c>qq</c>.</param>
public sealed record ListingContact(string Kind, string Value);
