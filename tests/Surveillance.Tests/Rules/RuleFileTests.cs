using Surveillance.Classifier;

namespace Surveillance.Tests.Rules;

public sealed class RuleFileTests : IDisposable
{
    private readonly SmallRuleFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Loads_a_rule_with_basis_and_examples() => Assert.Equal("guarantee.pass", Assert.Single(_data.Load().Rules).Id);

    [Theory]
    [InlineData("    basis: guarantee-in-education-ad\n", "", "guarantee.yaml: rule guarantee.pass: no legal basis")]
    [InlineData("basis: guarantee-in-education-ad", "basis: no-such-conduct", "unknown conduct 'no-such-conduct'")]
    [InlineData("match: [报名包过, 报名必过, 报名，包过]", "match: [报名包过, 报名必过]", "got 2 and 3")]
    [InlineData("miss: [报名, 包过, 报名包过滤网]", "miss: [报名, 包过]", "got 3 and 2")]
    [InlineData("<pass>", "<fail>", "unknown set <fail>")]
    [InlineData("severity: high", "severity: high\n    colour: red", "unknown member 'colour'")]
    [InlineData("severity: high", "severity: high\n    severity: low", "guarantee.yaml")]
    [InlineData("severity: high", "severity: huge", "'severity': expected low")]
    [InlineData("score: 0.9", "score: 1.9", "expected a number from 0 to 1, got '1.9'")]
    [InlineData("    note: 承诺包过\n", "", "missing member 'note'")]
    [InlineData("    patterns: [\"<pass>\"]\n", "", "no patterns")]
    [InlineData("报名必过, 报名，包过]", "报名必过, 报名及格]", "expected the example '报名及格' to match")]
    [InlineData("miss: [报名, 包过,", "miss: [报名, 报名包过,", "expected the example '报名包过' to miss")]
    [InlineData("requires: [selling]", "requires: [buying]", "unknown context, fact or item 'buying'")]
    [InlineData("id: guarantee.pass", "id: pass", "expected an id that begins with 'guarantee.'")]
    [InlineData("type: guarantee", "type: state-symbol", "expected a type that text can show")]
    [InlineData("name: 保证性承诺", "name: 承诺", "'name': expected 保证性承诺, got 承诺")]
    [InlineData("flag: 0.75", "flag: 0.2", "expected 0 < review <= flag")]
    [InlineData("\"<pass>\"", "\"ＡＢ\"", "expected 'ab' in normalised form")]
    [InlineData("\"<pass>\"", "\"包过..0\"", "expected a distance from 1 to 60")]
    [InlineData("\"<pass>\"", "\"(包过|必过\"", "'(' is not closed")]
    [InlineData("\"<pass>\"", "\"[9-1]包过\"", "expected a range such as [90-100]")]
    [InlineData("\"<pass>\"", "\"!(包过)\"", "expected at least one term or set that is not negated")]
    [InlineData("\"<pass>\"", "\"(包过|..3)\"", "expected terms and sets between")]
    [InlineData("rules:", "rules: [", "guarantee.yaml: line")]
    public void Rejects_a_rule_file_with(string good, string bad, string reason)
    {
        var spoilt = SmallRuleFolder.GoodRules.Replace("\r\n", "\n", StringComparison.Ordinal).Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(SmallRuleFolder.GoodRules, spoilt);
        _data.Write("rules/guarantee.yaml", spoilt);

        Assert.Contains(reason, Assert.Throws<RuleSetException>(_data.Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules/sets.yaml", "pass: [<other>]", "sets.yaml: set <pass>: unknown set <other>")]
    [InlineData("rules/sets-more.yaml", "pass: [包过]", "sets-more.yaml: set <pass>: the name is used twice")]
    [InlineData("rules/sets.yaml", "pass: []", "set <pass>: no terms")]
    [InlineData("rules/contexts.yaml", "selling: { patterns: [报名], all: [later] }\nlater: { patterns: [咨询] }", "context selling: 'all': unknown context")]
    [InlineData("rules/contexts.yaml", "has-price: { patterns: [元] }", "already that of a fact or item")]
    [InlineData("rules/counter.yaml", "a: { kind: doubt, reach: before, patterns: [不], strength: 0.9 }", "counter a: 'kind': expected one of denial")]
    [InlineData("rules/counter.yaml", "a: { kind: denial, reach: behind, patterns: [不], strength: 0.9 }", "'reach': expected before")]
    [InlineData("rules/counter.yaml", "a: { kind: denial, reach: before, strength: 0.9 }", "expected patterns, or conditions")]
    [InlineData("rules/counter.yaml", "a: { kind: denial, reach: before, patterns: [不], strength: 0.9, types: [arson] }", "unknown type 'arson'")]
    [InlineData("laws/conduct.yaml", "guarantee-in-education-ad: { name: n, consequence: c, bases: [{ law: no-law, article: \"1\" }] }", "unknown law 'no-law'")]
    [InlineData("laws/conduct.yaml", "guarantee-in-education-ad: { name: n, consequence: c }", "conduct guarantee-in-education-ad: no legal basis")]
    [InlineData("laws/conduct.yaml", "guarantee-in-education-ad: { name: n, consequence: c, bases: [{ law: criminal-law, versions: { 1999-01-01: { article: \"1\" } } }] }", "has no version of 1999-01-01")]
    [InlineData("laws/instruments/criminal-law.yaml", "title: 中华人民共和国刑法\nversions: [{ adopted: 2023-12-29, effective: soon, text: criminal-law-2023-12-29.md }]", "expected a day such as")]
    [InlineData("laws/instruments/criminal-law.yaml", "title: 中华人民共和国刑法\nversions: [{ adopted: 2023-12-29, effective: 2024-03-01, text: none.md }]", "expected the text")]
    [InlineData("platforms/official.yaml", "suffixes: [gov.cn]\ncolours: [red]", "official.yaml: unknown member 'colours'")]
    public void Rejects_another_file_with(string file, string content, string reason)
    {
        _data.Write(file, content);

        Assert.Contains(reason, Assert.Throws<RuleSetException>(_data.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_two_rules_of_one_id()
    {
        var rules = SmallRuleFolder.GoodRules.Replace("\r\n", "\n", StringComparison.Ordinal);
        _data.Write("rules/guarantee.yaml", rules + "\n" + rules[rules.IndexOf("  - id", StringComparison.Ordinal)..]);

        Assert.Contains("the id is used twice", Assert.Throws<RuleSetException>(_data.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_folder_that_is_missing() =>
        Assert.Contains("expected the folder with the rules", Assert.Throws<RuleSetException>(() => TextClassifier.Load(_data.Path + "/none")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rules/sets.yaml", "pass: [包过, 必过, 稳过]")]
    [InlineData("laws/conduct.yaml", null)]
    [InlineData("lexicon/extra.yaml", "terms: [全新词条]")]
    public void The_version_changes_with(string file, string? content)
    {
        var before = _data.Load().RulesVersion;
        Assert.Equal(before, _data.Load().RulesVersion);

        _data.Write(file, content ?? File.ReadAllText(Path.Combine(_data.Path, file)) + "# remark\n");

        Assert.NotEqual(before, _data.Load().RulesVersion);
    }
}
