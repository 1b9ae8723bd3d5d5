using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The one shop or school whose own site lists what it offers, so that no card names it.</summary>
internal static partial class OwnShop
{
    private static readonly char[] Separators = ['-', '_', '|', '–', '—', '·', ',', '，'];

    public static bool IsName(ReadOnlySpan<char> text) => Named().IsMatch(text);

    /// <summary>True for the name of an organisation of any kind, as directories list them.</summary>
    public static bool IsOrganisation(ReadOnlySpan<char> text) => Organisation().IsMatch(text);

    /// <returns>Null where the page's title names none.</returns>
    public static string? Of(DecodedPage page)
    {
        foreach (var part in page.Head.Title.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Named().Match(part) is { Success: true } named)
            {
                return PlainText.Line(named.Groups["name"].Value, 60);
            }
        }

        return null;
    }

    /// <summary>The same where a heading prints it, as shops do above all their pages.</summary>
    public static string? InHeading(DecodedPage page) =>
        Of(page) is { } name && page.Tree.Elements.Any(element => element.Tag is "h1" or "h2" or "h3" or "h4" && element.TextSpan.SequenceEqual(name)) ? name : null;

    [GeneratedRegex(@"^(?<name>\S{2,24}(旗舰店|专营店|专卖店|企业店|工厂店|直营店|学校|技校|职校|培训中心|培训部|公司|学院|学堂|课堂|书店|书铺|商行|经营部|服务部|培训站))(的(小?店铺?|小铺子?|店铺?|主页|首页|微店))?$|^(?<name>\S{2,20})的(小店|店铺|小铺子?|微店)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"^[\p{L}\p{N}()（）·&-]{2,28}(公司|学校|学院|技校|职校|培训中心|中心|机构|培训部|培训站|服务部|经营部|商行|厂|协会|研究院|事务所|工作室|合作社)([（(].{1,10}[）)])?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Organisation();
}
