namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>A type of which a listing is suspected, before it is written out as a finding.</summary>
/// <param name="Type">By its place in <see cref="ViolationType.OfText"/>.</param>
/// <param name="Rules">Those that matched, in the rules' order; none where the model alone speaks.</param>
/// <param name="ByModel">The model would list it without any rule.</param>
/// <param name="Words">What the model alone goes by.</param>
internal sealed record Suspicion(int Type, double Score, List<WeighedRule> Rules, bool ByModel, IReadOnlyList<FieldPassage> Words);

/// <summary>A rule that matched, with what is left of its score and what took the rest.</summary>
internal sealed record WeighedRule(Rule Rule, double Score, List<FieldPassage> Matches, List<(string Kind, FieldPassage? Place)> Against);
