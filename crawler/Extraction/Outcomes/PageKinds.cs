using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>What kind of page was read.</summary>
internal static class PageKinds
{
    private static readonly string[] LookupWords = ["证书查询", "证件查询", "成绩查询", "真伪查询", "信息查询", "证书验证", "证书核验", "查询系统", "查询平台", "操作证查询", "资格查询"];

    public static PageKind Of(DecodedPage page, IReadOnlyList<Listing> listings, PageVoice voice)
    {
        if (listings.Count > 1)
        {
            return listings.Count(listing => listing.Kind == ListingKind.Ad) * 2 > listings.Count ? PageKind.Ad : PageKind.Search;
        }

        if (IsLookup(page, voice))
        {
            return PageKind.Lookup;
        }

        return listings switch
        {
            [] => PageKind.Other,
            [{ Kind: ListingKind.Ad }] => PageKind.Ad,
            [{ Kind: ListingKind.Listing }] => !page.Subject.IsOneThing && UrlKind.IsSearch(page.Url) ? PageKind.Search : PageKind.Detail,
            _ => page.Subject.IsOneThing || page.Subject.Prose.Length >= 200 ? PageKind.Article : PageKind.Other,
        };
    }

    public static bool IsLookup(DecodedPage page, PageVoice voice)
    {
        var named = page.Head.Title + "\n" + page.Subject.Headline?.Text;
        return voice.PlainChars < 1_500 && LookupWords.Any(word => named.Contains(word, StringComparison.Ordinal));
    }
}
