using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The block of a page that names a contact person, and the company in it that he or she speaks for.</summary>
internal static class ContactBlock
{
    private const string Label = "联系人";
    private const int LargestBlock = 240;
    private const int LongestName = 40;

    private static readonly string[] Endings = ["公司", "学校", "培训中心", "学院", "工厂", "商行", "经营部", "工作室", "合作社", "服务部"];

    /// <returns>Null where no contact person is named, or no company beside.</returns>
    public static string? Company(PageTree tree)
    {
        var at = tree.Text.IndexOf(Label, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var block = tree.Elements.LastOrDefault(element => element.TextStart <= at && at < element.TextEnd);
        while (block?.Parent is { TextLength: <= LargestBlock } parent)
        {
            block = parent;
        }

        foreach (var line in block is { TextLength: <= LargestBlock } ? block.TextSpan.EnumerateLines() : default)
        {
            var name = line[(line.LastIndexOfAny('：', ':') + 1)..].Trim();
            if (name.Length is >= 4 and <= LongestName && IsCompany(name))
            {
                return name.ToString();
            }
        }

        return null;
    }

    private static bool IsCompany(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
