using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Recognises forms that ask which record to show: they carry codes to type and names of fields as walls do, and are what was asked for.</summary>
internal static partial class LookupForm
{
    private const int LongestVerb = 10;
    private const int LongestLabel = 16;

    public static bool IsOn(DecodedPage page, PageVoice voice) =>
        voice.TextFields > 1 && page.Tree.Elements.Any(LooksUp) && page.Tree.Elements.Any(NamesRecord);

    /// <summary>A button to look something up, not to sign in or to verify a visitor.</summary>
    private static bool LooksUp(PageElement element)
    {
        var verb = element.Hidden ? ""
            : element.Tag == "button" || (element.Tag == "a" && element.Class.Length > 0) ? element.TextSpan
            : element.Tag == "input" && element.Attribute("type") is "submit" or "button" ? element.Attribute("value")
            : "";
        return verb.Length <= LongestVerb && Verb().IsMatch(verb) && !Entry().IsMatch(verb);
    }

    private static bool NamesRecord(PageElement element) =>
        !element.Hidden && ((element.Tag == "input" && Record().IsMatch(element.Attribute("placeholder") ?? ""))
            || (element.TextLength is > 1 and <= LongestLabel && !element.InLink && element.Tag is not ("button" or "h1" or "h2" or "h3") && Record().IsMatch(element.TextSpan)));

    [GeneratedRegex("查|核|鉴|鑑|验真|驗真", RegexOptions.NonBacktracking)]
    private static partial Regex Verb();

    [GeneratedRegex("登|注册|註冊|验证|驗證", RegexOptions.NonBacktracking)]
    private static partial Regex Entry();

    [GeneratedRegex("证|證|编号|編號|流水|编码|編碼|数码|姓名|防伪|防偽|档案|序列|单号|單號|VIN|车架", RegexOptions.NonBacktracking)]
    private static partial Regex Record();
}
