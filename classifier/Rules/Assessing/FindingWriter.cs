using System.Collections.Immutable;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Writes suspicions out as findings, with passages and law. Thread safe.</summary>
internal sealed class FindingWriter(RuleSet rules)
{
    /// <summary>By type: the conduct that most of its rules are about, for findings that no rule made.</summary>
    private readonly string?[] _usual = [.. ViolationType.OfText.Select(type => rules.Index.Rules
        .Where(rule => rule.Type == type)
        .GroupBy(rule => rule.Conduct, StringComparer.Ordinal)
        .MaxBy(conduct => conduct.Count())?.Key)];

    public Finding Write(Suspicion suspicion, DateOnly day)
    {
        var strongest = suspicion.Rules.OrderByDescending(rule => rule.Score).ThenBy(rule => rule.Rule.Id, StringComparer.Ordinal).ToList();
        var conducts = strongest.Count > 0 ? strongest.Select(rule => rule.Rule.Conduct).Distinct() : _usual[suspicion.Type] is { } usual ? [usual] : [];
        return new Finding(
            ViolationType.OfText[suspicion.Type],
            suspicion.Score,
            strongest.FirstOrDefault()?.Rule.Id,
            [.. strongest.Select(rule => rule.Rule.Id)],
            strongest.Count == 0 ? ["model"] : suspicion.ByModel ? ["rule", "model"] : ["rule"],
            Spans(suspicion.Rules.SelectMany(rule => rule.Matches).Concat(suspicion.Words)),
            [.. conducts.SelectMany(conduct => rules.Laws.CiteConduct(conduct, day)).Distinct()],
            [.. suspicion.Rules.SelectMany(rule => rule.Against)
                .GroupBy(against => against.Kind, StringComparer.Ordinal)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new CounterEvidence(kind.Key, Spans(kind.Where(against => against.Place is not null).Select(against => against.Place!.Value))))]);
    }

    private static ImmutableArray<Span> Spans(IEnumerable<FieldPassage> passages) =>
        [.. passages
            .Distinct()
            .OrderBy(passage => passage.Field.Name switch { "title" => 0, "text" => 1, _ => 2 })
            .ThenBy(passage => passage.Passage.Start)
            .ThenBy(passage => passage.Passage.End)
            .Select(SpanWriter.Write)];
}
