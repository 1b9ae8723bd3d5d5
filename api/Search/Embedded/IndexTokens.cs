using System.Security.Cryptography;
using System.Text;

namespace Surveillance.Api.Search.Embedded;

/// <summary>What the full-text index holds of a document, and how a query asks for it: tokens of letters that SQLite's <c>ascii</c> tokenizer leaves alone.</summary>
internal static class IndexTokens
{
    /// <summary>Every document has it: what exclusions alone are taken from.</summary>
    public const string Any = "any";

    /// <summary>Between two texts, so that no phrase goes on from one to the other.</summary>
    private const char Gap = '\uE1FE';

    /// <summary>From here on, one for each ASCII character that the tokenizer would part at or fold.</summary>
    private const char Escaped = '\uE100';

    /// <summary>Stands before a character of the text that looks like an escape.</summary>
    private const char Itself = '\uE1FF';

    /// <summary>A facet's longer value is indexed by its digest.</summary>
    private const int LongestValue = 200;

    private static readonly string[] Fields =
    [
        SearchField.Type, SearchField.Platform, SearchField.Item, SearchField.Seller, SearchField.Contact, SearchField.Region, SearchField.State, SearchField.Decision,
    ];

    /// <summary>Neighbouring units in their order.</summary>
    public static string Pairs(IndexDocument document)
    {
        var tokens = new StringBuilder();
        foreach (var gram in document.Grams)
        {
            if (tokens.Length > 0)
            {
                tokens.Append(Gap).Append(' ');
            }

            string? before = null;
            foreach (var unit in gram.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var token = Escape(unit);
                if (before is not null)
                {
                    tokens.Append(before).Append(token).Append(' ');
                }

                before = token;
            }
        }

        return tokens.ToString();
    }

    /// <summary>Each unit once.</summary>
    public static string Singles(IndexDocument document) =>
        string.Join(' ', document.Grams.SelectMany(gram => gram.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal).Select(Escape));

    /// <summary>Values that are filtered letter by letter.</summary>
    public static string Facets(IndexDocument document) =>
        string.Join(' ', Fields.SelectMany(field => DocumentFields.ValuesOf(field, document).Distinct(StringComparer.Ordinal).Select(value => Of(field, value))).Append(Any));

    public static string Of(string field, string value) => value.Length <= LongestValue
        ? field.Replace("_", "", StringComparison.Ordinal) + Escape("=" + value)
        : field.Replace("_", "", StringComparison.Ordinal) + Escape("#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value))));

    /// <summary>The tokens of a phrase; a unit alone is its own.</summary>
    public static IEnumerable<string> Of(GramPhrase phrase)
    {
        string[] units = [.. phrase.Units.Select(unit => Escape(phrase.AsTyped ? Grams.TypedMark + unit : unit))];
        return units.Length == 1 ? units : units.Zip(units.Skip(1), string.Concat);
    }

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 4);
        foreach (var unit in text)
        {
            if (char.IsAscii(unit) && !char.IsAsciiLetterLower(unit) && !char.IsAsciiDigit(unit))
            {
                escaped.Append((char)(Escaped + unit));
            }
            else if (unit is >= Escaped and <= Itself)
            {
                escaped.Append(Itself).Append(unit);
            }
            else
            {
                escaped.Append(unit);
            }
        }

        return escaped.ToString();
    }

    /// <summary>What needs no second look.</summary>
    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range('a', 26).Concat(Enumerable.Range('0', 10)).Concat(Enumerable.Range(0x4E00, 0x9FFF - 0x4E00)).Select(unit => (char)unit)]);
}
