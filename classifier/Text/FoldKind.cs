using System.Text.Json.Serialization;

namespace Surveillance.Classifier.Text;

/// <summary>Why a passage was read as a lexicon term. Where several reasons come together, the last one here is named.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FoldKind>))]
public enum FoldKind
{
    /// <summary>エ for 工, 0 for O.</summary>
    [JsonStringEnumMemberName("lookalike")]
    Lookalike,

    /// <summary>💯, ➕, ①.</summary>
    [JsonStringEnumMemberName("symbol")]
    Symbol,

    /// <summary>包 过, 包-过, 包*过.</summary>
    [JsonStringEnumMemberName("separator")]
    Separator,

    /// <summary>言正 for 证.</summary>
    [JsonStringEnumMemberName("split-character")]
    SplitCharacter,

    /// <summary>报过 for 包过.</summary>
    [JsonStringEnumMemberName("homophone")]
    Homophone,

    /// <summary>bao过, BG.</summary>
    [JsonStringEnumMemberName("pinyin")]
    Pinyin,

    /// <summary>证办 for 办证.</summary>
    [JsonStringEnumMemberName("reversed")]
    Reversed,
}
