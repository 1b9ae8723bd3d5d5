using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Contacts that a page states in links and attributes of their own.</summary>
internal static partial class PageContacts
{
    private const int MaxContacts = 30;

    private static readonly FrozenDictionary<string, int> PhoneAttributes = AttributeRanks.Of("data-phone", "data-tel", "data-mobile", "data-phonenumber", "data-contact");

    public static IReadOnlyList<StatedContact> Of(DecodedPage page)
    {
        var found = new List<StatedContact>();
        foreach (var element in page.Tree.Elements)
        {
            if (found.Count >= MaxContacts || !element.Node.HasAttributes)
            {
                continue;
            }

            var href = element.Tag == "a" ? element.Attribute("href") : null;
            Add("phone", href is not null && href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? href[4..].Trim() : null);
            Add("qq", href is not null && QqLink().Match(href) is { Success: true } qq ? qq.Groups["qq"].Value : null);
            Add("wechat", element.Attribute("data-wechat") ?? element.Attribute("data-weixin"));
            Add("phone", element.Attribute(PhoneAttributes, phone => Phone().IsMatch(phone)));

            var drawn = element.Tag == "img" && IsCode(element) ? Address.Absolute(page.Base, element.Attribute("data-src") ?? element.Attribute("src")) : null;
            Add("qr", drawn);
        }

        return found;

        void Add(string kind, string? value)
        {
            if (value is { Length: >= 5 } && !found.Exists(contact => contact.Kind == kind && contact.Value == value))
            {
                found.Add(new StatedContact(kind, value));
            }
        }
    }

    private static bool IsCode(PageElement image) =>
        image.Attribute("alt")?.Contains("二维码", StringComparison.Ordinal) == true || image.Attribute("title")?.Contains("二维码", StringComparison.Ordinal) == true
        || image.Class.Contains("qrcode", StringComparison.OrdinalIgnoreCase) || image.Attribute("src")?.Contains("qrcode", StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"(wpa\.qq\.com|tencent://message).*[?&]uin=(?<qq>[1-9]\d{4,10})", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex QqLink();

    [GeneratedRegex(@"^[\d*+ -]{7,20}$", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();
}
