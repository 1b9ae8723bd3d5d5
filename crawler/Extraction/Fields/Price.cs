using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>An amount as printed, and in yuan.</summary>
/// <param name="High">The upper end of a range, else null.</param>
public sealed partial record Price(decimal Low, decimal? High, string Text)
{
    private static readonly SearchValues<char> Paid = SearchValues.Create("券到折");
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create("价费租薪酬");
    private static readonly SearchValues<char> Units = SearchValues.Create("元块");

    private const decimal Highest = 10_000_000_000m;

    /// <summary>A price that says so itself: a currency sign before, or a unit after in a line that says little else.</summary>
    /// <returns>The first; null where the text states none.</returns>
    public static Price? InText(ReadOnlySpan<char> text)
    {
        const int LittleElse = 20;
        foreach (var line in text.EnumerateLines())
        {
            var signed = line.IndexOfAny("¥￥");
            if ((signed >= 0 || (line.Length <= LittleElse && (line.Contains('元') || (line.IndexOfAny('万', '千') > 0 && char.IsAsciiDigit(line[0]))))) && Marked(line, signed >= 0) is { } price)
            {
                return price;
            }
        }

        return null;
    }

    /// <summary>True where a text calls an amount the one that is left to pay.</summary>
    public static bool SaysReduced(ReadOnlySpan<char> text) => text.ContainsAny(Paid) && Left().IsMatch(text);

    /// <summary>The amount that a short text calls the one that is left to pay, before or behind it: 券后¥139, ¥139券后.</summary>
    public static Price? Reduced(string text) => Before().Match(text) is { Success: true } before ? Of(before) : After().Match(text) is { Success: true } after ? Of(after) : null;

    /// <summary>True for a wage alone: 6-8.5千/月, 15-20K·14薪.</summary>
    public static bool IsWage(ReadOnlySpan<char> text) => Wage().IsMatch(text);

    /// <summary>An amount behind a label such as 价格：, also in a long line.</summary>
    public static Price? Labelled(ReadOnlySpan<char> text) =>
        text.IndexOfAny(LabelEnds) >= 0 && Named().Match(text.ToString()) is { Success: true } match && Of(match) is { Low: > 0 } price ? price : null;

    /// <summary>An amount that running text offers something for: 打包280元, 45块转, 费用280元.</summary>
    /// <returns>The first; null where the text only speaks of money.</returns>
    public static Price? Offered(ReadOnlySpan<char> text) =>
        text.ContainsAny(Units) && Offer().Match(text.ToString()) is { Success: true } match && Of(match) is { Low: > 0 } price ? price : null;

    private static Price? Marked(ReadOnlySpan<char> text, bool isSigned)
    {
        for (var match = Amount().Match(text.ToString()); match.Success; match = match.NextMatch())
        {
            if (isSigned && !match.ValueSpan.ContainsAny('¥', '￥'))
            {
                continue;
            }

            // 3万人付款, 2.4万+: counts. 8862元/㎡, 定金¥10: not what the thing costs.
            if (!match.Groups["count"].Success && !IsOther(text[..match.Index]))
            {
                return Of(match);
            }
        }

        return null;
    }

    /// <summary>A price from a place that holds nothing else, where the bare number is enough.</summary>
    public static Price? Stated(string? text)
    {
        if (text is null || text.Length > 60)
        {
            return null;
        }

        // Digits are often split over elements: "¥ 38 .00".
        var compact = Gap().Replace(text, "");
        if (Unrelated().IsMatch(compact))
        {
            return null;
        }

        for (var match = Bare().Match(compact); match.Success; match = match.NextMatch())
        {
            if (!IsOther(compact.AsSpan(0, match.Index)))
            {
                return Of(match);
            }
        }

        return null;
    }

    /// <summary>True where the words before an amount make it another one than the price: a deposit, postage, what it cost before.</summary>
    public static bool IsOther(ReadOnlySpan<char> before)
    {
        const int Near = 8;
        var words = before.TrimEnd();
        return words.Length > 0 && Other().IsMatch(words[Math.Max(0, words.Length - Near)..]);
    }

    private static Price? Of(Match match)
    {
        var unit = Unit(match.Groups["unit"].Value);
        var lowUnit = match.Groups["lowunit"].Success ? Unit(match.Groups["lowunit"].Value) : unit;
        if (Number(match.Groups["low"].Value) is not { } low || low * lowUnit > Highest)
        {
            return null;
        }

        var high = match.Groups["high"].Success ? Number(match.Groups["high"].Value) : null;
        // 成交 2 万 / 3-5 万: the unit belongs to both ends, unless the lower has its own (6千-1万).
        return new Price(low * lowUnit, high * unit > low * lowUnit ? high * unit : null, PlainText.Line(match.Value, 60)!);
    }

