namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads <c>counter.yaml</c>.</summary>
internal sealed class CounterFile(PatternReader patterns, ContextFile conditions)
{
    private static readonly string[] Kinds = ["denial", "quotation", "prohibition", "question", "report", "recruitment", "exam-bank", "official"];

    public IReadOnlyList<Counter> Read(StrictMap file)
    {
        List<Counter> counters = [.. file.Names.Select(id => ReadCounter(id, file.Map(id)))];
        file.Finish();
        return counters;
    }

    private Counter ReadCounter(string id, StrictMap map)
    {
        map.Locate($"counter {id}");
        var kind = map.Text("kind");
        var reach = map.Text("reach");
        var softened = map.OptionalMap("softened");
        var counter = new Counter(
            Kinds.Contains(kind, StringComparer.Ordinal) ? kind : throw map.Wrong($"'kind': expected one of {string.Join(", ", Kinds)}, got '{kind}'"),
            Enum.TryParse<Reach>(reach, true, out var value) ? value : throw map.Wrong($"'reach': expected before, after, covers, inside, sentence or listing, got '{reach}'"),
            map.OptionalWhole("within") ?? 0,
            patterns.Read(map, "patterns"),
            map.Share("strength"),
            softened is null ? null : conditions.Condition(softened, "when", softened.Text("when")),
            softened?.Share("strength") ?? 0,
            map.Texts("types").Select(type => KnownType(map, type)).ToHashSet(StringComparer.Ordinal),
            conditions.Conditions(map, "requires"),
            conditions.Conditions(map, "unless"));
        softened?.Finish();
        map.Finish();
        return counter.Patterns.Count > 0 || (counter.Requires.Count > 0 && value == Reach.Listing)
            ? counter
            : throw map.Wrong("expected patterns, or conditions that reach the listing");
    }

    private static string KnownType(StrictMap map, string type) =>
        ViolationType.OfText.Contains(type) ? type : throw map.Wrong($"'types': unknown type '{type}'");
}
