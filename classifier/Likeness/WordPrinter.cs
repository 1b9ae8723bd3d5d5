using System.Collections.Frozen;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Likeness;

/// <summary>Reads the words of a wording as <see cref="WordPrint"/> compares them. Thread safe.</summary>
/// <remarks>
/// Normalised, so that evasive spellings are read as what they stand for, and without what a seller changes from copy to copy: places, numbers, prices,
/// account names, and words that only join others.
/// </remarks>
public sealed class WordPrinter(Normalizer normalizer, Segmenter segmenter)
{
    /// <summary>jieba's tags: places, numerals, particles, modal words, interjections, sounds.</summary>
    private static readonly FrozenSet<string> Changing =
        FrozenSet.ToFrozenSet(["ns", "m", "u", "uj", "ul", "y", "e", "o"], StringComparer.Ordinal);

    public WordPrint Read(string? title, string? text) => Read(
        string.IsNullOrEmpty(title) ? null : normalizer.Normalize(title),
        string.IsNullOrEmpty(text) ? null : normalizer.Normalize(text));

    /// <summary>The same for texts that have been normalised already; null where there is none.</summary>
    public WordPrint Read(NormalizedText? title, NormalizedText? text) =>
        new(Words(title).Concat(Words(text)).Select(Hash));

    private IEnumerable<string> Words(NormalizedText? text) => text is null
        ? []
        : segmenter.Tag(text.Text)
            .Where(tagged => tagged.Word.Any(char.IsLetter) && !tagged.Word.Any(char.IsDigit) && !Changing.Contains(tagged.Tag))
            .Select(tagged => tagged.Word);

    /// <summary>FNV-1a over the UTF-16 units.</summary>
    private static uint Hash(string word)
    {
        var hash = 2166136261U;
        foreach (var unit in word)
        {
            hash = (hash ^ unit) * 16777619;
        }

        return hash;
    }
}
