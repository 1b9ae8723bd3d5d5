using System.Globalization;
using System.Text;

namespace Surveillance.Classifier.Text;

/// <summary>The folds that happen everywhere: NFKC, case, format characters, traditional and variant forms. Thread safe.</summary>
internal sealed class GlobalFolding(TextResources resources)
{
    /// <summary>Longest run of marks that is normalised as one; Unicode's stream-safe form has the same bound. It keeps the work linear.</summary>
    private const int MaxMarks = 30;

    /// <summary>Whether a unit folds to nothing: format characters, what Unicode calls default ignorable, and enclosing marks (keycaps).</summary>
    public static bool IsRemoved(char unit) =>
        char.GetUnicodeCategory(unit) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark
        || unit is '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or '\u3164' or (>= '\uFE00' and <= '\uFE0F') or '\uFFA0';

    /// <summary>NFKC in lower case; a piece with noncharacters, which .NET refuses to normalise, stays as it is.</summary>
    public static string Compatible(string piece) => piece.EnumerateRunes().Any(rune => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
        ? piece
        : piece.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Folds any text whatever; a lone surrogate stays itself.</summary>
    public MappedText Fold(string text)
    {
        var folded = new MappedText(text);
        var at = FoldUnits(text, folded);
        if (at < text.Length)
        {
            var classes = resources.Table<FoldClass>(TextSection.FoldClasses);
            folded.CutAt(at);
            while (at < text.Length)
            {
                at = FoldOne(text, at, classes[text[at]], folded);
            }
        }

        return folded;
    }

    /// <summary>Folds units one for one, which is all that most texts need.</summary>
    /// <returns>The first place where more is needed, or the text's length.</returns>
    private int FoldUnits(string text, MappedText folded)
    {
        var classes = resources.Table<FoldClass>(TextSection.FoldClasses);
        var units = resources.Table<ushort>(TextSection.FoldUnits);
        Span<char> written = [];
        for (var at = 0; at < text.Length; at++)
        {
            var kind = classes[text[at]];
            if (kind == FoldClass.Same)
            {
                continue;
            }

            if (kind != FoldClass.Unit)
            {
                return at;
            }

            if (written.IsEmpty)
            {
                written = folded.Overwrite();
            }

            written[at] = (char)units[text[at]];
        }

        return text.Length;
    }

    private int FoldOne(string text, int at, FoldClass kind, MappedText folded)
    {
        var unit = text[at];
        switch (kind)
        {
            case FoldClass.Same:
                folded.Add(unit, at, at + 1);
                break;
            case FoldClass.Unit:
                folded.Add((char)resources.Table<ushort>(TextSection.FoldUnits)[unit], at, at + 1);
                break;
            case FoldClass.Removed:
                break;
            case FoldClass.Expansion:
                var place = resources.Table<ushort>(TextSection.FoldUnits)[unit];
                var expansions = resources.Table<char>(TextSection.FoldExpansions);
                folded.Add(expansions.Slice(place + 1, expansions[place]), at, at + 1);
                break;
            default:
                return char.IsSurrogate(unit) ? FoldSurrogate(text, at, folded) : FoldMarks(text, at, folded);
        }

        return at + 1;
    }

    private int FoldSurrogate(string text, int at, MappedText folded)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune))
        {
            folded.Add(text[at], at, at + 1);
            return at + 1;
        }

        if (rune.Value is (>= 0xE0000 and <= 0xE0FFF) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
        {
            return at + 2;
        }

        // Pictographs, by far the most frequent here, never fold.
        if (rune.Value is >= 0x1F300 and <= 0x1FAFF)
        {
            folded.Add(text[at], at, at + 1);
            folded.Add(text[at + 1], at + 1, at + 2);
            return at + 2;
        }

        folded.Add(Normal(text.Substring(at, 2)), at, at + 2);
        return at + 2;
    }

    /// <summary>Joins a run of marks with what it stands on, which has been folded already and is taken back.</summary>
    private int FoldMarks(string text, int at, MappedText folded)
    {
        var end = at + 1;
        var classes = resources.Table<FoldClass>(TextSection.FoldClasses);
        while (end < text.Length && end - at < MaxMarks && !char.IsSurrogate(text[end]) && classes[text[end]] is FoldClass.Cluster or FoldClass.Removed)
        {
            end++;
        }

        var start = folded.TakeBack(at);
        if (char.IsSurrogate(text[start]) && !Rune.TryGetRuneAt(text, start, out _))
        {
            folded.Add(text[start], start, start + 1);
            start = at;
        }

        folded.Add(Normal(text[start..end]), start, end);
        return end;
    }

    private string Normal(string piece)
    {
        var variants = resources.Table<int>(TextSection.AstralVariants);
        var classes = resources.Table<FoldClass>(TextSection.FoldClasses);
        var units = resources.Table<ushort>(TextSection.FoldUnits);
        var normal = new StringBuilder();
        foreach (var rune in Compatible(piece).EnumerateRunes())
        {
            if (!rune.IsBmp)
            {
                normal.Append(Variant(variants, rune));
            }
            else if (classes[rune.Value] == FoldClass.Unit)
            {
                normal.Append((char)units[rune.Value]);
            }
            else if (classes[rune.Value] != FoldClass.Removed)
            {
                normal.Append((char)rune.Value);
            }
        }

        return normal.ToString();
    }

    private static Rune Variant(ReadOnlySpan<int> pairs, Rune rune)
    {
        var (low, high) = (0, pairs.Length / 2);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pairs[2 * middle] < rune.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < pairs.Length / 2 && pairs[2 * low] == rune.Value ? new Rune(pairs[(2 * low) + 1]) : rune;
    }
}
