namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Records of a list that an interface writes as JSON in a text: <c>["{…}"]</c> or <c>[{"content":"{…}","code":""}]</c>.</summary>
internal static class JsonText
{
    /// <summary>A record that says more of itself is read as it is.</summary>
    private const int FewMembers = 4;
    private const int Shortest = 20;

    /// <summary>The record that the text holds, or with such a text read; the same value where there is none.</summary>
    public static LooseValue Read(LooseValue item)
    {
        if (IsRecord(item))
        {
            return Parsed(item) ?? item;
        }

        return item.Members.Count is 0 or > FewMembers || !item.Members.Any(member => IsRecord(member.Value)) ? item
            : LooseValue.OfRecord([.. item.Members.Select(member => IsRecord(member.Value) && Parsed(member.Value) is { } held ? KeyValuePair.Create(member.Key, held) : member)]);
    }

    private static bool IsRecord(LooseValue value) =>
        value.Kind == LooseKind.Text && value.Scalar.Length >= Shortest && value.Scalar.AsSpan().Trim() is ['{', .., '}'] && value.Scalar.AsSpan().TrimStart()[1..].TrimStart() is ['"', ..];

    private static LooseValue? Parsed(LooseValue text)
    {
        var parser = new LooseParser(text.Scalar, 0);
        var value = parser.Read();
        return parser.IsSound && value.Members.Count > 1 ? value : null;
    }
}
