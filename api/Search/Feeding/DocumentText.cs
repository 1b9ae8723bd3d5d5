using System.Text;
using Surveillance.Classifier;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Api.Search.Feeding;

/// <summary>What of a listing's title and text goes into the index to be matched and counted. Thread safe.</summary>
public sealed class DocumentText
{
    private readonly TextClassifier _classifier;

    /// <param name="classifier">Texts are read by the rules that it has in force at the time.</param>
    public DocumentText(TextClassifier classifier) => _classifier = classifier;

    /// <param name="withWords">False leaves the words out, which take the longest.</param>
    /// <returns>Grams (<see cref="Search.Grams"/>), and the words of both joined by spaces; null where there is none.</returns>
    public (IReadOnlyList<string> Grams, string? Words) Of(string? title, string? text, bool withWords)
    {
        var normalizer = _classifier.Normalizer;
        var normalTitle = title is null ? null : normalizer.Normalize(title);
        var normalText = text is null ? null : normalizer.Normalize(text);
        var words = new StringBuilder();
        if (withWords)
        {
            Append(words, normalizer.Segmenter, normalTitle?.Text);
            Append(words, normalizer.Segmenter, normalText?.Text);
        }

        return (Grams.Of(normalizer, normalTitle, normalText), words.Length == 0 ? null : words.ToString());
    }

    /// <summary>Without punctuation and white space.</summary>
    private static void Append(StringBuilder words, Segmenter segmenter, string? normalized)
    {
        if (normalized is null)
        {
            return;
        }

        var spans = new List<WordSpan>((normalized.Length / 2) + 1);
        segmenter.Cut(normalized, SegmentMode.Accurate, hmm: true, spans);
        foreach (var span in spans)
        {
            var word = normalized.AsSpan(span.Start, span.Length);
            if (HasLetter(word))
            {
                _ = (words.Length > 0 ? words.Append(' ') : words).Append(word);
            }
        }
    }

    private static bool HasLetter(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }
}
