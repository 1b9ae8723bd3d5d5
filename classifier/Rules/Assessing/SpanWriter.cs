using System.Text.Json;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Leads a passage of normalised text back to the original.</summary>
internal static class SpanWriter
{
    public static Span Write(FieldPassage passage)
    {
        var normalized = passage.Field.Normalized;
        var (start, end) = normalized.ToOriginal(passage.Passage.Start, passage.Passage.End);
        var original = normalized.Original[start..end];
        var canonical = normalized.Text[passage.Passage.Start..passage.Passage.End];
        return new Span(passage.Field.Name, start, end, original, canonical == original ? null : canonical, FoldOf(normalized, start, end));
    }

    private static string? FoldOf(NormalizedText normalized, int start, int end)
    {
        foreach (var fold in normalized.Folds)
        {
            if (fold.Start < end && fold.End > start)
            {
                return JsonNamingPolicy.KebabCaseLower.ConvertName(fold.Kind.ToString());
            }
        }

        return null;
    }
}
