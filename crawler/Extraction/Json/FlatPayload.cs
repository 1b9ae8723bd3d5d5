namespace Surveillance.Crawler.Extraction.Json;

/// <summary>A document laid out flat: one list of values in which objects and lists name their parts by place, as devalue (<c>__NUXT_DATA__</c>) and turbo-stream write it.</summary>
internal sealed class FlatPayload
{
    private const int Fewest = 4;
    private const int MaxDepth = 32;
    private const int MaxValues = 100_000;

    private readonly IReadOnlyList<LooseValue> _values;
    private readonly HashSet<int> _open = [];
    private int _read;

    private FlatPayload(IReadOnlyList<LooseValue> values) => _values = values;

    /// <summary>The document as it was before; the same value where it is not laid out flat.</summary>
    public static LooseValue Unfolded(LooseValue value) => IsFlat(value.Items) ? new FlatPayload(value.Items).At(0, 0) : value;

    /// <summary>Every object and list of it holds places and nothing else.</summary>
    private static bool IsFlat(IReadOnlyList<LooseValue> values) =>
        values.Count >= Fewest && values[0] is { Kind: LooseKind.Record, Members.Count: > 0 } or { Kind: LooseKind.List, Items: [{ Kind: LooseKind.Text }, _] }
        && values.All(value => value.Kind switch
        {
            LooseKind.Record => value.Members.All(member => IsPlace(member.Value, values.Count)),
            LooseKind.List => IsTyped(value) || value.Items.All(item => IsPlace(item, values.Count)),
            _ => true,
        }) && values.Any(value => value.Kind == LooseKind.Text);

    /// <summary>Below nought are what has no place, such as undefined.</summary>
    private static bool IsPlace(LooseValue value, int count) => value.Kind == LooseKind.Number && int.TryParse(value.Scalar, out var place) && place < count;

    private static bool IsTyped(LooseValue value) => value.Items is [{ Kind: LooseKind.Text }, ..];

    private LooseValue At(int place, int depth)
    {
        if (place < 0 || depth > MaxDepth || ++_read > MaxValues || !_open.Add(place))
        {
            return LooseValue.Nothing;
        }

        var value = _values[place];
        var whole = value.Kind switch
        {
            LooseKind.Record => LooseValue.OfRecord([.. value.Members.Select(member => KeyValuePair.Create(Named(member.Key), At(Place(member.Value), depth + 1)))]),
            LooseKind.List when IsTyped(value) => Typed(value, depth),
            LooseKind.List => LooseValue.OfList([.. value.Items.Select(item => At(Place(item), depth + 1))]),
            _ => value,
        };
        _open.Remove(place);
        return whole;
    }

    /// <summary>What a kind of its own holds: <c>["Reactive", 1]</c> another value, <c>["Date", "2026-…"]</c> a text, <c>["Set", 1, 2]</c> several.</summary>
    private LooseValue Typed(LooseValue value, int depth)
    {
        var held = value.Items.Skip(1).Select(item => IsPlace(item, _values.Count) ? At(Place(item), depth + 1) : item).ToList();
        return held is [var only] ? only : LooseValue.OfList(held);
    }

    /// <summary>Names may be given by place too: <c>_12</c>.</summary>
    private string Named(string name) =>
        name is ['_', .. var digits] && int.TryParse(digits, out var place) && place >= 0 && place < _values.Count && _values[place].Kind == LooseKind.Text ? _values[place].Scalar : name;

    private static int Place(LooseValue value) => int.TryParse(value.Scalar, out var place) ? place : -1;
}
