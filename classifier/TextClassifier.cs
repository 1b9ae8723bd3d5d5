using Surveillance.Classifier.Laws;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Rules.Loading;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier;

/// <summary>Says which passages of a text may break which rule.</summary>
/// <remarks>
/// Everything that can fail fails while loading: a bad rule, law or lexicon file throws <see cref="RuleSetException"/>. After that
/// <see cref="Classify"/> answers for any text whatever, needs no clock, no network and no lock, and gives the same answer every time
/// until <see cref="ReloadIfChanged"/> puts another set of rules in place of this one. Thread safe.
/// </remarks>
public sealed class TextClassifier
{
    private readonly string _dataFolder;
    private readonly Lock _reloading = new();
    private volatile Assessor _assessor;
    private string _lastTried;

    private TextClassifier(string dataFolder, StatisticalModel? model)
    {
        _dataFolder = dataFolder;
        _assessor = LoadAssessor(dataFolder, model);
        _lastTried = _assessor.Rules.Version;
        Model = model;
    }

    /// <summary>Null where the rules decide alone.</summary>
    public StatisticalModel? Model { get; }

    /// <summary>Digest of rules, laws, lexicon and platforms.</summary>
    public string RulesVersion => _assessor.Rules.Version;

    /// <summary>The laws that findings cite.</summary>
    public LawLibrary Laws => _assessor.Rules.Laws;

    /// <summary>Reads texts as the rules in force do; another after <see cref="ReloadIfChanged"/>.</summary>
    public Normalizer Normalizer => _assessor.Normalizer;

    /// <summary>All rules with their notes, type by type.</summary>
    public IReadOnlyList<Rule> Rules => _assessor.Rules.Index.Rules;

    /// <param name="dataFolder">Holds <c>rules/</c>, <c>laws/</c>, <c>lexicon/</c> and <c>platforms/</c>.</param>
    /// <exception cref="RuleSetException">A file there is wrong, or a rule fails its own examples; the message names the file and the rule.</exception>
    /// <exception cref="ModelException">The model can't be used.</exception>
    /// <param name="modelFile">A file that <c>train</c> wrote; null for rules alone.</param>
    public static TextClassifier Load(string dataFolder, string? modelFile = null) =>
        new(dataFolder, modelFile is null ? null : StatisticalModel.Open(modelFile));

    /// <summary>Takes up what was changed in the data folder; from then on every assessment follows it. True when it did.</summary>
    /// <remarks>A set that is wrong is refused once: until the files change again, further calls return false.</remarks>
    /// <exception cref="RuleSetException">A file is wrong, or a rule fails its own examples; the rules in force stay.</exception>
    public bool ReloadIfChanged()
    {
        lock (_reloading)
        {
            var version = DataDigest.Of(_dataFolder);
            if (version == _lastTried)
            {
                return false;
            }

            _lastTried = version;
            if (version == RulesVersion)
            {
                return false;
            }

            var assessor = LoadAssessor(_dataFolder, Model);
            if (assessor.Rules.Version != version)
            {
                // Changed while it was read; the next call reads it whole.
                _lastTried = "";
                return false;
            }

            _assessor = assessor;
            return true;
        }
    }

    private static Assessor LoadAssessor(string dataFolder, StatisticalModel? model)
    {
        var rules = new RuleFiles(dataFolder).Read();
        var normalizer = OpenNormalizer(dataFolder, rules.Lexicon);
        var byRules = new Assessor(rules, normalizer);
        RuleExamples.Check(rules, byRules);
        return model is null ? byRules : new Assessor(rules, normalizer, new ModelJudge(model, rules, normalizer.Segmenter));
    }

    /// <summary>The normaliser that reads texts as the rules do.</summary>
    /// <inheritdoc cref="Load"/>
    public static Normalizer LoadNormalizer(string dataFolder) => OpenNormalizer(dataFolder, new RuleFiles(dataFolder).Read().Lexicon);

    internal static Normalizer OpenNormalizer(string dataFolder, IEnumerable<string> terms)
    {
        try
        {
            return new Normalizer(TextResources.Open(), Lexicon.Load(Path.Combine(dataFolder, "lexicon")), terms);
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
