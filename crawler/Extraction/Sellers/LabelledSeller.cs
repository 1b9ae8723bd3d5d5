using System.Buffers;
using System.Globalization;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>A name that a label in running text announces: 联系人：王先生.</summary>
internal static class LabelledSeller
{
    private const int LongestLabel = 6;
    private const int LongestName = 40;

    private static readonly SearchValues<char> Colons = SearchValues.Create("：:");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \n|，；\u3000");

    /// <summary>With whom to deal.</summary>
    /// <returns>Null where no label speaks of a seller, or only places and times follow.</returns>
    public static string? Contact(ReadOnlySpan<char> text) => First(text, SellerLabels.Names);

    /// <summary>Who published a text first, as it says itself.</summary>
    public static string? Source(ReadOnlySpan<char> text) => First(text, label => label is "来源");

    /// <summary>Who wrote a text.</summary>
    public static string? Author(ReadOnlySpan<char> text) => First(text, label => SellerLabels.NamesAuthor(label) || SellerLabels.NamesAccount(label));

    private delegate bool Speaks(ReadOnlySpan<char> label);

    private static string? First(ReadOnlySpan<char> text, Speaks speaks)
    {
        for (var at = 0; text[at..].IndexOfAny(Colons) is >= 0 and var next; at += next + 1)
        {
            var colon = at + next;
            if (speaks(LabelBefore(text, colon)) && NameAfter(text[(colon + 1)..]) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The label that a colon ends. Space may part its characters (联 系 人) or it from what stands before.</summary>
    public static ReadOnlySpan<char> LabelBefore(ReadOnlySpan<char> text, int colon)
    {
        var (start, letters) = (colon, 0);
        while (start > 0 && letters < LongestLabel && (text[start - 1] is '\u3000' or ' ' || char.GetUnicodeCategory(text[start - 1]) == UnicodeCategory.OtherLetter))
        {
            start--;
            letters += text[start] is '\u3000' or ' ' ? 0 : 1;
        }

        var label = text[start..colon].Trim();
        var gap = label.LastIndexOfAny(' ', '\u3000');
        return gap < 0 || label.Length - gap <= 2 ? label : label[(gap + 1)..];
    }

    private static string? NameAfter(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny(NameEnds);
        return PlainText.Line(end < 0 ? text[..Math.Min(text.Length, 2 * LongestName)] : text[..Math.Min(end, 2 * LongestName)], 60) is { Length: <= LongestName } name && !Place.IsOne(name) && !Moment.IsOne(name) ? name : null;
    }
}
