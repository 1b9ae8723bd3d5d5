namespace Surveillance.Classifier.Text;

/// <summary>The word lists of <c>data/lexicon</c>: what folds may yield, and what they may come from.</summary>
/// <remarks>All lists are in the order of the files; where two terms fit a passage equally well, the earlier wins.</remarks>
public sealed record Lexicon
{
    public static Lexicon Empty { get; } = new();

    /// <summary>Terms that sellers disguise: folded in every way, also when they have only two characters.</summary>
    public IReadOnlyList<string> Core { get; init; } = [];

    /// <summary>Other terms: not folded by sound or order while they have only two characters.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Spellings that no general fold explains, e.g. <c>bg</c> for 包过.</summary>
    public IReadOnlyList<LexiconAlias> Aliases { get; init; } = [];

    /// <summary>What symbols and pictographs stand for, e.g. <c>➕</c> for 加.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Symbols { get; init; } = [];

    /// <summary>Characters written as their parts, e.g. 言正 for 证.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Splits { get; init; } = [];

    /// <summary>Characters that look like others, e.g. エ for 工.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lookalikes { get; init; } = [];

    /// <summary>Units that may be put between the characters of a term.</summary>
    public string Separators { get; init; } = string.Empty;

    /// <summary>Everyday phrases in which nothing is folded and no term is found, e.g. 报过名, 包过滤网.</summary>
    public IReadOnlyList<string> Ordinary { get; init; } = [];

    /// <summary>Signs that a text is about certificates: near one, a doubtful fold is made.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Reads every <c>*.yaml</c> of a folder.</summary>
    /// <exception cref="RuleSetException">A file is wrong; the message names it.</exception>
    public static Lexicon Load(string folder) => LexiconFile.Load(folder);
}

/// <summary>A spelling of a term.</summary>
/// <param name="From">After the global folds.</param>
/// <param name="To">The term.</param>
/// <param name="Near">Read so only near a word of <see cref="Lexicon.Context"/>, or where the text is nothing else.</param>
public sealed record LexiconAlias(string From, string To, FoldKind Kind, bool Near);
