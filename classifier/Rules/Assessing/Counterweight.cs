using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules.Assessing;

/// <summary>Weighs what speaks against the matches of one listing.</summary>
internal sealed class Counterweight
{
    /// <summary>A "sentence" of spam without marks ends somewhere too.</summary>
    private const int SentenceLimit = 120;

    private readonly List<(int Index, Counter Counter, List<FieldPassage> Places)> _present = [];
    private readonly List<Passage> _found = [];
    private readonly ListingReading _reading;

    public Counterweight(ListingReading reading, RuleSet rules)
    {
        _reading = reading;
        for (var index = 0; index < rules.Counters.Count; index++)
        {
            var counter = rules.Counters[index];
            if (reading.HoldAll(counter.Requires) && !reading.HoldsAny(counter.Unless)
                && Places(counter) is var places && (places.Count > 0 || counter.Patterns.Count == 0))
            {
                _present.Add((index, counter, places));
            }
        }
    }

    /// <summary>Counters that have something to say, by their place in the rules.</summary>
    public IEnumerable<int> Present => _present.Select(present => present.Index);

    /// <summary>What is left of a match's score, and what took the rest.</summary>
    public double Weigh(string type, FieldPassage match, List<(string Kind, FieldPassage? Place)> against)
    {
        var left = 1.0;
        foreach (var (_, counter, places) in _present)
        {
            if (counter.Types.Count > 0 && !counter.Types.Contains(type))
            {
                continue;
            }

            var before = against.Count;
            foreach (var place in places)
            {
                if (Reaches(counter, place, match))
                {
                    against.Add((counter.Kind, place));
                }
            }

            if (counter.Patterns.Count == 0)
            {
                against.Add((counter.Kind, null));
            }

            if (against.Count > before)
            {
                left *= 1 - (counter.Softened is { } softened && _reading.Holds(softened) ? counter.SoftStrength : counter.Strength);
            }
        }

        return left;
    }

    private List<FieldPassage> Places(Counter counter)
    {
        List<FieldPassage> places = [];
        foreach (var field in _reading.Fields)
        {
            _found.Clear();
            for (var pattern = 0; pattern < counter.Patterns.Count; pattern++)
            {
                PatternMatcher.Find(counter.Patterns[pattern], field, _found);
            }

            if (_found.Count > 0)
            {
                places.AddRange(_found.Distinct().OrderBy(passage => passage.Start).Select(passage => new FieldPassage(field, passage)));
            }
        }

        return places;
    }

    private static bool Reaches(Counter counter, FieldPassage place, FieldPassage match)
    {
        if (counter.Reach == Reach.Listing)
        {
            return true;
        }

        if (place.Field != match.Field)
        {
            return false;
        }

        var (at, of, field) = (place.Passage, match.Passage, place.Field);
        return counter.Reach switch
        {
            Reach.Before => at.Start < of.Start && at.End <= of.End && at.End + counter.Within >= of.Start && field.SameSentence(at.End, of.Start),
            Reach.After => at.End > of.End && at.Start >= of.Start && of.End + counter.Within >= at.Start && field.SameSentence(of.End, at.Start),
            Reach.Covers => at.Start <= of.Start && at.End >= of.End,
            Reach.Inside => at.Start > of.Start && at.End < of.End,
            Reach.Sentence => field.Sentence(of, SentenceLimit) is var sentence && at.Start < sentence.End && at.End > sentence.Start,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
