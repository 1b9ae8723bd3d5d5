using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Model.Perturbing;

/// <summary>The evasions that the program must survive (DESIGN section 9), each as a generator. The same text gives the same disguise.</summary>
/// <remarks>Their tables are written for this purpose: they are not those that the lexicon folds by, or they would prove nothing.</remarks>
public sealed class Perturbations
{
    private static readonly string[] Separators = [" ", "-", "·", ".", "丶", "/", "*", "_"];
    private static readonly string[] Pictures = ["🔥", "✅", "⭐", "👉", "❤️"];
    private const string Numerals = "零一二三四五六七八九";

    private static readonly Dictionary<char, string> Parts = new()
    {
        ['证'] = "言正",
        ['報'] = "幸及",
        ['报'] = "扌及",
        ['保'] = "亻呆",
        ['取'] = "耳又",
        ['拿'] = "合手",
        ['考'] = "耂丂",
        ['培'] = "土咅",
        ['刻'] = "亥刂",
        ['假'] = "亻叚",
        ['代'] = "亻弋",
        ['快'] = "忄夬",
        ['焊'] = "火旱",
        ['课'] = "讠果",
        ['试'] = "讠式",
        ['信'] = "亻言",
        ['微'] = "彳敳",
        ['押'] = "扌甲",
        ['题'] = "是页",
        ['额'] = "客页",
        ['咨'] = "次口",
        ['询'] = "讠旬",
        ['明'] = "日月",
        ['秘'] = "禾必",
        ['退'] = "艮辶",
        ['过'] = "辶寸",
    };

    private static readonly Dictionary<char, char> Lookalikes = new()
    {
        ['工'] = 'エ',
        ['口'] = 'ロ',
        ['力'] = 'カ',
        ['夕'] = 'タ',
        ['包'] = '苞',
        ['保'] = '堡',
        ['证'] = '怔',
        ['考'] = '拷',
        ['过'] = '辻',
        ['0'] = 'O',
        ['1'] = 'l',
        ['卡'] = '咔',
        ['办'] = '刅',
        ['免'] = '兔',
        ['代'] = '伐',
        ['三'] = '彡',
        ['天'] = '夭',
        ['未'] = '末',
    };

    private static readonly (string From, string To)[] Contacts =
    [
        ("微信", "薇❤"), ("加微", "➕V"), ("加我", "➕我"), ("vx", "ＶＸ丨"), ("QQ", "扣扣"), ("qq", "扣扣"), ("电话", "电·话"), ("加V", "➕Ⅴ"), ("加v", "➕ⓥ"), ("wx", "威❤"), ("私聊", "思聊"),
    ];

    /// <exception cref="InvalidDataException">The compiled dictionaries are missing or of another version.</exception>
    public Perturbations()
    {
        var disguises = new Disguises(TextResources.Open());
        All =
        [
            new("traditional", "繁体、异体") { Rewrite = disguises.Traditional },
            new("full-width", "全角") { Rewrite = text => string.Concat(text.Select(unit => unit is > ' ' and <= '~' ? (char)(unit + 0xFEE0) : unit)) },
            new("zero-width", "零宽字符") { Hide = term => string.Join('\u200B', term.ToCharArray()) },
            new("homophone", "谐音字") { Hide = disguises.Homophone },
            new("pinyin", "拼音") { Hide = disguises.Pinyin },
            new("initials", "拼音首字母") { Hide = disguises.Initials },
            new("split", "拆字") { Hide = term => Changed(term, string.Concat(term.Select(unit => Parts.GetValueOrDefault(unit) ?? unit.ToString()))) },
            new("emoji", "表情、符号") { Hide = term => string.Join(Pick(Pictures, term), term.ToCharArray()) },
            new("separator", "插入空格、点、横线") { Hide = term => string.Join(Pick(Separators, term), term.ToCharArray()) },
            new("letters", "插入字母") { Hide = term => string.Join((char)('a' + (term[0] % 26)), term.ToCharArray()) },
            new("reversed", "倒序") { Hide = term => Changed(term, new string([.. term.Reverse()])) },
            new("lookalike", "形近字") { Hide = term => Changed(term, string.Concat(term.Select(unit => Lookalikes.GetValueOrDefault(unit, unit)))) },
            new("number-words", "数字写成汉字") { Rewrite = text => string.Concat(text.Select(unit => char.IsAsciiDigit(unit) ? Numerals[unit - '0'] : unit)) },
            new("contact", "联系方式变写") { Rewrite = text => Contacts.Aggregate(text, (written, contact) => written.Replace(contact.From, contact.To, StringComparison.Ordinal)) },
        ];
    }

    /// <summary>In the order of reports.</summary>
    public IReadOnlyList<Perturbation> All { get; }

    private static string Pick(string[] choices, string term) => choices[term[^1] % choices.Length];

    private static string? Changed(string term, string hidden) => hidden == term ? null : hidden;
}
