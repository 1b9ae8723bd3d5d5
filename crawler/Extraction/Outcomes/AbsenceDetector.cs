using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Recognises removed items and searches without hits, whatever the status says.</summary>
internal static class AbsenceDetector
{
    private const int LittleText = 600;
    private const int Article = 300;
    private const int SmallBody = 4_000;

    /// <summary>Words that also stand in comments and logs of pages that are there; they count only on a page that says little else.</summary>
    private static readonly string[] Weak = ["已被删除", "已删除", "已经删除", "活动已结束"];

    public static bool IsGone(DecodedPage page, PageVoice voice, bool hasListings)
    {
        var markers = Markers.Default.Gone;
        if (page.IsBareJson)
        {
            return !hasListings && page.Text.Length < SmallBody && markers.InNotice(page.Text);
        }

        if (page.Subject.Prose.Length >= Article && page.Subject.Headline is { IsConfirmed: true } && !page.Subject.Cards.Any())
        {
            return false;
        }

        var little = voice.PlainChars < LittleText;
        return (markers.BeginsTitle(page.Head.Title) && little)
            || voice.Notices.Exists(notice => notice.Length <= 80 && markers.InNotice(notice) && (little || (!Weak.Any(weak => notice.Contains(weak, StringComparison.Ordinal)) && page.Subject.Prose.Length < Article)));
    }

    /// <param name="found">How many listings there are; those offered instead of hits do not count.</param>
    public static bool IsEmptySearch(DecodedPage page, PageVoice voice, int found)
    {
        if (page.IsBareJson)
        {
            return found == 0 && page.JsonDocuments.Any(document => HasEmptyList(document, 0));
        }

        var markers = Markers.Default.Empty;
        var at = voice.Notices.FindIndex(notice => markers.InNotice(notice));
        if (at < 0)
        {
            return false;
        }

        return found == 0 || !voice.Lists || voice.Notices.Skip(at).Any(notice => notice.Length < 30 && Markers.Default.Instead.Exists(heading => notice.Contains(heading, StringComparison.Ordinal)));
    }

    private static bool HasEmptyList(LooseValue value, int depth)
    {
        foreach (var (name, member) in value.Members)
        {
            if (member.Kind == LooseKind.List && member.Items.Count == 0 && IsResultName(FieldNames.Normalized(name)))
            {
                return true;
            }

            if (depth < 4 && member.Kind == LooseKind.Record && HasEmptyList(member, depth + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsResultName(string name) =>
        name is "items" or "list" or "data" or "results" or "result" or "resultlist" or "itemlist" or "goods" or "goodslist" or "records" or "rows" or "docs" or "auctions" or "itemsarray" or "productlist" or "hits" or "content" or "feeds" or "notes";
}
