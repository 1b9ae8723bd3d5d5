using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>Says a phrase of units in the server's query language: its pairs of neighbours one after another, or its one unit.</summary>
internal static class PhraseQuery
{
    // By default the server tries the first fifty words that begin so, and leaves out what the others would find.
    private const int AllExpansions = int.MaxValue;

    public static JsonNode Of(GramPhrase phrase)
    {
        var tokens = Tokens(phrase);
        return (phrase.IsPrefix, tokens.Count) switch
        {
            (false, 1) => On("term", tokens[0]),
            (false, _) => On("match_phrase", string.Join(' ', tokens)),
            (true, 1) => On("prefix", tokens[0]),
            (true, _) => Beginning(string.Join(' ', tokens)),
        };
    }

    private static List<string> Tokens(GramPhrase phrase)
    {
        string[] units = Grams.Join(phrase.Units, phrase.AsTyped).Split(' ');
        return units.Length == 1 ? [units[0]] : [.. units.Zip(units.Skip(1), string.Concat)];
    }

    /// <summary>The last token is only the beginning of one.</summary>
    private static JsonObject Beginning(string tokens) => new()
    {
        ["match_phrase_prefix"] = new JsonObject { [ListingMapping.Grams] = new JsonObject { ["query"] = tokens, ["max_expansions"] = AllExpansions } },
    };

    private static JsonObject On(string kind, string text) => new() { [kind] = new JsonObject { [ListingMapping.Grams] = text } };
}
