using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>Recognises paid placements by the label that the law demands of them.</summary>
internal static class AdMark
{
    /// <summary>True where an element of the block says 广告, 推广 or the like and nothing else.</summary>
    public static bool IsOn(PageElement block)
    {
        var text = block.TextSpan;
        if (text.IndexOf("广告", StringComparison.Ordinal) < 0 && text.IndexOf("推广", StringComparison.Ordinal) < 0 && text.IndexOf("赞助", StringComparison.Ordinal) < 0)
        {
            return ByClass(block);
        }

        foreach (var element in block.SelfAndDescendants)
        {
            if (IsLabel(element))
            {
                return true;
            }
        }

        // Also a text of its own between elements: "…5小时前 广告".
        foreach (var line in text.EnumerateLines())
        {
            if (line.Trim() is "广告" or "推广" || line.TrimEnd().EndsWith(" 广告", StringComparison.Ordinal) || line.TrimStart().StartsWith("广告 ", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return ByClass(block);
    }

    /// <summary>True where the element says that it marks an ad, and nothing else.</summary>
    public static bool IsLabel(PageElement element) =>
        element.TextLength is >= 2 and <= 12 && element.TextSpan is "广告" or "推广" or "赞助" or "商业推广" or "[广告]" or "【广告】" or "广告×" or "推广链接" or "广告 ×";

    /// <summary>A title without the ad label or badge that stands in an element of its own at its beginning or end.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> title, PageElement element)
    {
        foreach (var inner in element.SelfAndDescendants.Skip(1).Where(inner => IsLabel(inner) || IsBadge(inner)))
        {
            if (title.EndsWith(inner.TextSpan, StringComparison.Ordinal))
            {
                title = title[..^inner.TextSpan.Length].TrimEnd();
            }
            else if (title.StartsWith(inner.TextSpan, StringComparison.Ordinal))
            {
                title = title[inner.TextSpan.Length..].TrimStart();
            }
        }

        return title;
    }

    private static bool IsBadge(PageElement element) => element.FirstChild is null && element.TextLength is >= 1 and <= 4 && ClassWords.IsBadge(element);

    private static bool ByClass(PageElement block) => ClassWords.IsAd(block);
}
