using System.Text.RegularExpressions;

namespace Surveillance.Classifier.Text;

/// <summary>Finds contacts in a text. Thread safe.</summary>
/// <remarks>First version: plain phone numbers, WeChat and QQ. Hidden ones come with the text engine.</remarks>
public static partial class ContactFinder
{
    /// <param name="field"><c>title</c> or <c>text</c>; copied into each contact.</param>
    /// <returns>In reading order.</returns>
    public static IReadOnlyList<Contact> Find(NormalizedText text, string field)
    {
        var contacts = new List<Contact>();
        foreach (Match match in Pattern().Matches(text.Text))
        {
            var kind = match.Groups["wechat"].Success ? "wechat" : match.Groups["qq"].Success ? "qq" : "phone";
            var (start, end) = text.ToOriginal(match.Groups[kind].Index, match.Groups[kind].Index + match.Groups[kind].Length);
            contacts.Add(new Contact(kind, match.Groups[kind].Value, field, start, end));
        }

        return contacts;
    }

    [GeneratedRegex(@"(?:微信|vx|wx|v信|薇)号?[::\s]*(?<wechat>[a-z0-9][a-z0-9_-]{5,19})|(?:qq|扣扣)号?[::\s]*(?<qq>[1-9]\d{4,10})|(?<!\d)(?<phone>1[3-9]\d{9})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
