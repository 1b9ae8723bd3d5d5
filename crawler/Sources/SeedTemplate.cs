using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Sources;

/// <summary>Seed addresses with <c>{base}</c> and <c>{keyword}</c> in them.</summary>
internal static partial class SeedTemplate
{
    private const string Keyword = "{keyword}";
    private const string Base = "{base}";

    public static bool AsksForKeyword(string template) => template.Contains(Keyword, StringComparison.Ordinal);

    public static bool AsksForBase(string template) => template.Contains(Base, StringComparison.Ordinal);

    /// <summary>A placeholder that is neither of the two, or null.</summary>
    public static string? UnknownPlaceholder(string template) =>
        Placeholder().Matches(template).Select(match => match.Value).FirstOrDefault(value => value is not (Keyword or Base));

    /// <summary>One address a keyword, or one in all where the template names no keyword. Keywords are percent-encoded as UTF-8.</summary>
    public static IEnumerable<string> Expand(string template, Uri? address, IReadOnlyList<string> keywords)
    {
        var based = template.Replace(Base, address?.AbsoluteUri.TrimEnd('/') ?? "", StringComparison.Ordinal);
        return AsksForKeyword(based)
            ? keywords.Select(keyword => based.Replace(Keyword, Uri.EscapeDataString(keyword), StringComparison.Ordinal))
            : [based];
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
