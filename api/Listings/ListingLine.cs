using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>One line or row of a file of listings.</summary>
/// <param name="Number">The line at which it begins, counted from one.</param>
/// <param name="Listing">Null where it is malformed.</param>
/// <param name="Fault">Null where it is well formed.</param>
internal sealed record ListingLine(int Number, Listing? Listing, string? Fault)
{
    /// <summary>Checks that the listing has what every listing needs (DESIGN section 5).</summary>
    public static ListingLine Of(int number, Listing? listing) => listing switch
    {
        null => new(number, null, "expected a JSON object, got null"),
        { Id: null or "", Url: null or "" } => new(number, null, "expected id or url, got neither"),
        { Title: null, Text: null } => new(number, null, "expected title or text, got neither"),
        _ => new(number, listing, null),
    };
}
