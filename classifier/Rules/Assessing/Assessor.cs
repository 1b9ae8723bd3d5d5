using System.Collections.Concurrent;
using System.Collections.Immutable;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Turns the matches of rules into findings and a decision. Thread safe.</summary>
internal sealed class Assessor(RuleSet rules, Normalizer normalizer)
{
    /// <summary>However many rules agree, no text is proof.</summary>
    private const double Certain = 0.99;

    private readonly ConcurrentBag<ListingReading> _readings = [];

    public RuleSet Rules => rules;

    public Assessment Assess(Listing listing, DateOnly today)
    {
        var day = listing.Observed ?? today;
        if (!_readings.TryTake(out var reading))
        {
            reading = new ListingReading(rules, normalizer);
        }

        reading.Read(listing);
        var findings = Findings(reading, day);
        var decision = findings.Any(finding => finding.Score >= Threshold(finding.Type).Flag) ? Decision.Flag
            : findings.IsEmpty ? Decision.Clear : Decision.Review;
        var assessment = new Assessment(
            listing.Id, decision, findings.IsEmpty ? 0 : findings[0].Score, day, [.. reading.Items], findings, [.. reading.Contacts], rules.Version, null);
        _readings.Add(reading);
        return assessment;
    }

    private ImmutableArray<Finding> Findings(ListingReading reading, DateOnly day)
    {
        var matches = RuleMatches.Find(reading, rules);
        if (matches.Count == 0)
        {
            return [];
        }

        var counterweight = new Counterweight(reading, rules);
        return [.. matches
            .Select(match => Weigh(rules.Index.Rules[match.Key], match.Value, counterweight))
            .GroupBy(weighed => weighed.Rule.Type)
            .Select(weighed => Compose(weighed.Key, [.. weighed], day))
            .Where(finding => finding.Score >= Threshold(finding.Type).Review)
            .OrderByDescending(finding => finding.Score)
            .ThenBy(finding => finding.Type, StringComparer.Ordinal)];
    }

    private TypeRules Threshold(string type) => rules.Types.First(candidate => candidate.Type == type);

    private static WeighedRule Weigh(Rule rule, List<FieldPassage> matches, Counterweight counterweight)
    {
        var against = new List<(string Kind, FieldPassage? Place)>();
        var best = matches.Max(match => rule.Score * counterweight.Weigh(rule.Type, match, against));
        return new WeighedRule(rule, best, matches, against);
    }

    private Finding Compose(string type, List<WeighedRule> weighed, DateOnly day)
    {
        // In a fixed order, so that the same listing gives the same last bit.
        var strongest = weighed.OrderByDescending(rule => rule.Score).ThenBy(rule => rule.Rule.Id, StringComparer.Ordinal).ToList();
        var missed = Independent(strongest).Aggregate(1.0, (left, rule) => left * (1 - rule.Score));
        return new Finding(
            type,
            Math.Round(Math.Min(Certain, 1 - missed), 4),
            strongest[0].Rule.Id,
            [.. strongest.Select(rule => rule.Rule.Id)],
            ["rule"],
            Spans(weighed.SelectMany(rule => rule.Matches)),
            [.. strongest.Select(rule => rule.Rule.Conduct).Distinct().SelectMany(conduct => rules.Laws.CiteConduct(conduct, day)).Distinct()],
            [.. weighed.SelectMany(rule => rule.Against)
                .GroupBy(against => against.Kind, StringComparer.Ordinal)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new CounterEvidence(kind.Key, Spans(kind.Where(against => against.Place is not null).Select(against => against.Place!.Value))))]);
    }

    /// <summary>Without rules that read the same words as a stronger one: what is said once is no second proof.</summary>
    private static List<WeighedRule> Independent(List<WeighedRule> strongest)
    {
        var counted = new List<WeighedRule>();
        foreach (var rule in strongest)
        {
            if (!counted.Any(stronger => stronger.Matches.Any(match => rule.Matches.Any(match.Overlaps))))
            {
                counted.Add(rule);
            }
        }

        return counted;
    }

    private static ImmutableArray<Span> Spans(IEnumerable<FieldPassage> passages) =>
        [.. passages
            .Distinct()
            .OrderBy(passage => passage.Field.Name switch { "title" => 0, "text" => 1, _ => 2 })
            .ThenBy(passage => passage.Passage.Start)
            .ThenBy(passage => passage.Passage.End)
            .Select(SpanWriter.Write)];

    private sealed record WeighedRule(Rule Rule, double Score, List<FieldPassage> Matches, List<(string Kind, FieldPassage? Place)> Against);
}
