using System.Globalization;

namespace Surveillance.Classifier.Segmentation;

/// <summary>A line of a user dictionary.</summary>
/// <param name="Frequency">Null: just enough that the word is cut out.</param>
internal sealed record UserWord(string Word, long? Frequency, string? Tag)
{
    /// <exception cref="InvalidDataException">A line is no word with an optional frequency and tag.</exception>
    public static IReadOnlyList<UserWord> Parse(string name, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(lines);
        var words = new List<UserWord>();
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim().TrimStart('\uFEFF');
            if (text.Length > 0)
            {
                words.Add(ParseLine(text) ?? throw new InvalidDataException(
                    $"expected a word, then optionally a frequency and a tag in small Latin letters, in {name}, line {index + 1}: {text}"));
            }
        }

        return words;
    }

    private static UserWord? ParseLine(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields switch
        {
            [var word] => new UserWord(word, null, null),
            [var word, var tag] when IsTag(tag) => new UserWord(word, null, tag),
            [var word, var digits] when IsFrequency(digits, out var frequency) => new UserWord(word, frequency, null),
            [var word, var digits, var tag] when IsFrequency(digits, out var frequency) && IsTag(tag) => new UserWord(word, frequency, tag),
            _ => null,
        };
    }

    private static bool IsTag(string field) => field.All(char.IsAsciiLetterLower);

    private static bool IsFrequency(string field, out int frequency) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out frequency);
}
