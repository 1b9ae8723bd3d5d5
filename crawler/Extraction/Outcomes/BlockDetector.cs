using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Recognises pages that stand in the way of what was asked for.</summary>
/// <remarks>Only a page that says little else can be one: articles about captchas, log-in links and look-up forms with a code to type are not.</remarks>
internal static class BlockDetector
{
    private const int LittleText = 1_500;
    private const int VeryLittleText = 400;
    private const int HardlyText = 60;
    private const int NoText = 12;
    private const int LongProse = 80;

    /// <returns>Null where the page is what it seems to be.</returns>
    public static BlockKind? Of(DecodedPage page, PageVoice voice, bool hasListings)
    {
        var markers = Markers.Default;
        if (hasListings || voice.MainChars > LittleText || OwnMatter.Has(page, voice))
        {
            return null;
        }

        if (voice.Asks && Refuses(voice, markers))
        {
            return BlockKind.Login;
        }

        if (voice.Lists)
        {
            return null;
        }

        return IsCode(voice) || (Says(markers.Captcha, page, voice) && (voice.Asks || markers.Captcha.InSource(page.Text) || voice.Mentions(markers.Captcha))) ? BlockKind.Captcha
            : IsLogin(page, voice, markers) ? BlockKind.Login
            : (voice.MainChars < VeryLittleText && Says(markers.Denied, page, voice)) || IsHeading(page, markers) ? BlockKind.Denied
            : IsInterstitial(page, voice, markers) ? BlockKind.Interstitial
            : voice.IsBrief && !voice.Says(markers.Gone) && !voice.Says(markers.Empty) ? OfWords(page, voice, markers)
            : null;
    }

    /// <summary>A page of a few lines whose phrases are unknown: its words tell. A page that names a way to reach somebody is its own matter.</summary>
    private static BlockKind? OfWords(DecodedPage page, PageVoice voice, Markers markers)
    {
        if ((page.Subject.Headline is { IsConfirmed: true } headline && !IsMessage(headline.Text, markers)) || page.Subject.Prose.Length >= LongProse || voice.Mentions(markers.Gone) || PageContacts.Of(page).Count > 0 || UrlKind.IsDetail(page.Url))
        {
            return null;
        }

        // Three fields are a form that is to be filled in, such as a look-up's.
        return voice.TextFields > 2 ? null
            : voice.Mentions(markers.Captcha) ? BlockKind.Captcha
            : voice.Mentions(markers.Login) && (voice.Asks || voice.MentionsOften(markers.Login)) ? BlockKind.Login
            : voice.Mentions(markers.Denied) ? BlockKind.Denied
            : voice.Mentions(markers.Interstitial) ? BlockKind.Interstitial
            : null;
    }

    /// <summary>The page says to its reader in so many words that he is kept out.</summary>
    public static bool IsSaid(BlockKind? block, DecodedPage page, PageVoice voice) => block switch
    {
        BlockKind.Login => voice.Asks && Refuses(voice, Markers.Default),
        BlockKind.Denied => IsHeading(page, Markers.Default),
        _ => false,
    };

    /// <summary>A denial in a site's own frame: the page's heading says it to the reader, whatever else the frame holds.</summary>
    private static bool IsHeading(DecodedPage page, Markers markers) =>
        page.Subject.Headline is { Element: not null } headline && IsMessage(headline.Text, markers) && markers.Denied.InNotice(string.Concat(headline.Text.Where(c => !char.IsWhiteSpace(c))));

    /// <summary>A short headline that addresses the reader in the words of walls is no name of a matter.</summary>
    private static bool IsMessage(string headline, Markers markers)
    {
        const int Longest = 20;
        return headline.Length <= Longest && headline.AsSpan().IndexOfAny('您', '你', '请') >= 0 && !markers.SpeaksAbout(headline)
            && (markers.Captcha.InWords(headline) || markers.Login.InWords(headline) || markers.Denied.InWords(headline) || markers.Interstitial.InWords(headline));
    }

