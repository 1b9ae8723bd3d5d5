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
    /// <summary>Where each unit's source ends; null where each ends as the next begins.</summary>
    internal int[]? Ends { get; init; }

    /// <summary>The passage of the original that a passage of the normalised text came from.</summary>
    /// <param name="start">In the normalised text.</param>
    /// <param name="end">In the normalised text, half open.</param>
    /// <returns>Half open, in UTF-16 units of the original; trailing characters that folding removed are left out.</returns>
    public (int Start, int End) ToOriginal(int start, int end) =>
        start == end ? (Map[start], Map[start]) : (Map[start], Ends?[end - 1] ?? Map[end]);

    /// <summary>The shortest passage of the normalised text that holds all that a passage of the original became.</summary>
    /// <param name="start">In the original.</param>
    /// <param name="end">In the original, half open.</param>
    /// <returns>Half open; empty where folding removed all of it.</returns>
    public (int Start, int End) ToNormalized(int start, int end)
    {
        var from = First(unit => (Ends?[unit] ?? Map[unit + 1]) > start);
        var to = First(unit => Map[unit] >= end);
        return (from, Math.Max(from, to));
    }

    /// <summary>The first unit for which a condition holds that, once it holds, holds to the end.</summary>
    private int First(Func<int, bool> holds)
    {
        var (low, high) = (0, Text.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}

/// <summary>One rewriting that made a lexicon term readable.</summary>
/// <param name="Start">In the original, UTF-16 units.</param>
/// <param name="End">In the original, half open.</param>
/// <param name="From">As it stood there.</param>
/// <param name="To">The lexicon term.</param>
public sealed record Fold(FoldKind Kind, int Start, int End, string From, string To);
