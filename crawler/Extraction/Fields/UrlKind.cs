using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>What an address alone says of its page.</summary>
internal static partial class UrlKind
{
    private const int ShortestKey = 8;

    public static bool IsDetail(Uri url) => IsDetail(url.AbsoluteUri);

    public static bool IsDetail(string? url) => url is not null && !IsSearch(url) && Detail().IsMatch(url);

    public static bool IsSearch(Uri url) => IsSearch(url.AbsoluteUri);

    /// <summary>Below <c>/s/</c> some sites keep their searches and others single articles, each under a key drawn by lot.</summary>
    private static bool IsSearch(string url) => Search().IsMatch(url) && !(Key().Match(url) is { Success: true } match && match.Groups["key"].Length >= ShortestKey);

    /// <summary>A forum's topic, whose posts are its text.</summary>
    public static bool IsThread(Uri url) => Thread().IsMatch(url.AbsoluteUri);

    public static bool IsLogin(Uri url) => Login().IsMatch(url.AbsoluteUri);

    [GeneratedRegex(@"^https?://(item|detail|goods|mp)\.|/(item|detail|goods|product|offer|question|article|art|news|note|explore|video|a)/?[\w/-]*\d|item\.htm\?|[?&](goods_?id|item_?id|info_?id|product_?id|offer_?id|sku_?id|note_?id|id)=[a-z]?\d{6,}|/[a-z]?\d{8,}x?\.s?html?($|\?)|/t\d{8}_\d+\.s?html?|/thread-\d+|viewthread|[?&]tid=\d+|/(t|topic|post|posts|course|courses|job|jobs|p)/\d+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Detail();

    [GeneratedRegex(@"/thread-\d+|viewthread|[?&]tid=\d+|tieba\.[^/]+/p/\d+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Thread();

    [GeneratedRegex(@"[?&](q|wd|word|kw|keyword|keywords|query|search_?key|key|searchword)=|/(search|s|sou|so|list|category|cate)([/?._-]|$)|^https?://(s|search|list|so)\.", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Search();

    [GeneratedRegex(@"^https?://[^/?#]+/s/(?<key>[A-Za-z0-9_-]*[A-Z][A-Za-z0-9_-]*)([?#][^=]*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();

    [GeneratedRegex(@"^https?://(passport|login|sso|account|accounts|cas|auth)\.|/(login|signin|passport|sso)([/?._-]|$)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Login();
}
