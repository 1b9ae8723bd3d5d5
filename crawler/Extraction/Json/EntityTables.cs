namespace Surveillance.Crawler.Extraction.Json;

/// <summary>A state of tables by id, each thing naming others by their ids alone: <c>{"entities":{"posts":{"1":{"author":7}},"users":{"7":{…}}},"result":[1]}</c>.</summary>
internal static class EntityTables
{
    private const int MaxThings = 20_000;
    private const int MaxTables = 200;

    private static readonly string[] People = ["users", "user", "authors", "sellers", "shops", "stores", "members", "accounts", "companies", "merchants", "owners"];

    /// <returns>The tables as lists, in the order of the result where it names one, with whom or what each thing names in its place; null where the record is none.</returns>
    public static LooseValue? Of(LooseValue record)
    {
        var written = record["entities"].Members;
        if (written.Count is < 2 or > MaxTables || !written.All(table => table.Value.Kind == LooseKind.Record && table.Value.Members.All(thing => thing.Value.Kind == LooseKind.Record)))
        {
            return null;
        }

        var tables = written.DistinctBy(table => table.Key, StringComparer.Ordinal).ToDictionary(
            table => table.Key.ToLowerInvariant(),
            table => table.Value.Members.DistinctBy(thing => thing.Key, StringComparer.Ordinal).ToDictionary(thing => thing.Key, thing => thing.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
        var order = record["result"].Items.Select(item => item.Scalar).Distinct(StringComparer.Ordinal).ToList();
        return LooseValue.OfRecord([.. tables.Select(table => KeyValuePair.Create(table.Key, LooseValue.OfList([.. InOrder(table.Value, order).Take(MaxThings).Select(thing => Joined(thing, tables))])))]);
    }

    private static IEnumerable<LooseValue> InOrder(Dictionary<string, LooseValue> table, List<string> order) =>
        order.Count > 0 && order.TrueForAll(table.ContainsKey) ? order.Select(key => table[key]) : table.Values;

    private static LooseValue Joined(LooseValue thing, Dictionary<string, Dictionary<string, LooseValue>> tables) => LooseValue.OfRecord([.. thing.Members.Select(member =>
        member.Value.Kind is LooseKind.Number or LooseKind.Text && Named(member.Key) is { Length: > 1 } name && Find(name, member.Value.Scalar, tables) is { } named
            ? KeyValuePair.Create(name, named) : member)]);

    private static LooseValue? Find(string name, string key, Dictionary<string, Dictionary<string, LooseValue>> tables)
    {
        foreach (var table in (string[])[name, name + "s", name + "es", .. FieldNames.IsSellerParent(name) ? People : []])
        {
            if (tables.TryGetValue(table, out var things) && things.TryGetValue(key, out var thing))
            {
                return thing;
            }
        }

        return null;
    }

    /// <summary><c>authorId</c> and <c>author_id</c> name an author; a thing's own id names nothing.</summary>
    private static string Named(string member) => FieldNames.Normalized(member) is var name && name.EndsWith("id", StringComparison.Ordinal) ? name[..^2] : name;
}
