using System.Text;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The text of a page's own matter, without what stands beside it and what the site prints on every page.</summary>
internal static class OwnText
{
    /// <summary>Buttons and turns of a page, as short lines; longer ones may be the author's.</summary>
    private const int LongestButton = 24;

    private static readonly string[] Buttons = ["分享到", "打印本页", "打印此页", "【打印", "[打印", "关闭窗口", "【关闭", "[关闭", "上一篇", "下一篇", "阅读原文", "返回顶部", "返回列表", "我要举报", "加入收藏", "收藏本页", "责任编辑", "字号：", "扫一扫在手机", "立即购买", "加入购物车"];

    /// <summary>How blocks begin in which others speak, or that lead elsewhere.</summary>
    private static readonly string[] Others = ["全部留言", "全部评论", "用户评价", "商品评价", "累计评价", "宝贝评价", "网友评论", "精彩评论", "最新评论", "评论区", "看了又看", "猜你喜欢", "猜您喜欢", "相关推荐", "为你推荐", "为您推荐", "推荐阅读", "相关阅读", "相关文章", "延伸阅读"];

    /// <param name="block">The block to read; null for the whole page from its headline on.</param>
    public static string? Of(DecodedPage page, PageElement? block)
    {
        var headline = page.Subject.Headline?.Element;
        var start = block is null ? headline?.TextStart ?? 0 : block.TextStart;
        var text = new StringBuilder();
        var (index, end) = block is null ? (0, page.Tree.Elements.Count) : (block.Index, block.End);
        var from = start;
        for (var i = index; i < end; i++)
        {
            var element = page.Tree.Elements[i];
            if (element == block || !IsLeftOut(element, page))
            {
                continue;
            }

            Append(page.Tree.Text, from, Math.Max(from, element.TextStart), text);
            from = Math.Max(from, element.TextEnd);
            i = element.End - 1;
        }

        Append(page.Tree.Text, from, block?.TextEnd ?? page.Tree.Text.Length, text);
        return PlainText.Lines(string.Join('\n', text.ToString().Split('\n').Where(line => !IsButton(line.AsSpan().Trim()))));
    }

    private static bool IsLeftOut(PageElement element, DecodedPage page) =>
        OwnFields.IsNotOwn(element, page)
        || ((element.Hidden || ClassWords.IsBoilerplate(element) || IsOthers(element)) && (page.Subject.Headline?.Element is not { } headline || !element.Contains(headline)) && element.Tag is not ("body" or "html"));

    private static bool IsOthers(PageElement element) => element.FirstChild is not null && Array.Exists(Others, heading => element.TextSpan.StartsWith(heading, StringComparison.Ordinal));

    private static void Append(string text, int from, int to, StringBuilder builder) => builder.Append(text, from, Math.Max(0, to - from)).Append('\n');

    private static bool IsButton(ReadOnlySpan<char> line)
    {
        if (line.Length > LongestButton)
        {
            return false;
        }

        foreach (var button in Buttons)
        {
            if (line.StartsWith(button, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
