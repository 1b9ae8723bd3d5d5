using System.Globalization;
using System.Text;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>The Chinese words that officers read for the contract's English ones.</summary>
internal static class Wording
{
    public static string Of(LeadState state) => state switch
    {
        LeadState.Confirmed => "已确认",
        LeadState.Rejected => "已排除",
        _ => "待处理",
    };

    public static string Of(Decision decision) => decision switch
    {
        Decision.Flag => "疑似违法",
        Decision.Review => "需人工研判",
        _ => "未见异常",
    };

    public static string Of(LeadAction action) => action switch
    {
        LeadAction.Open => "发现线索",
        LeadAction.Confirm => "确认",
        LeadAction.Reject => "排除",
        LeadAction.Undo => "撤销决定",
        _ => "重新打开",
    };

    public static string Of(ListingKind kind) => kind switch
    {
        ListingKind.Ad => "广告",
        ListingKind.Page => "网页",
        _ => "商品或服务信息",
    };

    /// <summary>A violation type in few characters, where its whole name stands nearby.</summary>
    public static string ShortNameOf(string type) => type switch
    {
        "guarantee" => "保证承诺",
        "insider" => "暗示内部",
        "endorsement" => "推荐证明",
        "state-organ" => "国家机关",
        "state-symbol" => "国旗国徽",
        "superlative" => "绝对化用语",
        "exam-bypass" => "免考替考",
        "fake-certificate" => "假证",
        "false-claim" => "虚假宣传",
        "restricted-item" => "平台禁限售",
        "fake-gov-site" => "假冒政府网站",
        "unqualified-institution" => "机构不合格",
        _ => type,
    };

    public static string OfField(string field) => field switch
    {
        "title" => "标题",
        "seller" => "经营者",
        _ => "正文",
    };

    public static string OfFold(string fold) => fold switch
    {
        "homophone" => "谐音",
        "separator" => "插入符号",
        "split-character" => "拆字",
        "pinyin" => "拼音",
        "lookalike" => "形近字",
        "symbol" => "符号",
        "reversed" => "倒序",
        _ => fold,
    };

    public static string OfCounterEvidence(string kind) => kind switch
    {
        "denial" => "否认",
        "quotation" => "引述",
        "prohibition" => "禁止、警示",
        "question" => "询问",
        "report" => "报道、通报",
        "recruitment" => "招聘",
        "exam-bank" => "题库",
        "official" => "官方页面",
        _ => kind,
    };

    public static string OfContact(string kind) => kind switch
    {
        "phone" => "电话",
        "wechat" => "微信",
        "qq" => "QQ",
        "group" => "群",
        "link" => "链接",
        "qr" => "二维码",
        _ => kind,
    };

    public static string OfFetcher(string fetcher) => fetcher switch
    {
        "http" => "直接抓取",
        "browser" => "浏览器抓取",
        "import" => "导入文件",
        _ => fetcher,
    };

    /// <summary>A passage and how it was read, e.g. <c>报过 读作 包过（谐音）</c>.</summary>
    public static string Reading(Span span) => span switch
    {
        { Fold: { } fold, Canonical: { } canonical } => $"{span.Text} 读作 {canonical}（{OfFold(fold)}）",
        { Canonical: { } canonical } when canonical != span.Text => $"{span.Text} 读作 {canonical}",
        _ => span.Text,
    };

    /// <summary>To the minute, in Asia/Shanghai.</summary>
    public static string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, StoredTime.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second, in Asia/Shanghai.</summary>
    public static string ExactTime(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, StoredTime.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>As the page printed it, else the amount; empty where there is none.</summary>
    public static string Price(Listing listing) => listing switch
    {
        { PriceText: { Length: > 0 } printed } => printed,
        { Price: { } from, PriceMax: { } to } when to > from => $"{Amount(from, listing.Currency)}–{Amount(to, null)}",
        { Price: { } price } => Amount(price, listing.Currency),
        _ => "",
    };

    /// <summary>What a list calls a listing: its title, else the beginning of its text.</summary>
    public static string TitleOf(Listing listing) => listing switch
    {
        { Title: { } title } when !string.IsNullOrWhiteSpace(title) => title,
        { Text: { } text } when !string.IsNullOrWhiteSpace(text) => Beginning(text.Trim(), 60),
        _ => "（无标题）",
    };

    /// <summary>The first units of a text, never half of a surrogate pair.</summary>
    public static string Beginning(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }

    /// <summary>
    /// A text whose invisible and direction-changing characters are spelled out, so that what stands there is what one reads
    /// (U+202E would otherwise turn the rest of a title round).
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            _ = IsHidden(unit) ? visible.Append(CultureInfo.InvariantCulture, $"⟨{(int)unit:X4}⟩") : visible.Append(unit);
        }

        return visible.ToString();
    }

    // U+200D joins emoji, and U+FE0F colours them: both belong to what one sees.
    private static bool IsHidden(char unit) =>
        unit is not ('\n' or '\r' or '\t' or '\u200D') && (char.IsControl(unit) || CharUnicodeInfo.GetUnicodeCategory(unit) == UnicodeCategory.Format);

    private static string Amount(decimal amount, string? currency)
    {
        var number = amount.ToString("0.##", CultureInfo.InvariantCulture);
        return currency switch
        {
            "CNY" => $"¥{number}",
            { Length: > 0 } => $"{currency} {number}",
            _ => number,
        };
    }
}
