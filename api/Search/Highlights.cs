using Surveillance.Classifier.Text;

namespace Surveillance.Api.Search;

/// <summary>A passage of the original title or text that answers a query.</summary>
/// <param name="Field"><c>title</c> or <c>text</c>.</param>
/// <param name="Start">First UTF-16 code unit of the original.</param>
/// <param name="End">Half open.</param>
/// <param name="Text">As it stands there.</param>
public sealed record Highlight(string Field, int Start, int End, string Text);

/// <summary>Finds the passages that answer a query in the original, so that they are the same whatever engine found the listing. Thread safe.</summary>
/// <param name="normalizer">The one that the query went through.</param>
public sealed class Highlights(Normalizer normalizer)
{
    /// <summary>Title before text, each in reading order; passages that overlap are one.</summary>
    public IReadOnlyList<Highlight> Of(IndexDocument document, SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(query);
        GramPhrase[] phrases = [.. query.Terms.Where(term => !term.IsExcluded).SelectMany(term => term.Phrases)];
        return phrases.Length == 0 ? [] : [.. In("title", document.Title, phrases), .. In("text", document.Text, phrases)];
    }

    private IEnumerable<Highlight> In(string field, string? original, GramPhrase[] phrases)
    {
        if (string.IsNullOrEmpty(original))
        {
            return [];
        }

        var normalized = normalizer.Normalize(original);
        var passages = Passages(normalized, phrases.Where(phrase => !phrase.AsTyped));
        if (phrases.Any(phrase => phrase.AsTyped) && !normalized.Folds.IsEmpty)
        {
            passages = passages.Concat(Passages(normalizer.FoldGlobally(original), phrases.Where(phrase => phrase.AsTyped)));
        }

        return Merge(passages).Select(passage => new Highlight(field, passage.Start, passage.End, original[passage.Start..passage.End]));
    }

    private static IEnumerable<(int Start, int End)> Passages(NormalizedText text, IEnumerable<GramPhrase> phrases)
    {
        var units = UnitReader.Read(text.Text);
        foreach (var phrase in phrases)
        {
            for (var at = 0; at + phrase.Units.Count <= units.Count; at++)
            {
                if (StandsAt(at, phrase, units, text.Text))
                {
                    yield return text.ToOriginal(units[at].Start, units[at + phrase.Units.Count - 1].End);
                }
            }
        }
    }

    private static bool StandsAt(int at, GramPhrase phrase, List<GramUnit> units, string text)
    {
        for (var place = 0; place < phrase.Units.Count; place++)
        {
            var unit = units[at + place].SpanIn(text);
            var wanted = phrase.Units[place];
            if (phrase.IsPrefix && place == phrase.Units.Count - 1 ? !unit.StartsWith(wanted, StringComparison.Ordinal) : !unit.SequenceEqual(wanted))
            {
                return false;
            }
        }

        return true;
    }

    private static List<(int Start, int End)> Merge(IEnumerable<(int Start, int End)> passages)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var passage in passages.Where(passage => passage.Start < passage.End).Order())
        {
            if (merged.Count > 0 && passage.Start < merged[^1].End)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, passage.End));
            }
            else
            {
                merged.Add(passage);
            }
        }

        return merged;
    }
}
