using System.Text;
using Surveillance.Classifier.Text;

namespace Surveillance.Api.Search;

/// <summary>Cuts a normalised text into the units that matching reads, so that containment is the same question on every engine.</summary>
/// <remarks>
/// A unit is a run of letters and digits of scripts that put spaces between words (at most <see cref="LongestRun"/> UTF-16 units, longer ones are cut), a run of white space and
/// control characters (<see cref="Space"/>), or any one other character: an ideograph, kana, a syllable, a sign, an emoji. A text contains a term exactly where the
/// term's units follow one another in the text's. Both engines look for that by pairs of neighbouring units (and by single units where the term is but one): a
/// phrase of n units is the n−1 pairs one after another.
/// <para>
/// In the document, <c>grams</c> has one string for the normalised title and one for the text, units joined by a space; where a text as written (global folds only) differs from the
/// normalised one, a further string of that, each unit behind <see cref="TypedMark"/>. The server's analyser makes the pairs (shingles of two); the embedded
/// engine, whose tokenizer can't, writes them itself.
/// </para>
/// </remarks>
public static class Grams
{
    /// <summary>Stands for a run of white space.</summary>
    public const string Space = "\u2423";

    /// <summary>Before each unit of a text as written; a private-use character, which units otherwise never hold.</summary>
    public const char TypedMark = '\uE000';

    public const int LongestRun = 100;

    /// <summary>The units of a text that was normalised already, in order. Answers for any text; a lone surrogate reads as U+FFFD.</summary>
    public static IReadOnlyList<string> Units(string normalized)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        return [.. UnitReader.Read(normalized).Select(unit => unit.TextIn(normalized))];
    }

    /// <summary>What <see cref="IndexDocument.Grams"/> holds for a title and a text.</summary>
    /// <param name="normalizer">The one that made the other two.</param>
    /// <param name="title">Null where there is none.</param>
    /// <param name="text">Null where there is none.</param>
    public static IReadOnlyList<string> Of(Normalizer normalizer, NormalizedText? title, NormalizedText? text)
    {
        ArgumentNullException.ThrowIfNull(normalizer);
        var grams = new List<string>(2);
        foreach (var field in new[] { title, text })
        {
            if (field is null)
            {
                continue;
            }

            Add(field.Text, isTyped: false);
            if (!field.Folds.IsEmpty)
            {
                Add(normalizer.FoldGlobally(field.Original).Text, isTyped: true);
            }
        }

        return grams;

        void Add(string normalized, bool isTyped)
        {
            if (Join(UnitReader.Read(normalized), normalized, isTyped) is { Length: > 0 } gram)
            {
                grams.Add(gram);
            }
        }
    }

    /// <summary>Units as one string of the document has them.</summary>
    public static string Join(IEnumerable<string> units, bool isTyped) =>
        isTyped ? string.Join(' ', units.Select(unit => TypedMark + unit)) : string.Join(' ', units);

    private static string Join(List<GramUnit> units, string normalized, bool isTyped)
    {
        var gram = new StringBuilder(3 * units.Count);
        foreach (var unit in units)
        {
            if (gram.Length > 0)
            {
                gram.Append(' ');
            }

            if (isTyped)
            {
                gram.Append(TypedMark);
            }

            gram.Append(unit.SpanIn(normalized));
        }

        return gram.ToString();
    }
}
