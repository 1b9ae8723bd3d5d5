namespace Surveillance.Classifier.Rules;

/// <summary>The rules of one violation type and when their findings count.</summary>
/// <param name="Flag">From which score a finding flags its listing.</param>
/// <param name="Review">From which score a finding is listed at all.</param>
internal sealed record TypeRules(string Type, double Flag, double Review, IReadOnlyList<Rule> Rules);
