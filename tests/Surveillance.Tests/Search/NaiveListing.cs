using System.Text.RegularExpressions;
using Surveillance.Api.Search;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

/// <summary>What a person would say a listing contains: its normalised texts looked through letter by letter, without grams, parser or index.</summary>
internal sealed partial class NaiveListing
{
    private readonly string[] _normalized;
    private readonly string[] _written;

    public NaiveListing(IndexDocument document)
    {
        Document = document;
        var normalizer = Some.Classifier.Normalizer;
        string[] texts = [document.Title ?? "", document.Text ?? ""];
        _normalized = [.. texts.Select(text => Spaced(normalizer.Normalize(text).Text))];
        _written = [.. _normalized, .. texts.Select(text => Spaced(normalizer.FoldGlobally(text).Text))];
    }

    public IndexDocument Document { get; }

    public bool IsLead => Document.State is "confirmed" or "rejected" || (Document.State == "new" && Document.Decision != Classifier.Decision.Clear);

    /// <summary>Whether a normalised term stands in the title or the text, letters and digits not in the middle of others.</summary>
    public bool Has(string term) => _normalized.Any(text => Stands(text, term, isPrefix: false));

    public bool HasAny(params string[] terms) => terms.Any(Has);

    /// <summary>As <see cref="Quotes"/>, with more letters or digits behind it perhaps.</summary>
    public bool HasPrefix(string term) => _written.Any(text => Stands(text, term, isPrefix: true));

    /// <summary>As <see cref="Has"/>, also in the text as it was written.</summary>
    public bool Quotes(string term) => _written.Any(text => Stands(text, term, isPrefix: false));

    public bool Is(string type) => Document.Findings.Any(finding => finding.Type == type);

    private static bool Stands(string text, string term, bool isPrefix)
    {
        for (var at = text.IndexOf(term, StringComparison.Ordinal); at >= 0; at = text.IndexOf(term, at + 1, StringComparison.Ordinal))
        {
            if (IsEdge(text, at) && (isPrefix || IsEdge(text, at + term.Length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether no word goes on over this place. A mark belongs to a word only where one stands before it.</summary>
    private static bool IsEdge(string text, int at) =>
        at == 0 || at == text.Length || !EndsWord(text, at - 1) || !(IsWordLetter(text[at]) || IsMark(text[at]));

    private static bool EndsWord(string text, int at) => IsWordLetter(text[at]) || (IsMark(text[at]) && at > 0 && EndsWord(text, at - 1));

    private static bool IsMark(char unit) => char.GetUnicodeCategory(unit) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    public static bool IsWordLetter(char unit) => WordLetter().IsMatch(unit.ToString());

    /// <summary>White space as one space; what can't stand in an index as U+FFFD, halves of surrogate pairs among it.</summary>
    public static string Spaced(string text) => Spaces().Replace(string.Concat(text.EnumerateRunes()).Replace('\uE000', '\uFFFD'), " ");

    [GeneratedRegex(@"[\p{L}\p{N}-[\p{IsCJKUnifiedIdeographs}\p{IsCJKSymbolsandPunctuation}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}]]")]
    private static partial Regex WordLetter();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Spaces();
}