    private static decimal Unit(string printed) => printed is ['万', ..] ? 10_000m : printed is ['千' or 'k' or 'K', ..] ? 1_000m : 1m;

    private static decimal? Number(string digits) =>
        decimal.TryParse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex(@"(?:[¥￥]|RMB)\s*(?<low>\d[\d,]*(?:\.\d+)?)(?:\s*[-~–至]\s*[¥￥]?\s*(?<high>\d[\d,]*(?:\.\d+)?))?\s*(?<unit>万)?|(?<low>\d[\d,]*(?:\.\d+)?)(?:(?<lowunit>[千万])?\s*[-~–至]\s*(?<high>\d[\d,]*(?:\.\d+)?))?\s*(?<unit>万元|元|万|千)(?<count>人|克|瓦|伏|件|条|次|粉|个|笔|单|张|公里|千米|里|米|字|步|票|赞|阅读|\+|\s*/\s*(㎡|平|m²|m2)|\s*(定金|订金|押金|运费|首付|月供|优惠券|红包|补贴))?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"[¥￥]?(?<low>\d[\d,]*(\.\d+)?)((?<lowunit>[千万kK])?[-~–至][¥￥]?(?<high>\d[\d,]*(\.\d+)?))?(?<unit>万|千|[kK])?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Bare();

    [GeneratedRegex(@"券后|到手价?|折后", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Left();

    [GeneratedRegex(@"(券后|到手|折后)价?\s*[:：]?\s*[¥￥]?\s*(?<low>\d[\d,]*(\.\d+)?)\s*(?<unit>万)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Before();

    [GeneratedRegex(@"[¥￥]\s*(?<low>\d[\d,]*(\.\d+)?)\s*(?<unit>万)?\s*元?\s*(券后|到手|折后)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex After();

    [GeneratedRegex(@"(价格|售价|现价|总价|学费|费用|培训费|租金|薪资|月薪|薪酬|一口价|转让价|优惠价|报价)\s*[:：]\s*[¥￥]?\s*(?<low>\d[\d,]*(?:\.\d+)?)(?:\s*[-~–至]\s*[¥￥]?\s*(?<high>\d[\d,]*(?:\.\d+)?))?\s*(?<unit>万元|元|万)?|(价格|售价|现价|学费|费用|收费)\s*[:：]\s*\p{IsCJKUnifiedIdeographs}{1,4}\s*[¥￥]?(?<low>\d[\d,]*(?:\.\d+)?)\s*(?<unit>万元|元|万)|(价格|售价|标价|现价|一口价|转让价|学费)\s*(?<low>\d[\d,]*(?:\.\d+)?)\s*(?<unit>万元|元|万)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\d[\d.]*(千|万|[Kk])?\s*[-~–至]\s*\d[\d.]*(千|万|[Kk])(元)?\s*(/\s*[月年天]|·\s*\d+薪|以上)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Wage();

    [GeneratedRegex(@"(打包价?|一口价|费用|学费|收费|总共|一共|合计|只要|只收|只需|仅需|仅收|仅售|优惠价|特价|团购价|底价|转让|出售|低价[出转])\s*(?<low>\d[\d,]*(\.\d+)?)\s*(?<unit>万元|元|块)|(?<low>\d[\d,]*(\.\d+)?)\s*(?<unit>万元|元|块)钱?\s*(包邮|包过|包拿证|[出转]([，,。！!\s]|$)|全套|打包|带走|拿走|不议价|不讲价|不刀|可小?刀|一口价)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Offer();

    [GeneratedRegex(@"(定金|订金|押金|保证金|运费|邮费|快递费?|首付|月供|原价|原|市场价?|新机价?|门市价?|门店价|参考价|指导价|吊牌价|专柜价|划线价|单价|均价|立减|直降|满|减|返|省|补贴|红包|代金券|起送|年费|差价)[:：约为仅]?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Other();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Gap();

    /// <summary>Counts, dates and discounts that share a price's place.</summary>
    [GeneratedRegex(@"^\d+(\.\d+)?(人|件|条|折|次|年|月|天|小时|%|分钟)|付款$", RegexOptions.NonBacktracking)]
    private static partial Regex Unrelated();
}
