namespace Surveillance.Classifier.Laws;

/// <summary>A law, regulation or interpretation with the versions of it that are loaded.</summary>
/// <param name="Title">Official title in Chinese, without book-title marks.</param>
/// <param name="Short">As officers call it, e.g. 广告法; null where the title is short.</param>
/// <param name="Versions">By the day of adoption; empty for an instrument that is cited but not loaded.</param>
internal sealed record Instrument(string Title, string? Short, IReadOnlyList<LawVersion> Versions);

/// <summary>One wording of an instrument.</summary>
/// <param name="Adopted">The day of adoption or publication, which names the version.</param>
/// <param name="Effective">From when it applies.</param>
/// <param name="Until">The last day on which it applies, or null while it does.</param>
/// <param name="Confirmed">False where <paramref name="Effective"/> is known at second hand only.</param>
/// <param name="LaterArticles">Articles that apply from a later day than <paramref name="Effective"/>.</param>
internal sealed record LawVersion(
    DateOnly Adopted,
    DateOnly Effective,
    DateOnly? Until,
    bool Confirmed,
    IReadOnlyDictionary<string, DateOnly> LaterArticles,
    LawText Text)
{
    /// <summary>From when the article applies in this wording.</summary>
    public DateOnly EffectiveOf(string? article) =>
        article is not null && LaterArticles.TryGetValue(article, out var day) ? day : Effective;

    public bool AppliesTo(string? article, DateOnly day) => EffectiveOf(article) <= day && (Until is null || day <= Until);
}
