using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>One way to break the law that a text can show (规则).</summary>
/// <param name="Id">E.g. <c>guarantee.pass</c>.</param>
/// <param name="Type">The violation type's id.</param>
/// <param name="Conduct">What it is in law; <see cref="Laws.LawLibrary.CiteConduct"/> says where.</param>
/// <param name="Note">In Chinese, for the officer: what was promised and why it matters.</param>
/// <param name="Score">Probability that a match is a violation when nothing speaks against it.</param>
public sealed record Rule(string Id, string Type, Severity Severity, string Conduct, string Note, double Score)
{
    internal IReadOnlyList<Pattern> Patterns { get; init; } = [];

    /// <summary>Phrases that win over a match which they overlap.</summary>
    internal IReadOnlyList<Pattern> Except { get; init; } = [];

    internal Fields Fields { get; init; } = Fields.Usual;

    internal IReadOnlyList<Condition> Requires { get; init; } = [];

    internal IReadOnlyList<Condition> Unless { get; init; } = [];

    internal IReadOnlyList<RuleExample> Examples { get; init; } = [];
}

/// <summary>How grave a match is, for ordering what officers read.</summary>
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>A listing that a rule must find, or must leave alone.</summary>
internal sealed record RuleExample(Listing Listing, bool Matches);
