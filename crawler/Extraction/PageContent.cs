using System.Text.Json.Serialization;
using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction;

/// <summary>What a page says: the object that <c>surveil extract</c> writes. DESIGN section 5.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="Charset">As decoded, e.g. <c>utf-8</c> or <c>gb18030</c>.</param>
/// <param name="Blocked">Null unless <paramref name="Outcome"/> is <see cref="PageOutcome.Blocked"/>; then <paramref name="Listings"/> is empty.</param>
/// <param name="Total">How many hits the page claims, null where it claims none.</param>
public sealed record PageContent(
    string Url,
    string Charset,
    PageKind PageKind,
    PageOutcome Outcome,
    BlockKind? Blocked,
    int? Total,
    IReadOnlyList<Listing> Listings)
{
    /// <summary>Absolute addresses of further pages of the same list, in page order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> NextPages { get; init; } = [];
}

[JsonConverter(typeof(JsonStringEnumConverter<PageKind>))]
public enum PageKind
{
    [JsonStringEnumMemberName("search")]
    Search,

    [JsonStringEnumMemberName("detail")]
    Detail,

    [JsonStringEnumMemberName("ad")]
    Ad,

    [JsonStringEnumMemberName("article")]
    Article,

    [JsonStringEnumMemberName("lookup")]
    Lookup,

    [JsonStringEnumMemberName("other")]
    Other,
}

/// <summary>How reading a page ended; the four are never taken for each other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PageOutcome>))]
public enum PageOutcome
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>A real search without hits.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    /// <summary>A removed item, also when the status says 200.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,

    /// <summary>Not what was asked for; never reported as "no results".</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,
}

[JsonConverter(typeof(JsonStringEnumConverter<BlockKind>))]
public enum BlockKind
{
    /// <summary>Sliders too.</summary>
    [JsonStringEnumMemberName("captcha")]
    Captcha,

    [JsonStringEnumMemberName("login")]
    Login,

    [JsonStringEnumMemberName("denied")]
    Denied,

    [JsonStringEnumMemberName("interstitial")]
    Interstitial,

    [JsonStringEnumMemberName("corrupt")]
    Corrupt,
}
