using Surveillance.Classifier.Rules.Assessing;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Runs the rules' own examples through the whole assessment.</summary>
internal static class RuleExamples
{
    /// <summary>A rule matches where its finding is listed and names it; that the law is of another day does not matter.</summary>
    private static readonly DateOnly AnyDay = new(2026, 1, 1);

    /// <exception cref="RuleSetException">Examples fail; the message names each.</exception>
    public static void Check(RuleSet rules, Assessor assessor)
    {
        List<string> failures = [.. rules.Index.Rules.AsParallel().AsOrdered().SelectMany(rule => rule.Examples
            .Select(example => Failure(rule, example, assessor))
            .Where(failure => failure is not null)
            .Select(failure => $"{rule.Type}.yaml: rule {rule.Id}: {failure}"))];
        if (failures.Count > 0)
        {
            throw new RuleSetException(string.Join("; ", failures));
        }
    }

    /// <summary>Null when the example holds.</summary>
    public static string? Failure(Rule rule, RuleExample example, Assessor assessor)
    {
        var matched = assessor.Assess(example.Listing, AnyDay).Findings.Any(finding => finding.Rules.Contains(rule.Id));
        return matched == example.Matches ? null
            : $"expected the example '{example.Listing.Title ?? example.Listing.Text}' to {(example.Matches ? "match" : "miss")}";
    }
}
