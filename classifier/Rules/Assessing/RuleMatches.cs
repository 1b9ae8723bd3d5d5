using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Where each rule matches in a listing, before anything that speaks against it.</summary>
internal static class RuleMatches
{
    /// <summary>In the rules' order; only rules whose conditions hold.</summary>
    public static List<RuleMatch> Find(ListingReading reading, RuleSet rules)
    {
        var matches = new List<RuleMatch>();
        var found = new List<Passage>();
        foreach (var field in reading.Fields)
        {
            foreach (var symbol in field.Touched)
            {
                foreach (ref readonly var candidate in rules.Index.RulesOf(symbol))
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

        matches.RemoveAll(match => !Tidy(match.Passages, rules.Index.Rules[match.Rule].Except));
        matches.Sort((left, right) => left.Rule.CompareTo(right.Rule));
        return matches;
    }

    private static bool Applies(ListingReading reading, Rule rule) => reading.HoldAll(rule.Requires) && !reading.HoldsAny(rule.Unless);

    private static void Add(List<RuleMatch> matches, int rule, FieldScan field, List<Passage> found)
    {
        var known = matches.FindIndex(match => match.Rule == rule);
        if (known < 0)
        {
            known = matches.Count;
            matches.Add(new RuleMatch(rule, []));
        }

        foreach (var passage in found)
        {
            matches[known].Passages.Add(new FieldPassage(field, passage));
        }
    }

    /// <summary>Brings passages into reading order, without those that lie within another and those that an exception overlaps.</summary>
    /// <returns>Whether any is left.</returns>
    private static bool Tidy(List<FieldPassage> passages, IReadOnlyList<Pattern> except)
    {
        if (passages.Count > 1)
        {
            passages.Sort();
        }

        var phrases = new List<Passage>();
        var (kept, end) = (0, -1);
        FieldScan? field = null;
        for (var at = 0; at < passages.Count; at++)
        {
            var match = passages[at];
            if (match.Field != field)
            {
                (field, end) = (match.Field, -1);
                phrases.Clear();
                foreach (var pattern in except)
                {
                    PatternMatcher.Find(pattern, field, phrases);
                }
            }

            if (match.Passage.End > end)
            {
                end = match.Passage.End;
                if (!phrases.Exists(phrase => phrase.Start < match.Passage.End && phrase.End > match.Passage.Start))
                {
                    passages[kept++] = match;
                }
            }
        }

        passages.RemoveRange(kept, passages.Count - kept);
        return kept > 0;
    }
}

/// <summary>Where one rule matches.</summary>
/// <param name="Rule">By its place in the set.</param>
/// <param name="Passages">In reading order.</param>
internal readonly record struct RuleMatch(int Rule, List<FieldPassage> Passages);

/// <summary>A passage and the field in which it stands.</summary>
internal readonly record struct FieldPassage(FieldScan Field, Passage Passage) : IComparable<FieldPassage>
{
    public bool Overlaps(FieldPassage other) => Field == other.Field && Passage.Start < other.Passage.End && other.Passage.Start < Passage.End;

    /// <summary>Title before text, then by start; of those that begin together the longest first.</summary>
    public int CompareTo(FieldPassage other) =>
        Field != other.Field ? Field.Field.CompareTo(other.Field.Field)
        : Passage.Start != other.Passage.Start ? Passage.Start.CompareTo(other.Passage.Start)
        : other.Passage.End.CompareTo(Passage.End);
}
