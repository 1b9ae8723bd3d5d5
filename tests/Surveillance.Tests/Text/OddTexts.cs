using FsCheck;
using FsCheck.Fluent;

namespace Surveillance.Tests.Text;

/// <summary>Texts that sellers, keyboards and attackers write.</summary>
internal static class OddTexts
{
    /// <summary>Units and short passages that fold in some way, or break naive code.</summary>
    private static readonly string[] Pieces =
    [
        "包", "过", "报", "果", "保", "证", "办", "低压", "电工", "エ", "言", "讠", "正", "學", "歷", "証", "的", "。", "，", " ", "-", "*", "【", "】", "a", "B", "z",
        "bao", "guo", "BG", "vx", "0", "１", "①", "℡", "㈱", "…", "ﬁ", "é", "e\u0301", "a\u0323\u0302", "\u0336", "\u1112\u1161\u11AB", "ｶﾞ", "\u200B", "\u200D", "\u202E", "\uFEFF",
        "\uFE0F", "\u20E3", "💯", "➕", "❤️", "🅱", "👍🏽", "👨‍👩‍👧", "𝐁", "𠮷", "\uD83D", "\uDE00", "\0", "\r\n", "\n", "\u3000", "\uFFFF", "İ", "ß", "乾", "㐀", "\U0002F800", "1️⃣",
    ];

    public static Gen<string> Any { get; } = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    /// <summary>Each is a bad day for a parser.</summary>
    /// <summary>By name: the runner can't carry broken surrogates from discovery to execution.</summary>
    public static IReadOnlyDictionary<string, string> Hostile { get; } = new Dictionary<string, string>
    {
        { "lone surrogates", "\uD800包\uDC00过\uD83D\uD83D\uDE00\uDE00" },
        { "NUL", "包\0过\0\0证" },
        { "only emoji", string.Concat(Enumerable.Repeat("😀👨‍👩‍👧❤️🇨🇳", 200)) },
        { "right-to-left marks", "\u202E过包\u202C\u200F证\u2067办\u2069" },
        { "nested brackets", new string('(', 50_000) + "包" + new string(')', 50_000) },
        { "marks", "包" + new string('\u0301', 20_000) + "过" + new string('\u0323', 20_000) },
        { "noncharacters", "\uFFFF\uFFFE\uFDD0\u0301包\uFFFF\u0301" },
        { "empty", string.Empty },
        { "white space", " \t\r\n\u3000\u2028" },
        { "digits", new string('1', 30_000) },
        { "separated", string.Join(' ', Enumerable.Repeat("包", 20_000)) },
    };

    public static TheoryData<string> HostileNames => [.. Hostile.Keys];
}
