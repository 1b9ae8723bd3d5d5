using System.Globalization;
using System.Text;

namespace Surveillance.Classifier.Text;

/// <summary>Folds a text into the form that rules read. Thread safe.</summary>
/// <remarks>First version: global folds only (NFKC, case, format characters). Lexicon folds come with the text engine.</remarks>
public sealed class Normalizer
{
    private readonly HashSet<string> _lexicon;

    /// <param name="lexicon">Terms that lexicon folds may yield.</param>
    public Normalizer(IEnumerable<string> lexicon) => _lexicon = [.. lexicon];

    /// <summary>How many terms lexicon folds may yield.</summary>
    public int LexiconSize => _lexicon.Count;

    /// <summary>Answers for any text, invalid surrogates included.</summary>
    public NormalizedText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        var map = new List<int>(text.Length + 1);
        foreach (var element in Elements(text))
        {
            var piece = text.Substring(element.Start, element.Length);
            foreach (var unit in Fold(piece))
            {
                folded.Append(unit);
                map.Add(element.Start);
            }
        }

        map.Add(text.Length);
        return _lexicon.Count < 0 ? throw new System.Diagnostics.UnreachableException() : new NormalizedText(text, folded.ToString(), [.. map], []);
    }

    private static IEnumerable<(int Start, int Length)> Elements(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, start);
            yield return (start, length);
            start += length;
        }
    }

    private static string Fold(string piece)
    {
        var kept = string.Concat(piece.Where(unit => CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.Format));
        return kept.Any(char.IsSurrogate) ? kept : kept.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}
