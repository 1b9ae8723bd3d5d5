namespace Surveillance.Crawler.Extraction.Json;

internal enum LooseKind
{
    /// <summary>null, undefined, None, NaN, or a value that could not be read.</summary>
    Nothing,
    Truth,
    Number,
    Text,
    List,
    Record,
}

/// <summary>A value of a JSON-like document.</summary>
internal sealed class LooseValue
{
    public static readonly LooseValue Nothing = new() { Kind = LooseKind.Nothing };

    public LooseKind Kind { get; private init; }

    /// <summary>A text as it is, a number as written, <c>true</c> or <c>false</c>; empty for the rest.</summary>
    public string Scalar { get; private init; } = "";

    public IReadOnlyList<LooseValue> Items { get; private init; } = [];

    /// <summary>In the order written; a name may come twice.</summary>
    public IReadOnlyList<KeyValuePair<string, LooseValue>> Members { get; private init; } = [];

    public static LooseValue OfText(string text) => new() { Kind = LooseKind.Text, Scalar = text };

    public static LooseValue OfNumber(string digits) => new() { Kind = LooseKind.Number, Scalar = digits };

    public static LooseValue OfTruth(bool value) => new() { Kind = LooseKind.Truth, Scalar = value ? "true" : "false" };

    public static LooseValue OfList(IReadOnlyList<LooseValue> items) => new() { Kind = LooseKind.List, Items = items };

    public static LooseValue OfRecord(IReadOnlyList<KeyValuePair<string, LooseValue>> members) => new() { Kind = LooseKind.Record, Members = members };

    /// <returns>The first member of that name, else <see cref="Nothing"/>.</returns>
    public LooseValue this[string name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Key == name)
                {
                    return member.Value;
                }
            }

            return Nothing;
        }
    }
}
