using System.Text;
using System.Text.RegularExpressions;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles the readings (pinyin) of single characters.</summary>
internal static partial class ReadingTables
{
    private const string Name = "pinyin-pro/dist/esm/data/dict1.mjs";

    /// <summary>Combining marks of tones 1 to 4.</summary>
    private const string ToneMarks = "\u0304\u0301\u030C\u0300";

    public static void Read(string nodeModules, byte[][] sections)
    {
        var places = new ushort[char.MaxValue + 1];
        var readings = new List<ushort> { 0 };
        var syllables = new List<string>();
        foreach (Match entry in Entry().Matches(TextCompiler.Text(nodeModules, Name)))
        {
            ushort[] all = [.. entry.Groups["key"].Value.Split(' ').Select(reading => Code(reading, syllables)).Distinct()];

            // Nobody disguises 泄 as what sounds like its rare reading yì, but much ordinary text does.
            ushort[] codes = [.. all.Where(code => Text.Readings.SyllableOf(code) == Text.Readings.SyllableOf(all[0]))];
            var place = checked((ushort)readings.Count);
            readings.Add((ushort)codes.Length);
            readings.AddRange(codes);
            foreach (Match character in Character().Matches(entry.Groups["list"].Value))
            {
                places[character.Groups["unit"].Value[0]] = place;
            }
        }

        if (syllables.Count < 400 || places['证'] == 0)
        {
            throw new InvalidDataException($"expected lists of characters by reading in {Name}, found {syllables.Count} syllables");
        }

        sections[(int)TextSection.ReadingPlaces] = TextCompiler.Bytes<ushort>(places);
        sections[(int)TextSection.Readings] = TextCompiler.Bytes<ushort>([.. readings]);
        sections[(int)TextSection.SyllableNames] = Encoding.UTF8.GetBytes(string.Join('\n', syllables));
    }

    private static ushort Code(string reading, List<string> syllables)
    {
        var apart = reading.Normalize(NormalizationForm.FormD);
        var tone = 1 + apart.Select(unit => ToneMarks.IndexOf(unit, StringComparison.Ordinal)).Max();

        // ü is typed v.
        var plain = apart.Replace("u\u0308", "v", StringComparison.Ordinal);
        var syllable = string.Concat(plain.Where(char.IsAsciiLetterLower));
        var number = syllables.IndexOf(syllable);
        if (number < 0)
        {
            number = syllables.Count;
            syllables.Add(syllable);
        }

        return checked((ushort)((8 * number) + tone));
    }

    [GeneratedRegex("""(?:'(?<key>[^'\n]+)'|(?<key>[^\s':{]+)): \[(?<list>[^\]]*)\]""")]
    private static partial Regex Entry();

    [GeneratedRegex("'(?<unit>.)'")]
    private static partial Regex Character();
}
