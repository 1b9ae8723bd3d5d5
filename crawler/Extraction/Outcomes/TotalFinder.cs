using System.Globalization;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>How many hits a list claims to have.</summary>
internal static partial class TotalFinder
{
    /// <summary>Of a list: states wrap their answer in one, while a list of listings has no total inside.</summary>
    private const int FirstItems = 2;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "totalcount", "total", "totalnum", "totalresults", "numfound", "resultcount", "itemcount", "totalhits", "dispnum", "listnum" };

    /// <returns>Null where the page claims none.</returns>
    public static int? Of(DecodedPage page)
    {
        if (Printed(page) is { } printed)
        {
            return printed;
        }

        foreach (var document in page.JsonDocuments)
        {
            if (InJson(document, 0) is { } total)
            {
                return total;
            }
        }

        return null;
    }

    /// <returns>Null where the page prints none.</returns>
    public static int? Printed(DecodedPage page) =>
        !page.IsBareJson && (InText().Match(page.Tree.Text) is { Success: true } match || (match = InSearch().Match(page.Tree.Text)).Success)
            ? Number(match.Groups["count"].Value, match.Groups["unit"].Value)
            : null;

    private static int? InJson(LooseValue value, int depth)
    {
        foreach (var (name, member) in value.Members)
        {
            if (member.Kind is LooseKind.Number or LooseKind.Text && Names.Contains(FieldNames.Normalized(name)) && Number(member.Scalar, "") is { } total)
            {
                return total;
            }
        }

        foreach (var inner in value.Members.Select(member => member.Value).Concat(value.Items.Take(FirstItems)))
        {
            if (depth < 5 && inner.Kind is LooseKind.Record or LooseKind.List && InJson(inner, depth + 1) is { } total)
            {
                return total;
            }
        }

        return null;
    }

    private static int? Number(string digits, string unit) =>
        decimal.TryParse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number * (unit == "万" ? 10_000 : unit == "亿" ? 100_000_000 : 1) is <= int.MaxValue and var total ? (int)total : null;

    [GeneratedRegex(@"(共|共有|总共|共计|约|找到|为您找到|搜索到|相关结果)\s*(约|大约|了)?\s*(?<count>\d[\d,]{0,12}(\.\d+)?)\s*(?<unit>万|亿)?\+?\s*(件|条|个|款|项|篇|家|则)?\s*(相关)?\s*(商品|宝贝|产品|结果|信息|记录|搜索结果|职位|帖子|主题|店铺|条信息|数据|件|条)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InText();

    /// <summary>After words that only a search says, the counting word is enough.</summary>
    [GeneratedRegex(@"(相关结果|找到|搜索到|搜到|共有|共)\s*(相关)?(结果|信息|商品|内容)?\s*(约|大约|了)?\s*(?<count>\d[\d,]{0,12}(\.\d+)?)\s*(?<unit>万|亿)?\+?\s*(件|条|个|款|项|篇|家|则|套|位|门|辆|本|班)([^\p{L}\d]|符合|与|和|满足|关于|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InSearch();
}
