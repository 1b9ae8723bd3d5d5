using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text;

/// <summary>Folds a text into the form that rules read. Thread safe.</summary>
/// <remarks>
/// Global folds happen everywhere: NFKC, case, format characters, traditional and variant forms. Lexicon folds (sound, spelling, parts, signs,
/// separators, order) happen only where they yield a term, and not where the passage is an everyday word or phrase. The work is linear in the
/// text's length. Building takes some milliseconds for each thousand terms.
/// </remarks>
public sealed class Normalizer
{
    private readonly GlobalFolding _global;
    private readonly LexiconFolding _lexicon;

    /// <param name="lexicon">The word lists of <c>data/lexicon</c>.</param>
    /// <param name="terms">Further terms that lexicon folds may yield, such as those of the rules.</param>
    public Normalizer(TextResources resources, Lexicon lexicon, IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(lexicon);
        ArgumentNullException.ThrowIfNull(terms);
        Segmenter = new Segmenter(resources);
        _global = new GlobalFolding(resources);
        var readings = new Readings(resources);
        var entries = new LexiconEntries(_global, readings, lexicon, terms);
        var index = new LexiconIndex(readings, entries.All, entries.Replacements, lexicon.Separators);
        _lexicon = new LexiconFolding(index, readings, new FoldGuard(index, Segmenter, lexicon, entries.Terms));
        LexiconSize = entries.Terms.Count;
    }

    /// <summary>The words that folds are weighed with; for whoever cuts what was normalised, since a second one costs 3 MB. Takes no user dictionaries.</summary>
    public Segmenter Segmenter { get; }

    /// <summary>How many terms lexicon folds may yield.</summary>
    public int LexiconSize { get; }

    /// <summary>Answers for any text, invalid surrogates included.</summary>
    public NormalizedText Normalize(string text) => Normalize(text, out _);

    /// <summary>The global folds alone: the text as it stands there, whatever the lexicon would read in it. Answers for any text.</summary>
    public NormalizedText FoldGlobally(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _global.Fold(text).ToNormalized([]);
    }

    /// <param name="steps">How many steps the lexicon folds took, to show that the work is linear.</param>
    internal NormalizedText Normalize(string text, out long steps)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _lexicon.Fold(_global.Fold(text), out steps);
    }
}
