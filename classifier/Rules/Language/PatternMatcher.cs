namespace Surveillance.Classifier.Rules.Language;

/// <summary>Finds where patterns match in a scanned field. Stateless.</summary>
internal static class PatternMatcher
{
    /// <summary>Enough for any officer to read, and a bound on what a hostile text of one repeated term can cost.</summary>
    public const int MaxMatches = 32;

    /// <summary>Adds the places where the pattern matches, by start, at most <see cref="MaxMatches"/> of them.</summary>
    public static void Find(Pattern pattern, FieldScan field, List<Passage> found)
    {
        foreach (var symbol in pattern.Needs)
        {
            if (!field.Has(symbol))
            {
                return;
            }
        }

        switch (pattern.Elements[0])
        {
            case NumberElement number:
                FindFromNumbers(pattern, number, field, found);
                break;
            case AbsentElement absent:
                FindFromTerms(pattern, 1, absent, field, found);
                break;
            default:
                FindFromTerms(pattern, 0, null, field, found);
                break;
        }
    }

    private static void FindFromNumbers(Pattern pattern, NumberElement first, FieldScan field, List<Passage> found)
    {
        var limit = found.Count + MaxMatches;
        foreach (var number in field.Numbers())
        {
            if (number.Value >= first.Min && number.Value <= first.Max)
            {
                Add(number.Start, Extend(pattern, 1, number.End, field), found);
            }

            if (found.Count >= limit)
            {
                return;
            }
        }
    }

    private static void FindFromTerms(Pattern pattern, int first, AbsentElement? absent, FieldScan field, List<Passage> found)
    {
        if (pattern.Elements[first] is not TermElement term)
        {
            return;
        }

        var limit = found.Count + MaxMatches;
        foreach (var hit in field.Hits(term.Symbol))
        {
            if (absent is null || !EndsWithin(absent, hit.Start, field))
            {
                Add(hit.Start, Extend(pattern, first + 1, hit.End, field), found);
            }

            if (found.Count >= limit)
            {
                return;
            }
        }
    }

    private static void Add(int start, int end, List<Passage> found)
    {
        if (end >= 0)
        {
            found.Add(new Passage(start, end));
        }
    }

    /// <summary>Where the rest of the pattern ends when the part before it ends at <paramref name="end"/>; -1 where it does not match.</summary>
    private static int Extend(Pattern pattern, int index, int end, FieldScan field)
    {
        if (index == pattern.Elements.Count)
        {
            return end;
        }

        return pattern.Elements[index] switch
        {
            TermElement term => ExtendTerm(pattern, index, term, end, field),
            NumberElement number => ExtendNumber(pattern, index, number, end, field),
            AbsentElement absent => BeginsWithin(absent, end, field) ? -1 : Extend(pattern, index + 1, end, field),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static int ExtendTerm(Pattern pattern, int index, TermElement term, int end, FieldScan field)
    {
        var hits = field.Hits(term.Symbol);
        for (var at = LowerBound(hits, end); at < hits.Length && hits[at].Start <= end + term.Gap; at++)
        {
            if (!field.SameSentence(end, hits[at].Start))
            {
                return -1;
            }

            if (Extend(pattern, index + 1, hits[at].End, field) is var whole and >= 0)
            {
                return whole;
            }
        }

        return -1;
    }

    private static int ExtendNumber(Pattern pattern, int index, NumberElement number, int end, FieldScan field)
    {
        var numbers = field.Numbers();
        for (var at = LowerBound(numbers, end); at < numbers.Length && numbers[at].Start <= end + number.Gap; at++)
        {
            var hit = numbers[at];
            if (hit.Value >= number.Min && hit.Value <= number.Max && field.SameSentence(end, hit.Start)
                && Extend(pattern, index + 1, hit.End, field) is var whole and >= 0)
            {
                return whole;
            }
        }

        return -1;
    }

    private static bool BeginsWithin(AbsentElement absent, int end, FieldScan field)
    {
        var hits = field.Has(absent.Symbol) ? field.Hits(absent.Symbol) : [];
        var at = LowerBound(hits, end);
        return at < hits.Length && hits[at].Start <= end + absent.Gap && field.SameSentence(end, hits[at].Start);
    }

    private static bool EndsWithin(AbsentElement absent, int start, FieldScan field)
    {
        var hits = field.Has(absent.Symbol) ? field.Hits(absent.Symbol) : [];
        for (var at = LowerBound(hits, start - absent.Reach - TermSets.LongestTerm); at < hits.Length && hits[at].Start < start; at++)
        {
            if (hits[at].End <= start && hits[at].End >= start - absent.Reach && field.SameSentence(hits[at].End, start))
            {
                return true;
            }
        }

        return false;
    }

    private static int LowerBound<T>(ReadOnlySpan<T> hits, int start)
        where T : struct, IPassage
    {
        var (low, high) = (0, hits.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = hits[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
