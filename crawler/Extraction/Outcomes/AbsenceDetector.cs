using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Recognises removed items and searches without hits, whatever the status says.</summary>
internal static partial class AbsenceDetector
{
    private const int LittleText = 600;
    private const int Article = 300;
    private const int LongestNotice = 80;
    private const int FewNotices = 8;
    private const int FewestHits = 3;
    private const int LongestMessage = 30;

    /// <summary>A message about the item on its own page is short; longer ones are part of what the seller says.</summary>
    private const int LongestLabel = 24;

    /// <param name="found">How many listings there are.</param>
    /// <param name="isItem">One thing was read with its price and number.</param>
    public static bool IsGone(DecodedPage page, PageVoice voice, int found, bool isItem)
    {
        var markers = Markers.Default.Gone;
        var matter = isItem || OwnMatter.Has(page, voice);
        if ((matter && page.Subject.Prose.Length >= Article) || (voice.Lists && found > 1 && UrlKind.IsSearch(page.Url)))
        {
            return false;
        }

        var little = voice.MainChars < LittleText && !matter;
        return (markers.BeginsTitle(page.Head.Title) && little)
            || (voice.IsBrief && !matter && page.Subject.Headline is not { IsConfirmed: true } && voice.Mentions(markers) && UrlKind.IsDetail(page.Url))
            || voice.Notices.Exists(notice => !notice.IsBeside && notice.Text.Length <= (matter ? LongestLabel : LongestNotice) && markers.InNotice(Unquoted(notice.Text))
                && !(page.Subject.Headline is { Element: not null } headline && matter && Same(headline.Text, notice.Text))
                && (little ? !markers.IsWeak(notice.Text) || IsAll(voice) : (!markers.IsWeak(notice.Text) && page.Subject.Prose.Length < Article)));
    }

    /// <summary>What a line only quotes (扫码提示“链接已过期”怎么办) the page does not say itself.</summary>
    private static string Unquoted(string notice)
    {
        const int Telling = 6;
        var own = Quoted().Replace(notice, "");
        return own.Length >= Telling ? own : notice;
    }

    /// <summary>A page of a few notices says nothing else.</summary>
    private static bool IsAll(PageVoice voice) => voice.Notices.Count <= FewNotices;

    public static bool IsGone(JsonVoice voice, bool hasListings) =>
        !hasListings && (voice.Says(Markers.Default.Gone) || voice.Code is "410" || (voice.Code is { Length: <= 6 } code && code.StartsWith("404", StringComparison.Ordinal)));

    /// <param name="found">How many listings there are; those offered instead of hits do not count.</param>
    public static bool IsEmptySearch(DecodedPage page, PageVoice voice, int found)
    {
        var markers = Markers.Default.Empty;
        var at = voice.Notices.FindIndex(notice => markers.InNotice(notice.Text) && !IsRelaxed(notice.Text) && !(notice.IsBeside && found > 0) && !(found >= FewestHits && IsOfHit(page, notice)));
        if (at < 0)
        {
            return found == 0 && voice.MainChars < LittleText && page.JsonDocuments.Any(document => HasEmptyList(document, 0, counted: true));
        }

        // What was found stands below the notice only where it stands in for hits.
        var below = page.Subject.Cards.Count == 0 || page.Subject.Cards[0].Block.Index > voice.Notices[at].At;
        var instead = below && voice.Notices.Skip(at).Any(notice => notice.Text.Length < 30 && Markers.Default.Instead.Exists(heading => notice.Text.Contains(heading, StringComparison.Ordinal)));
        if (OwnMatter.Has(page, voice) && !UrlKind.IsSearch(page.Url))
        {
            return false;
        }

        return instead || found == 0 || (!voice.Lists && FoundBefore(page, voice, at));
    }

    public static bool IsEmptySearch(DecodedPage page, JsonVoice voice, bool hasListings) =>
        !hasListings && (page.JsonDocuments.Any(document => HasEmptyList(document, 0, counted: false)) || voice.Says(Markers.Default.Empty));

    /// <summary>Whether nothing that could be a hit stands above the notice; "no more" below a short list says nothing.</summary>
    private static bool FoundBefore(DecodedPage page, PageVoice voice, int at) =>
        page.Subject.Cards.Count == 0 || voice.Notices.Take(at).All(notice => notice.Text.Length < LongestLabel) || UrlKind.IsSearch(page.Url);

    private static bool Same(string headline, string notice) =>
        string.Concat(headline.Where(c => !char.IsWhiteSpace(c))) is var plain && (plain.Contains(notice, StringComparison.Ordinal) || notice.Contains(plain, StringComparison.Ordinal));

    /// <param name="counted">True where only a list beside a total of nought counts: pages carry many lists that happen to be empty.</param>
    private static bool HasEmptyList(LooseValue value, int depth, bool counted)
    {
        var empty = value.Members.Any(member => member.Value.Kind == LooseKind.List && member.Value.Items.Count == 0 && IsResultName(FieldNames.Normalized(member.Key)));
        if (empty && (!counted || value.Members.Any(member => member.Value is { Kind: LooseKind.Number, Scalar: "0" } && member.Key.Contains("total", StringComparison.OrdinalIgnoreCase))))
        {
            return true;
        }

        return depth < 6 && value.Members.Any(member => member.Value.Kind == LooseKind.Record && HasEmptyList(member.Value, depth + 1, counted));
    }

    private static bool IsResultName(string name) =>
        name is "data" or "goods" or "docs" or "auctions" or "itemsarray" or "hits" or "content" or "feeds" or "notes" or "edges" or "nodes" or "elements" or "entries" or "listings" or "infos" or "products"
        || name.EndsWith("list", StringComparison.Ordinal) || name.EndsWith("items", StringComparison.Ordinal) || name.EndsWith("result", StringComparison.Ordinal)
        || name.EndsWith("results", StringComparison.Ordinal) || name.EndsWith("records", StringComparison.Ordinal) || name.EndsWith("rows", StringComparison.Ordinal);

    /// <summary>What one of several hits says, not the page: a post that tells of a certificate that nobody finds.</summary>
    private static bool IsOfHit(DecodedPage page, Notice notice)
    {
        var at = page.Subject.Cards.ToList().FindIndex(card => notice.At >= card.Block.Index && notice.At < card.Block.End);
        return at > 0 || (at == 0 && notice.Text.Length > LongestMessage);
    }

    /// <summary>What was found for fewer words follows.</summary>
    private static bool IsRelaxed(string notice) => notice.IndexOf("以下", StringComparison.Ordinal) is >= 0 and var at && notice.AsSpan(at).Contains("结果", StringComparison.Ordinal);

    [GeneratedRegex("[“\"「『][^“”\"「」『』]{2,40}[”\"」』]", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
