namespace Surveillance.Classifier;

/// <summary>The violation types of DESIGN section 4: the id is the contract, the name is what a person reads.</summary>
public static class ViolationType
{
    /// <summary>In DESIGN's order.</summary>
    public static IReadOnlyList<(string Id, string Name)> All { get; } =
    [
        ("guarantee", "保证性承诺"),
        ("insider", "暗示考试机构、命题人员参与"),
        ("endorsement", "利用机构、专业人士、受益者推荐证明"),
        ("state-organ", "使用国家机关及其工作人员名义或形象"),
        ("state-symbol", "使用国旗、国徽"),
        ("superlative", "国家级、最高级、最佳"),
        ("exam-bypass", "免考、免培训、替考、代学时"),
        ("fake-certificate", "制售、买卖假证"),
        ("false-claim", "与法定事实不符的宣传"),
        ("restricted-item", "平台禁限售的证件服务"),
        ("fake-gov-site", "假冒政府网站"),
        ("unqualified-institution", "不在合格名单、已暂停或退出的机构"),
    ];

    /// <summary>The ten types that text alone can show.</summary>
    public static IReadOnlyList<string> OfText { get; } =
        [.. All.Select(type => type.Id).Where(id => id is not ("state-symbol" or "unqualified-institution"))];

    /// <summary>The Chinese name, or the id itself where it is unknown.</summary>
    public static string NameOf(string id) => All.FirstOrDefault(type => type.Id == id).Name ?? id;
}
