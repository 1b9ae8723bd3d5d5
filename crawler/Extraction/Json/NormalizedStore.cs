namespace Surveillance.Crawler.Extraction.Json;

/// <summary>A state that keeps each thing once, under a key, and elsewhere only names the key, as Apollo, Relay and normalizr do.</summary>
/// <remarks>Reading one puts the things back where they are named. Bounded in depth and in values, whatever names whatever.</remarks>
internal sealed class NormalizedStore
{
    private const int MaxDepth = 32;
    private const int MaxValues = 100_000;
    private const int MaxNested = 6;
    private const int DeepestStore = 4;
    private const int MaxSearched = 2_000;

    private static readonly string[] Roots = ["ROOT_QUERY", "client:root", "query_root", "Query"];

    private readonly Dictionary<string, LooseValue> _things;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _values;

    private NormalizedStore(Dictionary<string, LooseValue> things) => _things = things;

    /// <summary>False for texts that hold none, at next to no cost.</summary>
    public static bool MayBeIn(string text) =>
        text.Contains("__ref", StringComparison.Ordinal) || text.Contains("ROOT_QUERY", StringComparison.Ordinal) || text.Contains("\"entities\"", StringComparison.Ordinal);

    /// <summary>The document with what its stores keep put back in place; the same document where it has no store.</summary>
    public static LooseValue Resolved(LooseValue document) => Resolved(document, 0);

    private static LooseValue Resolved(LooseValue value, int depth)
    {
        if (value.Kind != LooseKind.Record || depth > DeepestStore)
        {
            return value;
        }

        if (EntityTables.Of(value) is { } tables)
        {
            return tables;
        }

        if (Of(value) is { } store)
        {
            return store.Whole();
        }

        var members = value.Members.Select(member => KeyValuePair.Create(member.Key, Resolved(member.Value, depth + 1))).ToList();
        return members.Zip(value.Members).All(pair => pair.First.Value == pair.Second.Value) ? value : LooseValue.OfRecord(members);
    }

    private static NormalizedStore? Of(LooseValue record)
    {
        if (record.Members.Count < 2)
        {
            return null;
        }

        var things = record.Members.Where(member => member.Value.Kind == LooseKind.Record).DistinctBy(member => member.Key, StringComparer.Ordinal)
            .ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        var searched = 0;
        return things.Count * 2 > record.Members.Count && (Array.Exists(Roots, things.ContainsKey) || record.Members.Any(member => Names(member.Value, 0))) ? new NormalizedStore(things) : null;

        bool Names(LooseValue value, int depth) => ++searched <= MaxSearched && depth <= DeepestStore
            && ((KeyOf(value) is { } key && things.ContainsKey(key)) || value.Items.Any(item => Names(item, depth + 1)) || value.Members.Any(member => Names(member.Value, depth + 1)));
    }

    /// <summary>What the queries were answered; without any, the things by their types.</summary>
    private LooseValue Whole()
    {
        var roots = Roots.Where(_things.ContainsKey).Select(root => KeyValuePair.Create(root, Thing(root, 0, 0))).ToList();
        if (roots.Exists(root => root.Value.Members.Any(member => member.Value.Kind is LooseKind.Record or LooseKind.List)))
        {
            return LooseValue.OfRecord(roots);
        }

        return LooseValue.OfRecord([.. _things.Keys.GroupBy(TypeOf, StringComparer.Ordinal).Select(type => KeyValuePair.Create(type.Key, LooseValue.OfList([.. type.Select(key => Thing(key, 0, 0))])))]);
    }

    private LooseValue Thing(string key, int depth, int nested)
    {
        if (nested > MaxNested || !_things.TryGetValue(key, out var thing) || !_open.Add(key))
        {
            return LooseValue.Nothing;
        }

        var whole = Expanded(thing, depth, nested);
        _open.Remove(key);
        return whole;
    }

    private LooseValue Expanded(LooseValue value, int depth, int nested)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            return LooseValue.Nothing;
        }

        if (value.Kind == LooseKind.List)
        {
            return LooseValue.OfList([.. value.Items.Select(item => Expanded(item, depth + 1, nested))]);
        }

        if (value.Kind != LooseKind.Record)
        {
            return value;
        }

        // What one answer is made of has keys too, and leads no further away.
        return KeyOf(value) is { } key ? Thing(key, depth + 1, key.StartsWith('$') ? nested : nested + 1)
            : value["__refs"] is { Kind: LooseKind.List } keys ? LooseValue.OfList([.. keys.Items.Select(item => Thing(item.Scalar, depth + 1, nested + 1))])
            : LooseValue.OfRecord([.. value.Members.Select(member => KeyValuePair.Create(Named(member.Key), Expanded(member.Value, depth + 1, nested)))]);
    }

    /// <summary>The key that a value names; null where it is a value itself.</summary>
    private static string? KeyOf(LooseValue value) =>
        value.Members.Count is 0 or > 5 ? null
        : value["__ref"] is { Kind: LooseKind.Text, Scalar: var key } ? key
        : value["type"].Scalar == "id" && value["id"] is { Kind: LooseKind.Text, Scalar: var id } ? id
        : null;

    /// <summary>A field's name without what was asked of it: <c>feed({"page":1})</c>, <c>items(first:10)</c>.</summary>
    private static string Named(string key) => key.AsSpan().IndexOfAny('(', ':', '@') is > 0 and var end ? key[..end] : key;

    private static string TypeOf(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? key[..end] : "";
}
