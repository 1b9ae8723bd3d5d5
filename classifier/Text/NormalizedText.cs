using System.Collections.Immutable;

namespace Surveillance.Classifier.Text;

/// <summary>A text as the rules read it, with the way back to the original.</summary>
/// <param name="Original">As it came.</param>
/// <param name="Text">After folding.</param>
/// <param name="Map">
/// One entry more than <paramref name="Text"/> has UTF-16 units: where each unit's source begins in the original; the last is the
/// original's length. Never falls.
/// </param>
/// <param name="Folds">Lexicon folds, in reading order. Global folds (NFKC, case, format characters, traditional forms) are not listed.</param>
public sealed record NormalizedText(string Original, string Text, int[] Map, ImmutableArray<Fold> Folds)
{
    /// <summary>The passage of the original that a passage of the normalised text came from.</summary>
    /// <param name="start">In the normalised text.</param>
    /// <param name="end">In the normalised text, half open.</param>
    /// <returns>Half open, in UTF-16 units of the original; trailing characters that folding removed are left out.</returns>
    public (int Start, int End) ToOriginal(int start, int end) => (Map[start], Map[end]);
}

/// <summary>One rewriting that made a lexicon term readable.</summary>
/// <param name="Start">In the original, UTF-16 units.</param>
/// <param name="End">In the original, half open.</param>
/// <param name="From">As it stood there.</param>
/// <param name="To">The lexicon term.</param>
public sealed record Fold(FoldKind Kind, int Start, int End, string From, string To);

/// <summary>Why a passage was read as a lexicon term. Written in kebab case.</summary>
public enum FoldKind
{
    /// <summary>エ for 工, 0 for O.</summary>
    Lookalike,

    /// <summary>💯, ➕, ①.</summary>
    Symbol,

    /// <summary>包 过, 包-过, 包*过.</summary>
    Separator,

    /// <summary>言正 for 证.</summary>
    SplitCharacter,

    /// <summary>报过 for 包过.</summary>
    Homophone,

    /// <summary>bao过, BG.</summary>
    Pinyin,

    /// <summary>证办 for 办证.</summary>
    Reversed,
}
