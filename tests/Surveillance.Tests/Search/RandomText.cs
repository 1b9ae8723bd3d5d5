namespace Surveillance.Tests.Search;

/// <summary>Texts of a small alphabet, so that short terms often meet, at words' edges too.</summary>
internal static class RandomText
{
    private static readonly string[] Alphabet = ["电", "工", "证", "过", "a", "b", "1", "2", "é", " ", "　", "-", ".", "!", "，", "🔥", "𠮷", "の", "\u0301", "\uD83D", "\n"];

    public static string Of(Random random, int longest) => Of(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => random.Next(Alphabet.Length)));

    public static string Of(IEnumerable<int> places) => string.Concat(places.Select(place => Alphabet[place % Alphabet.Length]));

    /// <returns>Null where the text is nothing to search for.</returns>
    public static SearchCase? Case(Random random) => Case(Of(random, 4), random.Next(4));

    /// <param name="kind">0 in quotes, 1 excluded and in quotes, 2 plain, 3 the beginning of a word.</param>
    /// <returns>Null where the text is nothing to search for.</returns>
    public static SearchCase? Case(string text, int kind)
    {
        var folded = Support.Some.Classifier.Normalizer.FoldGlobally(text).Text;
        var normal = Support.Some.Classifier.Normalizer.Normalize(text).Text;
        var term = NaiveListing.Spaced(folded);
        switch (kind)
        {
            case 0 when folded.Length > 0:
                return new SearchCase($"\"{text}\"", listing => listing.Quotes(term));
            case 1 when folded.Length > 0:
                return new SearchCase($"-\"{text}\"", listing => !listing.Quotes(term));
            case 2 or 3 when text.Length == 0 || text.Any(char.IsWhiteSpace) || text.StartsWith('-') || folded.Length == 0 || !NaiveListing.IsWordLetter(folded[^1]):
                return null;
            case 2:
                return new SearchCase(text, listing => listing.Has(NaiveListing.Spaced(normal)));
            case 3:
                return new SearchCase(text + "*", listing => listing.HasPrefix(term));
            default:
                return null;
        }
    }
}
