using Surveillance.Classifier.Laws;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Rules.Loading;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier;

/// <summary>Says which passages of a text may break which rule.</summary>
/// <remarks>
/// Everything that can fail fails while loading: a bad rule, law or lexicon file throws <see cref="RuleSetException"/>. After that
/// <see cref="Classify"/> answers for any text whatever, needs no clock, no network and no lock, and gives the same answer every time.
/// </remarks>
public sealed class TextClassifier
{
    private readonly RuleSet _rules;
    private readonly Assessor _assessor;

    private TextClassifier(RuleSet rules, Assessor assessor, StatisticalModel? model)
    {
        _rules = rules;
        _assessor = assessor;
        Model = model;
    }

    /// <summary>Null where the rules decide alone.</summary>
    public StatisticalModel? Model { get; }

    /// <summary>Digest of rules, laws, lexicon and platforms.</summary>
    public string RulesVersion => _rules.Version;

    /// <summary>The laws that findings cite.</summary>
    public LawLibrary Laws => _rules.Laws;

    /// <summary>All rules with their notes, type by type.</summary>
    public IReadOnlyList<Rule> Rules => _rules.Index.Rules;

    /// <param name="dataFolder">Holds <c>rules/</c>, <c>laws/</c>, <c>lexicon/</c> and <c>platforms/</c>.</param>
    /// <exception cref="RuleSetException">A file there is wrong, or a rule fails its own examples; the message names the file and the rule.</exception>
    /// <exception cref="ModelException">The model can't be used.</exception>
    /// <param name="modelFile">A file that <c>train</c> wrote; null for rules alone.</param>
    public static TextClassifier Load(string dataFolder, string? modelFile = null)
    {
        var model = modelFile is null ? null : StatisticalModel.Open(modelFile);
        var rules = new RuleFiles(dataFolder).Read();
        var normalizer = OpenNormalizer(dataFolder, rules.Lexicon);
        var byRules = new Assessor(rules, normalizer);
        RuleExamples.Check(rules, byRules);
        return model is null ? new TextClassifier(rules, byRules, null)
            : new TextClassifier(rules, new Assessor(rules, normalizer, new ModelJudge(model, rules, new Segmenter(TextResources.Open()))), model);
    }

    /// <summary>The normaliser that reads texts as the rules do.</summary>
    /// <inheritdoc cref="Load"/>
    public static Normalizer LoadNormalizer(string dataFolder) => OpenNormalizer(dataFolder, new RuleFiles(dataFolder).Read().Lexicon);

    internal static Normalizer OpenNormalizer(string dataFolder, IEnumerable<string> terms)
    {
        try
        {
            return new Normalizer(TextResources.Open(Path.Combine(dataFolder, "text.bin")), Lexicon.Load(Path.Combine(dataFolder, "lexicon")), terms);
        }
        catch (InvalidDataException error)
        {
            throw new RuleSetException(error.Message, error);
        }
    }

    /// <summary>From which score a finding of a type flags its listing.</summary>
    public double FlagFrom(string type) => _assessor.FlagFrom(type);

    /// <summary>Assesses one listing under the law of its own day, else of <paramref name="today"/>.</summary>
    /// <param name="listing">Any text whatever gets an answer.</param>
    /// <param name="today">In Asia/Shanghai; used where the listing has no day of its own.</param>
    public Assessment Classify(Listing listing, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return _assessor.Assess(listing, today);
    }
}
