namespace Surveillance.Api.Operators;

/// <summary>Something that says who is behind a listing (经营者标识): listings with the same mark are one operator's, unless too many sellers have it.</summary>
/// <param name="Kind">One of <see cref="MarkKind"/>.</param>
/// <param name="Value">Normalised; equal where it means the same.</param>
public sealed record OperatorMark(string Kind, string Value);

/// <summary>The kinds of marks, as they stand in the store and in the API.</summary>
public static class MarkKind
{
    /// <summary>Digits; also a 微信 account that is a mobile number.</summary>
    public const string Phone = "phone";

    public const string Wechat = "wechat";

    public const string Qq = "qq";

    public const string Group = "group";

    /// <summary>A canonical address without its scheme: a shop, a page of one's own.</summary>
    public const string Link = "link";

    /// <summary>The name of a seller on one platform.</summary>
    public const string Seller = "seller";

    /// <summary>The whole name of a firm or school, on any platform.</summary>
    public const string Name = "name";

    /// <summary>The words of the wording; near ones count too.</summary>
    public const string Wording = "wording";

    /// <summary>The print of a picture; near ones count too.</summary>
    public const string Image = "image";

    /// <summary>True where near marks tie as equal ones do; their values mean nothing to people.</summary>
    public static bool IsLikeness(string kind) => kind is Wording or Image;
}
