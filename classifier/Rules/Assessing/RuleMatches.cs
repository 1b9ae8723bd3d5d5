using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Where each rule matches in a listing, before anything that speaks against it.</summary>
internal static class RuleMatches
{
    /// <summary>By the rule's place in the set; only rules whose conditions hold.</summary>
    public static SortedDictionary<int, List<FieldPassage>> Find(ListingReading reading, RuleSet rules)
    {
        var matches = new SortedDictionary<int, List<FieldPassage>>();
        var found = new List<Passage>();
        foreach (var field in reading.Fields)
        {
            foreach (var symbol in field.Touched)
            {
                foreach (var candidate in rules.Index.RulesOf(symbol))
                {
                    if (!ListingReading.Covers(candidate.Fields, field))
                    {
                        continue;
                    }

                    found.Clear();
                    PatternMatcher.Find(candidate.Pattern, field, found);
                    if (found.Count > 0 && Applies(reading, rules.Index.Rules[candidate.Rule]))
                    {
                        Add(matches, candidate.Rule, field, found);
                    }
                }
            }
        }

        Tidy(matches, rules);
        return matches;
    }

    private static bool Applies(ListingReading reading, Rule rule) => reading.HoldAll(rule.Requires) && !reading.HoldsAny(rule.Unless);

    private static void Add(SortedDictionary<int, List<FieldPassage>> matches, int rule, FieldScan field, List<Passage> found)
    {
        if (!matches.TryGetValue(rule, out var passages))
        {
            matches.Add(rule, passages = []);
        }

        passages.AddRange(found.Select(passage => new FieldPassage(field, passage)));
    }

    private static void Tidy(SortedDictionary<int, List<FieldPassage>> matches, RuleSet rules)
    {
        foreach (var (rule, passages) in matches.ToArray())
        {
            var kept = passages.GroupBy(passage => passage.Field).SelectMany(field => Kept(field, rules.Index.Rules[rule].Except)).ToList();
            if (kept.Count > 0)
            {
                matches[rule] = kept;
            }
            else
            {
                matches.Remove(rule);
            }
        }
    }

    /// <summary>In reading order, without those that lie within another and those that an exception overlaps.</summary>
    private static IEnumerable<FieldPassage> Kept(IGrouping<FieldScan, FieldPassage> matches, IReadOnlyList<Pattern> except)
    {
        var phrases = new List<Passage>();
        foreach (var pattern in except)
        {
            PatternMatcher.Find(pattern, matches.Key, phrases);
        }

        var end = -1;
        foreach (var match in matches.OrderBy(match => match.Passage.Start).ThenByDescending(match => match.Passage.End))
        {
            if (match.Passage.End > end)
            {
                end = match.Passage.End;
                if (!phrases.Any(phrase => phrase.Start < match.Passage.End && phrase.End > match.Passage.Start))
                {
                    yield return match;
                }
            }
        }
    }
}

/// <summary>A passage and the field in which it stands.</summary>
internal readonly record struct FieldPassage(FieldScan Field, Passage Passage)
{
    public bool Overlaps(FieldPassage other) => Field == other.Field && Passage.Start < other.Passage.End && other.Passage.Start < Passage.End;
}
