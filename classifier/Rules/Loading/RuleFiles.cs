using Surveillance.Classifier.Laws;
using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads the data folder strictly into a <see cref="RuleSet"/>; the rules' own examples are run by <see cref="TextClassifier.Load"/>.</summary>
internal sealed class RuleFiles(string dataFolder)
{
    /// <summary>Files of <c>rules/</c> that hold no rules of a type.</summary>
    private static readonly string[] Shared = ["contexts.yaml", "items.yaml", "counter.yaml"];

    private const string Sets = "sets.yaml";
    private const string MoreSets = "sets-";

    private readonly string _folder = Path.Combine(dataFolder, "rules");
    private readonly TermSets _sets = new();

    /// <exception cref="RuleSetException">A file is wrong; the message names it and the rule.</exception>
    public RuleSet Read()
    {
        if (!Directory.Exists(_folder))
        {
            throw new RuleSetException($"{_folder}: expected the folder with the rules");
        }

        var laws = LawLibrary.Load(Path.Combine(dataFolder, "laws"));
        ReadSets();
        var patterns = new PatternReader(_sets);
        var items = new ItemFile(patterns).Read(StrictMap.ReadFile(Path.Combine(_folder, "items.yaml")));
        var conditions = new ContextFile(patterns, items).Read(StrictMap.ReadFile(Path.Combine(_folder, "contexts.yaml")));
        var types = ReadTypes(new TypeFile(patterns, conditions, laws));
        var counters = new CounterFile(patterns, conditions).Read(StrictMap.ReadFile(Path.Combine(_folder, "counter.yaml")));
        return new RuleSet(
            types,
            counters,
            conditions.Contexts,
            items,
            PlatformFiles.Read(Path.Combine(dataFolder, "platforms")),
            laws,
            new Vocabulary(_sets),
            Lexicon(types, items),
            DataDigest.Of(dataFolder));
    }

    /// <summary>What folding may yield: the words of violations and certificates, never a word that speaks against a violation.</summary>
    private HashSet<string> Lexicon(IEnumerable<TypeRules> types, IEnumerable<Item> items) =>
        [.. types.SelectMany(type => type.Rules).SelectMany(rule => rule.Patterns)
            .Concat(items.SelectMany(item => item.Patterns))
            .SelectMany(pattern => pattern.Needs)
            .Distinct()
            .SelectMany(symbol => _sets.TermsOfSymbol[symbol])
            .Where(term => term.Length > 1)];

    private void ReadSets()
    {
        var more = Directory.EnumerateFiles(_folder, MoreSets + "*.yaml").Order(StringComparer.Ordinal);
        foreach (var path in more.Prepend(Path.Combine(_folder, Sets)))
        {
            ReadSets(StrictMap.ReadFile(path));
        }
    }

    private void ReadSets(StrictMap file)
    {
        foreach (var name in file.Names)
        {
            try
            {
                _sets.Add(name, file.Texts(name));
            }
            catch (FormatException error)
            {
                throw new RuleSetException($"{file.Where}: set <{name}>: {error.Message}", error);
            }
        }
    }

    private List<TypeRules> ReadTypes(TypeFile reader)
    {
        var types = new List<TypeRules>();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (HoldsRules(Path.GetFileName(path)))
            {
                types.Add(reader.Read(StrictMap.ReadFile(path)));
            }
        }

        var doubled = types.SelectMany(type => type.Rules).GroupBy(rule => rule.Id, StringComparer.Ordinal).FirstOrDefault(rules => rules.Count() > 1);
        return doubled is null ? types : throw new RuleSetException($"{doubled.First().Type}.yaml: rule {doubled.Key}: the id is used twice");
    }

    private static bool HoldsRules(string file) =>
        file != Sets && !file.StartsWith(MoreSets, StringComparison.Ordinal) && !Shared.Contains(file, StringComparer.Ordinal);
}
