using Surveillance.Classifier;

namespace Surveillance.Tests.Rules;

/// <summary>A data folder of its own with the real laws and platforms, and as few rules as a test needs. Removed on disposal.</summary>
internal sealed class SmallRuleFolder : IDisposable
{
    /// <summary>A rule file that loads.</summary>
    public const string GoodRules = """
        type: guarantee
        name: 保证性承诺
        flag: 0.75
        review: 0.45
        rules:
          - id: guarantee.pass
            severity: high
            score: 0.9
            basis: guarantee-in-education-ad
            note: 承诺包过
            patterns: ["<pass>"]
            requires: [selling]
            except: [包过滤]
            examples:
              match: [报名包过, 报名必过, 报名，包过]
              miss: [报名, 包过, 报名包过滤网]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("surveillance-rules-");

    public SmallRuleFolder()
    {
        Copy("laws");
        Copy("platforms");
        Copy("lexicon");
        Write("rules/sets.yaml", "pass: [包过, 必过]");
        Write("rules/items.yaml", "低压电工证: [低压电工]");
        Write("rules/contexts.yaml", "selling: { patterns: [报名] }");
        Write("rules/counter.yaml", "denial.not: { kind: denial, reach: before, within: 0, patterns: [不], strength: 0.9 }");
        Write("rules/guarantee.yaml", GoodRules);
    }

    public string Path => _folder.FullName;

    public TextClassifier Load() => TextClassifier.Load(Path);

    public void Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public void Dispose() => _folder.Delete(true);

    private void Copy(string name)
    {
        var from = System.IO.Path.Combine(RepositoryData.Folder, name);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            Write(System.IO.Path.GetRelativePath(RepositoryData.Folder, file), File.ReadAllText(file));
        }
    }
}
