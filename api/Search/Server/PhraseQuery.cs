using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>Says a phrase of units in the server's query language: its pairs of neighbours one after another, or its one unit.</summary>
internal static class PhraseQuery
{
    public static JsonNode Of(GramPhrase phrase)
    {
        var tokens = Tokens(phrase);
        return (phrase.IsPrefix, tokens.Count) switch
        {
            (false, 1) => On("term", tokens[0]),
            (false, _) => On("match_phrase", string.Join(' ', tokens)),
            (true, 1) => On("prefix", tokens[0]),
            (true, _) => Beginning(tokens),
        };
    }

    private static List<string> Tokens(GramPhrase phrase)
    {
        string[] units = [.. phrase.Units.Select(unit => phrase.AsTyped ? Search.Grams.TypedMark + unit : unit)];
        return units.Length == 1 ? [units[0]] : [.. units.Zip(units.Skip(1), string.Concat)];
    }

    /// <summary>The last token is only the beginning of one.</summary>
    private static JsonObject Beginning(List<string> tokens)
    {
        var clauses = new JsonArray();
        foreach (var token in tokens.SkipLast(1))
        {
            clauses.Add(On("span_term", token));
        }

        clauses.Add(new JsonObject { ["span_multi"] = new JsonObject { ["match"] = On("prefix", tokens[^1]) } });
        return new JsonObject { ["span_near"] = new JsonObject { ["clauses"] = clauses, ["slop"] = 0, ["in_order"] = true } };
    }

    private static JsonObject On(string kind, string text) => new() { [kind] = new JsonObject { [ListingMapping.Grams] = text } };
}
