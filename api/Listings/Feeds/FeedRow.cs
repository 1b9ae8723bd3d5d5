using System.Globalization;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Api.Listings.Feeds;

/// <summary>Makes a listing of one row of a feed.</summary>
internal static class FeedRow
{
    /// <summary>What sellers write who name no price.</summary>
    private static readonly string[] NoPrice = ["面议", "电议", "议价", "面谈", "价格面议", "询价", "-", "--", "无"];

    private static readonly string[] ContactKinds = ["phone", "wechat", "qq"];

    private static readonly char[] BetweenImages = [' ', ',', ';', '|', '\n', '，', '；'];

    /// <param name="cell">The row's text for a field, null where it is empty or has none.</param>
    public static ListingLine Read(int number, FeedMap map, Func<string, string?> cell)
    {
        string? Value(string field) => cell(field) ?? map.Constants.GetValueOrDefault(field);
        try
        {
            var price = Amount(Value("price"), map);
            return ListingLine.Of(number, new Listing
            {
                Id = Value("id"),
                Platform = Value("platform"),
                Kind = Kind(Value("kind")),
                Title = Value("title"),
                Text = Value("text"),
                Price = price?.Low,
                PriceMax = Amount(Value("price_max"), map)?.Low ?? price?.High,
                PriceText = Value("price_text") ?? Value("price"),
                Currency = Value("currency") ?? (price is null ? null : "CNY"),
                Seller = Value("seller"),
                Location = Value("location"),
                Url = Value("url"),
                Publisher = Value("publisher"),
                Images = Value("images")?.Split(BetweenImages, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                Contacts = [.. ContactKinds.Select(kind => (kind, Value(kind))).Where(pair => pair.Item2 is not null).Select(pair => new StatedContact(pair.kind, pair.Item2!))],
                Observed = Value("observed") is { } day ? Day(day, map.DateFormat) : null,
            });
        }
        catch (FormatException error)
        {
            return new ListingLine(number, null, error.Message);
        }
    }

    private static ListingKind Kind(string? text) => text?.ToLowerInvariant() switch
    {
        null or "listing" or "商品" or "服务" => ListingKind.Listing,
        "ad" or "广告" => ListingKind.Ad,
        "page" or "网页" => ListingKind.Page,
        _ => throw new FormatException($"kind: expected listing, ad or page, got {text}"),
    };

    private static Price? Amount(string? text, FeedMap map)
    {
        if (text is null || NoPrice.Contains(text.Trim(), StringComparer.Ordinal))
        {
            return null;
        }

        return Price.Stated(text) is { } price
            ? price with { Low = price.Low * map.YuanPerUnit, High = price.High * map.YuanPerUnit }
            : throw new FormatException($"price: expected an amount such as 380, 1.2万 or 380-680, got {text}");
    }

    private static DateOnly Day(string text, string? format)
    {
        if (format is not null)
        {
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)
                ? DateOnly.FromDateTime(exact)
                : throw new FormatException($"observed: expected a day as {format}, got {text}");
        }

        var plain = text.Replace('年', '-').Replace('月', '-').Replace("日", "", StringComparison.Ordinal);
        return DateTime.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? DateOnly.FromDateTime(day)
            : throw new FormatException($"observed: expected a day such as 2026-11-22, got {text}");
    }
}
