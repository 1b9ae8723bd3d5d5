using System.Globalization;
using System.Text;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles the folds that happen everywhere: NFKC, case, format characters, traditional and variant forms.</summary>
internal static class FoldTables
{
    private const string Folder = "opencc-js/dist/esm-lib/dict/";

    /// <summary>A form that both kinds of Chinese write is a variant only where its other form is this much more usual.</summary>
    private const int VariantRatio = 10;

    public static void Read(string nodeModules, Dictionary<string, long> words, byte[][] sections)
    {
        var variants = Variants(nodeModules, words);
        var classes = new FoldClass[char.MaxValue + 1];
        var units = new ushort[classes.Length];
        var expansions = new List<char> { '\0' };
        for (var unit = 0; unit < classes.Length; unit++)
        {
            classes[unit] = Classify((char)unit, variants, out var folded);
            units[unit] = classes[unit] switch
            {
                FoldClass.Unit => folded[0],
                FoldClass.Expansion => checked((ushort)expansions.Count),
                _ => (ushort)unit,
            };
            if (classes[unit] == FoldClass.Expansion)
            {
                expansions.Add((char)folded.Length);
                expansions.AddRange(folded);
            }
        }

        sections[(int)TextSection.FoldClasses] = TextCompiler.Bytes<FoldClass>(classes);
        sections[(int)TextSection.FoldUnits] = TextCompiler.Bytes<ushort>(units);
        sections[(int)TextSection.FoldExpansions] = TextCompiler.Bytes<char>([.. expansions]);
        var astral = variants.Where(pair => pair.Key.IsBmp == false).OrderBy(pair => pair.Key.Value);
        sections[(int)TextSection.AstralVariants] = TextCompiler.Bytes<int>([.. astral.SelectMany(pair => new[] { pair.Key.Value, pair.Value.Value })]);
    }

    private static FoldClass Classify(char unit, Dictionary<Rune, Rune> variants, out string folded)
    {
        folded = string.Empty;
        if (char.IsSurrogate(unit) || Joins(unit))
        {
            return FoldClass.Cluster;
        }

        if (GlobalFolding.IsRemoved(unit))
        {
            return FoldClass.Removed;
        }

        folded = Fold(unit.ToString(), variants);
        return folded.Length switch
        {
            0 => FoldClass.Removed,
            1 => folded[0] == unit ? FoldClass.Same : FoldClass.Unit,
            _ => FoldClass.Expansion,
        };
    }

    /// <summary>Whether normalisation may join it with what stands before it: marks, and the vowels and final consonants of Hangul.</summary>
    private static bool Joins(char unit) => char.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        ? !GlobalFolding.IsRemoved(unit)
        : unit is (>= '\u1161' and <= '\u1175') or (>= '\u11A8' and <= '\u11C2') or '\u09BE' or '\uFF9E' or '\uFF9F';

    private static string Fold(string piece, Dictionary<Rune, Rune> variants)
    {
        // Twice: NFKC of a lower-cased letter may differ, and so may the variant of a decomposed one.
        var folded = piece;
        for (var round = 0; round < 2; round++)
        {
            var normal = GlobalFolding.Compatible(folded);
            folded = string.Concat(normal.EnumerateRunes().Select(rune => variants.GetValueOrDefault(rune, rune)).Where(rune => !rune.IsBmp || !GlobalFolding.IsRemoved((char)rune.Value)));
        }

        return folded;
    }

    private static Dictionary<Rune, Rune> Variants(string nodeModules, Dictionary<string, long> words)
    {
        var simplified = Pairs(nodeModules, "TSCharacters").ToDictionary();
        var kept = Pairs(nodeModules, "STCharacters").Select(pair => pair.Key).Concat(simplified.Values).ToHashSet();
        long Frequency(Rune rune) => words.GetValueOrDefault(rune.ToString());
        foreach (var table in (string[])["JPShinjitaiCharacters", "TWVariantsRev", "HKVariantsRev"])
        {
            foreach (var (form, traditional) in Pairs(nodeModules, table))
            {
                var target = simplified.GetValueOrDefault(traditional, traditional);
                if (!kept.Contains(form) && Frequency(target) > VariantRatio * Frequency(form))
                {
                    simplified.TryAdd(form, target);
                }
            }
        }

        return simplified.Where(pair => pair.Key != pair.Value).ToDictionary();
    }

    private static IEnumerable<KeyValuePair<Rune, Rune>> Pairs(string nodeModules, string table)
    {
        var name = $"{Folder}{table}.js";
        var script = TextCompiler.Text(nodeModules, name);
        var (from, to) = (script.IndexOf('"', StringComparison.Ordinal) + 1, script.LastIndexOf('"'));
        if (!script.StartsWith("export default ", StringComparison.Ordinal) || to <= from)
        {
            throw new InvalidDataException($"expected one quoted table in {name}");
        }

        foreach (var entry in script[from..to].Split('|'))
        {
            Rune[] runes = [.. entry.EnumerateRunes()];
            yield return runes is [var form, { Value: ' ' }, var target]
                ? KeyValuePair.Create(form, target)
                : throw new InvalidDataException($"expected two characters in {name}, found {entry}");
        }
    }
}
