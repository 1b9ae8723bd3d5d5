using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>Addresses that lead to whoever offers something: a shop, a member, a company.</summary>
internal static partial class SellerLink
{
    public static bool Is(string? href) => href is { Length: < 500 } && Pattern().IsMatch(href);

    [GeneratedRegex(@"^(https?:)?//(shop|store|qy|company|corp|mall|user|u|i|space|dianpu|member)\d*\.|[?&](u|uid|user_?id|shop_?id|seller_?id|member_?id|store_?id)=|(^|/)(space-uid)-\d|/(company_?(detail|info)|gongsi)/|/(u|uid|user|users|userid|user_?info|shop|shops|store|stores|company|companies|corp|qiye|qy|member|members|space|seller|sellers|profile|personal|author|authors|merchant|dianpu|vendor|supplier|people|agent|agents|broker|jingjiren|school|schools|jigou|org|homepage|zhuye)([/=_.?&-]|\d|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
