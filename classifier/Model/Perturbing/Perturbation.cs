namespace Surveillance.Classifier.Model.Perturbing;

/// <summary>One way in which sellers hide their words from a search, done to a text.</summary>
/// <param name="Name">E.g. <c>zero-width</c>.</param>
/// <param name="Label">In Chinese.</param>
public sealed record Perturbation(string Name, string Label)
{
    /// <summary>Hides one term, or null where this way does nothing to it.</summary>
    internal Func<string, string?> Hide { get; init; } = _ => null;

    /// <summary>Rewrites the whole text instead of single terms; null for the latter.</summary>
    internal Func<string, string>? Rewrite { get; init; }

    /// <summary>The text as a seller would disguise it; the text itself where there is nothing to disguise.</summary>
    /// <param name="places">The words to hide: half open, in order, apart from each other.</param>
    public string Apply(string text, IReadOnlyList<(int Start, int End)> places)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(places);
        if (Rewrite is not null)
        {
            return Rewrite(text);
        }

        var written = new System.Text.StringBuilder(text.Length + 16);
        var done = 0;
        foreach (var (start, end) in places)
        {
            written.Append(text, done, start - done).Append(Hide(text[start..end]) ?? text[start..end]);
            done = end;
        }

        return written.Append(text, done, text.Length - done).ToString();
    }
}
