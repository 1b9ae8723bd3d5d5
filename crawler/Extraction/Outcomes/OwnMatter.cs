using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Tells pages with a matter of their own from messages: an offer, an article, a question may use every word that a wall uses.</summary>
internal static partial class OwnMatter
{
    private const int Article = 80;
    private const int LongArticle = 200;
    private const int Answer = 40;
    private const int Explanation = 60;
    private const int FewPrices = 2;
    private const int FewRows = 3;
    private const int ShortestRow = 8;
    private const int LongestLine = 120;

    public static bool Has(DecodedPage page, PageVoice voice)
    {
        // A manual, a glossary, a help desk: whatever is said there is said about something.
        if (page.Subject.Prose.Length >= Explanation && voice.TextFields == 0 && Markers.Default.IsReference(page.Head.Title))
        {
            return true;
        }

        if (page.Subject.Headline is not { IsConfirmed: true } headline)
        {
            return false;
        }

        var about = Markers.Default.SpeaksAbout(headline.Text) && !AsksReader(headline.Text);
        if (!about && (IsMessage(page.Head.Title) || (!page.Subject.OffersItself && page.Subject.Prose.Length < LongArticle && IsWall(page.Head.Title))))
        {
            return false;
        }

        var prose = page.Subject.Prose.Length;
        return page.Subject.OffersItself
            || prose >= (voice.AsksPassword ? LongArticle : Article)
            || (voice.MainChars - headline.Text.Length >= Answer && (about || (UrlKind.IsDetail(page.Url) && !IsNotice(headline.Text))));
    }

    /// <summary>Two lines or more name a price, or three items of lists a figure: whatever else the page says, it lets its reader see offers.</summary>
    public static bool NamesOffers(DecodedPage page)
    {
        var (prices, rows) = (0, 0);
        foreach (var element in page.Tree.Elements)
        {
            if (!element.Hidden && element.TextLength is > 1 and <= LongestLine && PageVoice.IsLine(element))
            {
                foreach (var line in element.TextSpan.EnumerateLines())
                {
                    prices += Price().IsMatch(line) && !Gift().IsMatch(line) ? 1 : 0;
                }

                rows += element is { Tag: "li", LinkChars: 0, TextLength: >= ShortestRow } && IsRow(element.TextSpan) ? 1 : 0;
            }
        }

        return prices >= FewPrices || rows >= FewRows;
    }

    /// <summary>It names a figure besides its own number, and is no sentence.</summary>
    private static bool IsRow(ReadOnlySpan<char> item)
    {
        const int Numbering = 3;
        return item.Length > Numbering && item[Numbering..].ContainsAnyInRange('0', '9') && item.IndexOfAny("。；！？") < 0;
    }

    /// <summary>How many rows hold a name and what it is.</summary>
    public static int RowsOfRecord(DecodedPage page) =>
        page.Tree.Elements.Count(element => !element.Hidden && element.LinkChars == 0 && element.TextLength <= LongestLine
            && (element.Tag == "tr" ? element.Children.Count(cell => cell.TextLength > 0) == 2 : element.Tag == "dt" && element.NextSibling is { Tag: "dd", TextLength: > 0 }));

    /// <summary>A question whether the reader is human is the wall, not a question about it.</summary>
    private static bool AsksReader(string headline) => headline.AsSpan().IndexOfAny('你', '您') >= 0 && Markers.Default.Captcha.InNotice(headline);

    private static bool IsMessage(string title)
    {
        var markers = Markers.Default;
        return markers.Captcha.BeginsTitle(title) || markers.Login.BeginsTitle(title) || markers.Denied.BeginsTitle(title)
            || markers.Interstitial.BeginsTitle(title) || markers.Gone.BeginsTitle(title);
    }

    /// <summary>A title that is itself what a wall says.</summary>
    private static bool IsWall(string title)
    {
        const int Longest = 40;
        var markers = Markers.Default;
        var plain = string.Concat(title.Where(c => !char.IsWhiteSpace(c)));
        return plain.Length <= Longest && (markers.Captcha.InNotice(plain) || markers.Denied.InNotice(plain) || markers.Interstitial.InNotice(plain));
    }

    private static bool IsNotice(string headline)
    {
        var markers = Markers.Default;
        return markers.Captcha.InNotice(headline) || markers.Denied.InNotice(headline) || markers.Interstitial.InNotice(headline) || markers.Gone.InNotice(headline);
    }

    /// <summary>What a site gives its members is no offer.</summary>
    [GeneratedRegex("红包|立减|优惠券|补贴|新人", RegexOptions.NonBacktracking)]
    private static partial Regex Gift();

    [GeneratedRegex(@"[¥￥$€£]\s?\d|\d\s?(元|万|块)|\d/(月|天|年|次|人|件|斤)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Price();
}
