using System.Globalization;
using Surveillance.Api.Leads;

namespace Surveillance.Api.Operators;

/// <summary>Says in Chinese why listings are one operator's.</summary>
internal static class OperatorWording
{
    public static string Of(TieReason reason) => reason switch
    {
        { Kind: MarkKind.Image, Likeness: { } likeness } => string.Create(CultureInfo.InvariantCulture, $"图片相近 {Math.Floor(likeness * 100)}%"),
        { Likeness: 1 } => "文字相同（地名、数字除外）",
        { Likeness: { } likeness } => string.Create(CultureInfo.InvariantCulture, $"文字相近 {Math.Floor(likeness * 100)}%"),
        { Kind: MarkKind.Seller } => $"同一平台的同一经营者 {reason.Value}",
        { Kind: MarkKind.Name } => $"同一单位名称 {reason.Value}",
        _ => $"同一{Wording.OfContact(reason.Kind)} {reason.Value}",
    };

    public static string Of(CommonMark mark) => mark.Kind switch
    {
        MarkKind.Image => $"图片见于 {mark.Sellers} 个以上经营者",
        MarkKind.Wording => $"文字见于 {mark.Sellers} 个以上经营者",
        _ => $"{Wording.OfContact(mark.Kind)} {mark.Value} 见于 {mark.Sellers} 个以上经营者",
    };
}
