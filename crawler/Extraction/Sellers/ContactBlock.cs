using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The block of a page that names a contact person, and the company in it that he or she speaks for.</summary>
internal static class ContactBlock
{
    private const string Label = "联系人";
    private const int LargestBlock = 240;
    private const int LongestName = 40;

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
            if (name.Length is >= 4 and <= LongestName && OwnShop.IsOrganisation(name))
            {
                return name.ToString();
            }
        }

        return null;
    }
}
