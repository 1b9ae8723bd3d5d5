using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Extractors;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>What tables and lists of facts call whoever offers something.</summary>
internal static class SellerLabels
{
    private static readonly FrozenSet<string> Labels = FrozenSet.Create(
        StringComparer.Ordinal,
        "发布人", "发布者", "发布单位", "发布方", "卖家", "卖家昵称", "商家", "商家名称", "店铺", "店铺名称", "店名", "公司", "公司名称", "企业", "企业名称", "单位", "单位名称", "机构", "机构名称", "培训机构", "培训单位", "培训学校",
        "学校", "学校名称", "开课机构", "主办单位", "承办单位", "办学单位", "招聘单位", "招聘企业", "用人单位", "供应商", "供货商", "厂家", "生产厂家", "销售方", "卖方", "服务商", "经纪人", "房东", "掌柜", "店主", "所属机构", "所属公司", "会员名称", "用户名", "联系人");

    private static readonly FrozenSet<string> Authors = FrozenSet.Create(StringComparer.Ordinal, "作者", "来源", "来自", "主题作者", "楼主", "回答者", "提问者", "责任人", "发帖人", "博主");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Labels.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AuthorLookup = Authors.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="label">As printed; space inside (发 布 者) and a colon after it say nothing.</param>
    public static bool Names(ReadOnlySpan<char> label) => Lookup.Contains(LabelledValue.Plain(label, stackalloc char[LabelledValue.LongestLabel]));

    /// <summary>It says under which name an account is found, beside what that calls itself.</summary>
    public static bool NamesAccount(ReadOnlySpan<char> label) => LabelledValue.Plain(label, stackalloc char[LabelledValue.LongestLabel]) is "微信号" or "抖音号" or "快手号" or "小红书号" or "公众号ID";

    /// <summary>It says who wrote or published something.</summary>
    public static bool NamesAuthor(ReadOnlySpan<char> label) => AuthorLookup.Contains(LabelledValue.Plain(label, stackalloc char[LabelledValue.LongestLabel]));
}
