using System.Text.Json.Serialization;

namespace Surveillance.Classifier;

/// <summary>What one offer, ad or page says, as it comes from a platform, a file or a crawl. DESIGN section 5, "Listing".</summary>
/// <remarks>The same object for <c>extract --lines</c>, <c>import</c> and <c>classify</c>. What a page does not say is null, never invented.</remarks>
public sealed record Listing
{
    /// <summary>The platform's item id, or the caller's own. Not the id under which the store knows the listing.</summary>
    public string? Id { get; init; }

    /// <summary>The marketplace or search engine by its Chinese name, e.g. <c>闲鱼</c>.</summary>
    public string? Platform { get; init; }

    public ListingKind Kind { get; init; } = ListingKind.Listing;

    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>In <see cref="Currency"/> units (yuan, not fen); the lower end where the page shows a range.</summary>
    public decimal? Price { get; init; }

    /// <summary>The upper end of a price range, else null.</summary>
    public decimal? PriceMax { get; init; }

    /// <summary>The price as printed, e.g. <c>¥380起</c>.</summary>
    public string? PriceText { get; init; }

    /// <summary>ISO 4217, e.g. <c>CNY</c>; null without a price.</summary>
    public string? Currency { get; init; }

    public string? Seller { get; init; }

    public string? Location { get; init; }

    /// <summary>Absolute.</summary>
    public string? Url { get; init; }

    /// <summary>Who published the page: the site's host or name, where it differs from the seller.</summary>
    public string? Publisher { get; init; }

    /// <summary>Absolute addresses, or paths of local files.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Contacts that the page states in fields of its own; those hidden in the text are found while assessing.</summary>
    public IReadOnlyList<StatedContact> Contacts { get; init; } = [];

    /// <summary>The day on which the offer was seen, in Asia/Shanghai.</summary>
    public DateOnly? Observed { get; init; }
}

/// <summary>What was observed: 商品或服务信息, 广告 or 网页.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ListingKind>))]
public enum ListingKind
{
    [JsonStringEnumMemberName("listing")]
    Listing,

    [JsonStringEnumMemberName("ad")]
    Ad,

    [JsonStringEnumMemberName("page")]
    Page,
}

/// <summary>A contact as a page states it.</summary>
/// <param name="Kind"><c>phone</c>, <c>wechat</c>, <c>qq</c>, <c>group</c>, <c>link</c> or <c>qr</c>.</param>
public sealed record StatedContact(string Kind, string Value);
