using System.Text;
using System.Text.RegularExpressions;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Operators;

/// <summary>Normalises what a listing says about its seller to marks, and leaves out what says nothing.</summary>
internal static partial class MarkValue
{
    private const int LeastFirmName = 6;

    /// <summary>What platforms show in place of a name.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.Ordinal)
    {
        "匿名", "匿名用户", "匿名卖家", "个人", "个人卖家", "个人用户", "用户", "卖家", "商家", "店铺", "会员", "游客", "管理员", "客服", "官方", "平台", "未知", "无", "admin", "user",
    };

    /// <returns>Null where the contact leads to nobody, or to the platform itself.</returns>
    public static OperatorMark? OfContact(string kind, string value, Listing listing)
    {
        var plain = value.Normalize(NormalizationForm.FormKC).Trim();
        if (plain.Contains('*', StringComparison.Ordinal))
        {
            return null;
        }

        return kind switch
        {
            "phone" => Phone(plain),
            "wechat" => Phone(plain) is { Value: { Length: 11 } number } mobile && number[0] == '1' ? mobile : Account(MarkKind.Wechat, plain),
            "qq" => Digits(plain) is { Length: >= 5 } number ? new OperatorMark(MarkKind.Qq, number) : null,
            "group" => Account(MarkKind.Group, plain),
            "link" or "qr" => Link(plain, listing),
            _ => null,
        };
    }

    /// <summary>The seller on its platform, and a firm's whole name wherever it stands.</summary>
    public static IEnumerable<OperatorMark> OfSeller(Listing listing)
    {
        if (SellerName(listing) is not { } name)
        {
            yield break;
        }

        if (Place(listing) is { } place)
        {
            yield return new OperatorMark(MarkKind.Seller, $"{place}\n{name}");
        }

        if (name.Length >= LeastFirmName && FirmName().IsMatch(name))
        {
            yield return new OperatorMark(MarkKind.Name, name);
        }
    }

    /// <summary>Who offers, for counting how many sellers have a mark.</summary>
    /// <param name="otherwise">Stands for a seller whose name is not known; asked for only then.</param>
    public static string SellerOf(Listing listing, Func<string> otherwise) => $"{Place(listing)}\n{SellerName(listing) ?? otherwise()}";

    private static string? SellerName(Listing listing)
    {
        var name = listing.Seller?.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        return name is { Length: >= 2 } && !name.Contains('*', StringComparison.Ordinal) && !name.EndsWith('…') && !NoNames.Contains(name) ? name : null;
    }

    /// <summary>The platform, else the site.</summary>
    private static string? Place(Listing listing) =>
        listing.Platform is { Length: > 0 } platform ? platform : Host(CanonicalUrl.TryOf(listing.Url));

    private static OperatorMark? Phone(string value)
    {
        var digits = Digits(value);
        foreach (var country in (string[])["0086", "86"])
        {
            digits = digits.StartsWith(country, StringComparison.Ordinal) && digits.Length == country.Length + 11 ? digits[country.Length..] : digits;
        }

        return digits.Length is >= 7 and <= 13 && !value.Any(char.IsAsciiLetter) ? new OperatorMark(MarkKind.Phone, digits) : null;
    }

    private static OperatorMark? Account(string kind, string value) =>
        value.Length >= 5 ? new OperatorMark(kind, value.ToLowerInvariant()) : null;

    /// <summary>A bare host of a marketplace, and anything on the listing's own site, leads to no one seller.</summary>
    private static OperatorMark? Link(string value, Listing listing)
    {
        var whole = value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}";
        if (CanonicalUrl.TryOf(whole) is not { } url || Host(url) is not { } host || !host.Contains('.', StringComparison.Ordinal)
            || host.EndsWith(".gov.cn", StringComparison.Ordinal) || host == Host(CanonicalUrl.TryOf(listing.Url)))
        {
            return null;
        }

        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        return new OperatorMark(MarkKind.Link, rest.StartsWith("www.", StringComparison.Ordinal) ? rest[4..] : rest);
    }

    private static string? Host(string? url) => url is null ? null : new Uri(url).Host;

    private static string Digits(string value) => string.Concat(value.Where(char.IsAsciiDigit));

    [GeneratedRegex("(?:公司|学校|学院|中心|事务所|服务部|经营部|商行|工作室)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex FirmName();
}
