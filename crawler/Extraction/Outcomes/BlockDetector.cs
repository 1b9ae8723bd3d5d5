using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Recognises pages that stand in the way of what was asked for.</summary>
/// <remarks>Only a page that says little else can be one: articles about captchas, log-in links and look-up forms with a code to type are not.</remarks>
internal static class BlockDetector
{
    private const int LittleText = 1_500;
    private const int VeryLittleText = 400;
    private const int NoText = 12;
    private const int SmallBody = 8_000;

    /// <returns>Null where the page is what it seems to be.</returns>
    public static BlockKind? Of(DecodedPage page, PageVoice voice, bool hasListings)
    {
        var markers = Markers.Default;
        if (page.IsBareJson)
        {
            return hasListings && page.Text.Length > SmallBody ? null : OfJson(page.Text.Length > SmallBody ? page.Text[..SmallBody] : page.Text, markers);
        }

        if (hasListings || voice.PlainChars > LittleText || voice.Lists || IsArticle(page, voice))
        {
            return null;
        }

        return Says(markers.Captcha, page, voice, page.Text) && (voice.Asks || voice.PlainChars < VeryLittleText) ? BlockKind.Captcha
            : IsLogin(page, voice, markers) ? BlockKind.Login
            : voice.PlainChars < VeryLittleText && Says(markers.Denied, page, voice, page.Text) ? BlockKind.Denied
            : IsInterstitial(page, voice, markers) ? BlockKind.Interstitial
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

    private static BlockKind? OfJson(string text, Markers markers)
    {
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var answersNothing = compact.Length < 2_000;
        return markers.Captcha.InSource(compact) || (answersNothing && markers.Captcha.InNotice(compact)) ? BlockKind.Captcha
            : markers.Login.InSource(compact) || (answersNothing && markers.Login.InNotice(compact)) ? BlockKind.Login
            : answersNothing && markers.Denied.InNotice(compact) ? BlockKind.Denied
            : null;
    }

    private static bool IsLogin(DecodedPage page, PageVoice voice, Markers markers)
    {
        if (voice.AsksPassword)
        {
            return markers.Login.BeginsTitle(page.Head.Title) || UrlKind.IsLogin(page.Url) || voice.PlainChars < VeryLittleText;
        }

        return (UrlKind.IsLogin(page.Url) && voice.Asks) || (voice.PlainChars < VeryLittleText && Says(markers.Login, page, voice, page.Text));
    }

    private static bool IsInterstitial(DecodedPage page, PageVoice voice, Markers markers)
    {
        if (voice.PlainChars >= VeryLittleText / 2)
        {
            return false;
        }

        // A page that shows nothing until its scripts have run says nothing to us, which is not the same as having nothing.
        var shell = voice.PlainChars < NoText && page.Tree.Root.TextLength < NoText && !voice.HasPictures && page.Text.Contains("<script", StringComparison.OrdinalIgnoreCase);
        return shell || Says(markers.Interstitial, page, voice, page.Text);
    }

    private static bool Says(MarkerSet markers, DecodedPage page, PageVoice voice, string source) =>
        markers.BeginsTitle(page.Head.Title) || voice.Notices.Exists(notice => markers.InNotice(notice)) || markers.InSource(source);

    /// <summary>A confirmed headline over running text.</summary>
    private static bool IsArticle(DecodedPage page, PageVoice voice) =>
        !voice.AsksPassword && page.Subject.Headline is { IsConfirmed: true } && page.Subject.Prose.Length >= 80 && !Markers.Default.Captcha.BeginsTitle(page.Head.Title);
}
