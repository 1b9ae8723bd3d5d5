using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>Finds contacts in a text, also hidden ones: 薇❤ for 微信, numerals for digits, digits parted by signs. Thread safe.</summary>
/// <remarks>
/// Phones and links speak for themselves; accounts and groups only behind a word that announces them. Prices, dates, identity numbers and model
/// numbers are not taken for contacts. The work is linear in the text's length.
/// </remarks>
public static class ContactFinder
{
    private static readonly string[] QrWords =
    [
        "扫码加", "扫码咨询", "扫码联系", "扫码添加", "扫码进群", "扫码入群", "扫码领取", "扫码报名", "扫码了解", "扫一扫", "扫描二维码", "扫下方二维码", "扫二维码", "长按识别", "长按二维码",
        "识别二维码", "识别图中", "二维码联系", "二维码咨询", "二维码加", "看图加", "看图联系", "图中微信", "图片微信", "图上微信", "图上电话", "图片电话", "图中电话", "主图有联系方式", "联系方式见图", "联系方式在图",
    ];

    private static readonly TermMatcher QrMatcher = new(QrWords);

    /// <param name="field"><c>title</c> or <c>text</c>; copied into each contact.</param>
    /// <returns>In reading order.</returns>
    public static IReadOnlyList<Contact> Find(NormalizedText text, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(field);
        var found = new List<(string Kind, string Value, int Start, int End)>();
        AddLinks(text, found);
        AddNumbers(text.Text, found);
        AddQrHints(text.Text, found);
        return found.Count == 0 ? [] : [.. found.Distinct().OrderBy(contact => contact.Start).ThenBy(contact => contact.Kind, StringComparer.Ordinal).Select(contact =>
        {
            var (start, end) = text.ToOriginal(contact.Start, contact.End);
            return new Contact(contact.Kind, contact.Value, field, start, end);
        })];
    }

    private static void AddLinks(NormalizedText text, List<(string Kind, string Value, int Start, int End)> found)
    {
        foreach (var (start, end) in LinkFinder.Find(text.Text))
        {
            // Paths tell small from capital letters: as written, unless the address was disguised.
            var (from, to) = text.ToOriginal(start, end);
            var (written, read) = (text.Original[from..to], text.Text[start..end].Replace('。', '.').Replace('点', '.').Replace('·', '.'));
            found.Add(("link", string.Equals(written, read, StringComparison.OrdinalIgnoreCase) ? written : read, start, end));
        }
    }

    private static void AddNumbers(string text, List<(string Kind, string Value, int Start, int End)> found)
    {
        var runs = DigitRun.All(text);
        var markers = ContactMarkers.Find(text);
        if (runs.Count == 0 && markers.Count == 0)
        {
            return;
        }

        var taken = new HashSet<int>();
        (int Start, AccountName Name)? behind = null;
        for (var at = markers.Count - 1; at >= 0; at--)
        {
            var marker = markers[at];
            var name = AccountName.Read(text, marker, runs);

            // 微信/qq: one number behind two markers belongs to both.
            name ??= behind is { } next && next.Start - marker.End <= 1 && next.Start >= marker.End - 1 && next.Name.Fits(marker.Kind) ? next.Name : null;
            behind = name is null ? null : (marker.Start, name);
            if (name is not null && (marker.Kind != "phone" || taken.Contains(name.Start)))
            {
                found.Add((marker.Kind, name.Value, name.Start, name.End));
                taken.Add(name.Start);
            }
        }

        foreach (var run in runs)
        {
            AddPhones(text, run, markers, taken, found);
        }
    }

    private static void AddPhones(string text, DigitRun run, List<ContactMarker> markers, HashSet<int> taken, List<(string Kind, string Value, int Start, int End)> found)
    {
        for (DigitRun? rest = run; rest is not null && PhoneNumber.Read(text, rest, markers) is { } phone;)
        {
            if (!taken.Contains(phone.Start))
            {
                found.Add(("phone", phone.Value, phone.Start, phone.End));
                if (PhoneNumber.IsWechatToo(text, phone.End))
                {
                    found.Add(("wechat", phone.Value, phone.Start, phone.End));
                }
            }

            var next = Array.FindIndex(rest.Places, place => place >= phone.End);
            rest = next < 0 ? null : rest.From(next);
        }
    }

    private static void AddQrHints(string text, List<(string Kind, string Value, int Start, int End)> found)
    {
        var matches = new List<TermMatch>();
        QrMatcher.Find(text, matches);
        foreach (var match in matches)
        {
            found.Add(("qr", QrWords[match.Term], match.Start, match.End));
        }
    }
}