    /// <summary>What the JSON answer says in place of data; null where it has data, or says nothing of the kind.</summary>
    public static BlockKind? OfJson(JsonVoice voice, bool hasListings)
    {
        var markers = Markers.Default;
        return hasListings ? null
            : voice.Says(markers.Captcha) && voice.Mentions(markers.Captcha) ? BlockKind.Captcha
            : voice.Says(markers.Login) || voice.Code is "401" ? BlockKind.Login
            : voice.Says(markers.Denied) || voice.Code is "403" ? BlockKind.Denied
            : voice.Mentions(markers.Captcha) && voice.Code is not ("0" or "200" or null) ? BlockKind.Captcha
            : voice.Code is "429" || (voice.Says(markers.Interstitial) && voice.Code is not ("0" or "200")) ? BlockKind.Interstitial
            : null;
    }

    /// <summary>What a status alone says; null for those of ordinary answers.</summary>
    public static BlockKind? OfStatus(int status) => status switch
    {
        401 or 407 => BlockKind.Login,
        404 or 410 => null,
        >= 400 and < 500 => BlockKind.Denied,
        >= 500 => BlockKind.Interstitial,
        _ => null,
    };

    /// <summary>What the answer's headers say of themselves; null where they name no challenge.</summary>
    public static BlockKind? OfHeaders(string? headers) =>
        headers is null ? null
        : Markers.Default.Captcha.InHeaders(headers) ? BlockKind.Captcha
        : Markers.Default.Interstitial.InHeaders(headers) ? BlockKind.Interstitial
        : null;

    /// <summary>Nothing but one field and the picture of what to type there.</summary>
    private static bool IsCode(PageVoice voice) => voice is { ShowsCode: true, TextFields: 1 or 2, PasswordBlock: null, MainChars: < HardlyText };

    private static bool IsLogin(DecodedPage page, PageVoice voice, Markers markers)
    {
        if (markers.Login.BeginsTitle(page.Head.Title) && (voice.Asks || voice.MainChars < VeryLittleText))
        {
            return true;
        }

        if (voice.PasswordBlock is { } block && !voice.Says(markers.Empty))
        {
            // A log-in box in a page's head is no wall; a page that holds little besides the box is.
            const int Beside = 120;
            var outside = voice.MainChars - (block.TextLength - block.LinkChars);
            return UrlKind.IsLogin(page.Url) || outside < Beside || (voice.MainChars < VeryLittleText && Says(markers.Login, page, voice));
        }

        return (UrlKind.IsLogin(page.Url) && voice.Asks) || (voice.MainChars < VeryLittleText && Says(markers.Login, page, voice) && !voice.Says(markers.Empty))
            || (voice.PlainChars < HardlyText && PageRedirect.Of(page) is { } target && UrlKind.IsLogin(target));
    }

    /// <summary>One line says to the reader that he is not logged in, and that he may not see what he asked for until he is.</summary>
    private static bool Refuses(PageVoice voice, Markers markers) =>
        voice.Notices.Exists(notice => !notice.IsBeside && markers.Login.InNotice(notice.Text) && notice.Text.AsSpan().ContainsAny('您', '你') && (markers.Denied.InNotice(notice.Text) || notice.Text.Contains("后才能", StringComparison.Ordinal)));

    private static bool IsInterstitial(DecodedPage page, PageVoice voice, Markers markers)
    {
        if (voice.MainChars >= VeryLittleText / 2 || voice.Says(markers.Gone) || voice.Says(markers.Empty))
        {
            return false;
        }

        // A page that shows nothing until its scripts have run says nothing to us, which is not the same as having nothing.
        var shell = voice.PlainChars < NoText && page.Tree.Root.TextLength < NoText && !voice.HasPictures && (page.Text.Contains("<script", StringComparison.OrdinalIgnoreCase) || page.Text.Contains(".submit()", StringComparison.OrdinalIgnoreCase));
        return shell || Says(markers.Interstitial, page, voice) || (voice.PlainChars < HardlyText && (PageRedirect.Reloads(page) || (PageRedirect.Of(page) is { } target && target != page.Url)));
    }

    private static bool Says(MarkerSet markers, DecodedPage page, PageVoice voice) =>
        markers.BeginsTitle(page.Head.Title) || voice.Says(markers) || markers.InSource(page.Text);
}
