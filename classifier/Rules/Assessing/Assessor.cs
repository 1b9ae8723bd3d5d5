using System.Collections.Concurrent;
using System.Collections.Immutable;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Turns the matches of rules, and what the model thinks, into findings and a decision. Thread safe.</summary>
/// <param name="judge">Null where the rules decide alone.</param>
internal sealed class Assessor(RuleSet rules, Normalizer normalizer, ModelJudge? judge = null)
{
    /// <summary>However many rules agree, no text is proof.</summary>
    private const double Certain = 0.99;

    private readonly ConcurrentBag<Desk> _desks = [];
    private readonly FindingWriter _writer = new(rules);
    private readonly (double Flag, double Review)[] _ruleThresholds = OfRules(rules);
    private readonly (double Flag, double Review)[] _thresholds = judge?.Thresholds ?? OfRules(rules);

    public double FlagFrom(string type) => ViolationType.OfText.Index().FirstOrDefault(known => known.Item == type) is (var index, not null) ? _thresholds[index].Flag : 1;

    public RuleSet Rules => rules;

    public Normalizer Normalizer => normalizer;

    public Assessment Assess(Listing listing, DateOnly today)
    {
        var day = listing.Observed ?? today;
        if (!_desks.TryTake(out var desk))
        {
            desk = new Desk(new ListingReading(rules, normalizer), judge?.NewBench());
        }

        var reading = desk.Reading;
        reading.Read(listing);
        var suspicions = reading.HasCue ? Suspicions(listing, desk) : [];
        var decision = suspicions.Exists(suspicion => suspicion.Score >= _thresholds[suspicion.Type].Flag) ? Decision.Flag
            : suspicions.Count == 0 ? Decision.Clear : Decision.Review;
        ImmutableArray<Finding> findings = [.. suspicions
            .Select(suspicion => _writer.Write(suspicion, day))
            .OrderByDescending(finding => finding.Score)
            .ThenBy(finding => finding.Type, StringComparer.Ordinal)];
        var assessment = new Assessment(
            listing.Id, decision, findings.IsEmpty ? 0 : findings[0].Score, day, [.. reading.Items], findings, [.. reading.Contacts], rules.Version, judge?.Version)
        {
            Uncertainty = Uncertainty.Of(suspicions.Select(suspicion =>
                (suspicion.Score, _thresholds[suspicion.Type].Flag, judge is not null && suspicion.ByModel != (suspicion.Rules.Count > 0)))),
        };
        _desks.Add(desk);
        return assessment;
    }

    private static (double Flag, double Review)[] OfRules(RuleSet rules) =>
        [.. ViolationType.OfText.Select(type => rules.Types.FirstOrDefault(known => known.Type == type) is { } known ? (known.Flag, known.Review) : (1, 1))];

    /// <summary>The rules' score of every type, after counter-evidence, whatever it is.</summary>
    internal static double[] RuleScores(ListingReading reading, Counterweight counterweight, RuleSet rules)
    {
        var scores = new double[ViolationType.OfText.Count];
        var weighed = Weigh(RuleMatches.Find(reading, rules), counterweight, rules);
        for (var type = 0; type < scores.Length; type++)
        {
            scores[type] = weighed[type] is { } found ? Score(found) : 0;
        }

        return scores;
    }

    /// <summary>One a type that reaches the review threshold.</summary>
    private List<Suspicion> Suspicions(Listing listing, Desk desk)
    {
        var matches = RuleMatches.Find(desk.Reading, rules);
        if (matches.Count == 0 && desk.Bench is null)
        {
            return [];
        }

        var counterweight = new Counterweight(desk.Reading, rules);
        var weighed = Weigh(matches, counterweight, rules);
        desk.Bench?.Read(listing, desk.Reading, counterweight);
        var suspicions = new List<Suspicion>();
        for (var type = 0; type < _thresholds.Length; type++)
        {
            var found = weighed[type];
            if (found is null && desk.Bench is null)
            {
                continue;
            }

            var ruleScore = found is null ? 0 : Score(found);
            var score = Math.Round(Math.Min(Certain, desk.Bench is null ? ruleScore : Joint(type, ruleScore, desk.Bench)), 4);
            if (score >= _thresholds[type].Review)
            {
                suspicions.Add(Suspect(type, score, found ?? [], desk));
            }
        }

        return suspicions;
    }

    /// <summary>What rules would flag by themselves, the model may call doubtful but not make nobody see.</summary>
    private double Joint(int type, double ruleScore, ModelJudge.Bench bench)
    {
        var probability = bench.Probability(type, ruleScore);
        return ruleScore >= _ruleThresholds[type].Flag ? Math.Max(probability, _thresholds[type].Review) : probability;
    }

    private Suspicion Suspect(int type, double score, List<WeighedRule> found, Desk desk)
    {
        var byModel = desk.Bench is { } bench && bench.Probability(type, 0) >= _thresholds[type].Review;
        return new Suspicion(type, score, found, byModel, found.Count == 0 ? desk.Bench!.Explain(type, desk.Reading) : []);
    }

    /// <returns>By type; null where no rule of the type matches.</returns>
    private static List<WeighedRule>?[] Weigh(List<RuleMatch> matches, Counterweight counterweight, RuleSet rules)
    {
        var weighed = new List<WeighedRule>?[ViolationType.OfText.Count];
        foreach (var (place, passages) in matches)
        {
            var rule = rules.Index.Rules[place];
            var against = new List<(string Kind, FieldPassage? Place)>();
            var best = 0.0;
            foreach (var match in passages)
            {
                best = Math.Max(best, rule.Score * counterweight.Weigh(rule.Type, match, against));
            }

            (weighed[rules.Index.TypeOf(place)] ??= []).Add(new WeighedRule(rule, best, passages, against));
        }

        return weighed;
    }

    /// <summary>In a fixed order, so that the same listing gives the same last bit.</summary>
    private static double Score(List<WeighedRule> weighed)
    {
        List<WeighedRule> strongest = [.. weighed];
        strongest.Sort((left, right) => left.Score != right.Score ? right.Score.CompareTo(left.Score) : string.CompareOrdinal(left.Rule.Id, right.Rule.Id));
        var counted = new List<WeighedRule>();
        var left = 1.0;
        foreach (var rule in strongest)
        {
            // Rules that read the same words as a stronger one do not count: what is said once is no second proof.
            if (!counted.Exists(stronger => Overlap(stronger.Matches, rule.Matches)))
            {
                counted.Add(rule);
                left *= 1 - rule.Score;
            }
        }

        return Math.Min(Certain, 1 - left);
    }

    private static bool Overlap(List<FieldPassage> ones, List<FieldPassage> others)
    {
        foreach (var one in ones)
        {
            foreach (var other in others)
            {
                if (one.Overlaps(other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <param name="Bench">Null where the rules decide alone.</param>
    private sealed record Desk(ListingReading Reading, ModelJudge.Bench? Bench);
}
