using System.Buffers;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Finds in one object, at any depth, the member that best holds each field of a listing.</summary>
internal sealed class RecordFields
{
    private static readonly SearchValues<char> NoPlace = SearchValues.Create("{}[]=/");

    private const int MaxDepth = 8;
    private const int MaxMembers = 1_500;
    private const int PerLevel = 6;
    private const int UnknownName = 60;
    private const int OwnTitle = 18;
    private const int BesideTitle = 50;
    private const int VaguePrice = 30;
    private const int LongestName = 20;

    private readonly Dictionary<Field, (int Cost, LooseValue Value, string Name)> _best = [];
    private int _members;

    private RecordFields(LooseValue record) => Record = record;

    /// <summary>The object itself.</summary>
    public LooseValue Record { get; }

    public static RecordFields Of(LooseValue record)
    {
        var fields = new RecordFields(record);
        fields.Visit(record, "", 0, foreign: false);
        return fields;
    }

    /// <returns>Null where no member holds it.</returns>
    public LooseValue? this[Field field] =>
        _best.TryGetValue(field, out var best) && !(field == Field.Seller && best.Name == "name" && NameOf(Field.Title) == "name") ? best.Value : null;

    /// <summary>A member says that amounts are in 分.</summary>
    public bool SaysFen { get; private set; }

    /// <summary>The name, as compared, of the member that holds a field; empty where none does.</summary>
    public string NameOf(Field field) => _best.TryGetValue(field, out var best) ? best.Name : "";

    private void Visit(LooseValue record, string parent, int depth, bool foreign)
    {
        foreach (var (rawName, value) in record.Members)
        {
            if (++_members > MaxMembers)
            {
                return;
            }

            var name = FieldNames.Normalized(rawName);
            Offer(name, parent, value, depth, foreign);
            if (depth >= MaxDepth || FieldNames.IsOthers(name))
            {
                continue;
            }

            if (value.Kind == LooseKind.Record)
            {
                Visit(value, name, depth + 1, foreign || FieldNames.IsForeign(name));
            }
            else if (value.Kind == LooseKind.List && value.Items is [{ Kind: LooseKind.Record } first, ..] && depth < 3)
            {
                Visit(first, name, depth + 2, foreign: true);
            }
        }
    }

    private void Offer(string name, string parent, LooseValue value, int depth, bool foreign)
    {
        if (FieldNames.IsSellerParent(parent) && name is ("name" or "nickname" or "nick" or "title") && IsName(value))
        {
            // A company is named in full where its shop is known by another name.
            Keep(Field.Seller, (parent == "company" ? 20 : 1) + (depth * PerLevel), value, name);
            return;
        }

        SaysFen |= !foreign && name.EndsWith("unit", StringComparison.Ordinal) && value.Scalar is "fen" or "FEN" or "分" or "cent";
        if (name == "name" && !foreign && depth <= 2 && IsName(value) && value.Scalar.Length <= LongestName)
        {
            // Beside a title of another name it is that of a person or a shop.
            Keep(Field.Seller, BesideTitle + (depth * PerLevel), value, name);
        }

        if (!foreign && name.Length > "title".Length && name.EndsWith("title", StringComparison.Ordinal) && Fits(Field.Title, value) && FieldNames.Of(name).IsEmpty)
        {
            // A site's own name for the title; beside a member called so by all it is another's.
            Keep(Field.Title, OwnTitle + (depth * PerLevel), value, name);
        }

        if (FieldNames.NamesSeller(name) && IsName(value))
        {
            Keep(Field.Seller, UnknownName + (depth * PerLevel), value, name);
        }

        if (!foreign && FieldNames.IsShownPrice(parent) && name is "price" && Fits(Field.Price, value) && !IsZero(value))
        {
            Keep(Field.Price, -1, value, name);
        }

        if (!foreign && IsPictureName(name) && Fits(Field.Image, value))
        {
            Keep(Field.Image, UnknownName + (depth * PerLevel), value, name);
        }

        if (!foreign && IsPriceName(name) && Fits(Field.Price, value))
        {
            Keep(Field.Price, UnknownName + (depth * PerLevel) + (IsZero(value) ? 200 : 0), value, name);
        }

        if (!foreign && IsPriceName(name) && Printed(value) is { } printed)
        {
            Keep(Field.Price, -1, printed, name);
        }

        foreach (var (field, rank) in FieldNames.Of(name))
        {
            // A shop's own name, address or id is not the listing's; its place and its nick are.
            if (foreign && field is (Field.Title or Field.Url or Field.Id or Field.Text or Field.Ad))
            {
                continue;
            }

            // What may be a price by a vague name such as amount is none where it is nought.
            if (Fits(field, value) && !(field == Field.Price && rank >= VaguePrice && IsZero(value)))
            {
                Keep(field, rank + (depth * PerLevel) + (foreign ? 20 : 0) + (field == Field.Price && IsZero(value) ? 200 : 0), value, name);
            }
        }
    }

    /// <summary>Names of pictures are many; what holds the word and an address is one.</summary>
    private static bool IsPictureName(string name) =>
        name.Contains("image", StringComparison.Ordinal) || name.Contains("img", StringComparison.Ordinal) || name.StartsWith("pic", StringComparison.Ordinal)
        || name.Contains("photo", StringComparison.Ordinal) || name.Contains("cover", StringComparison.Ordinal) || name is "gallery" or "album";

    /// <summary>The price to pay under a name of the site's own; what it was before is another.</summary>
    private static bool IsPriceName(string name) =>
        (name.Contains("price", StringComparison.Ordinal) || (name.Contains("total", StringComparison.Ordinal) && name.EndsWith("wan", StringComparison.Ordinal))) && !name.Contains("ori", StringComparison.Ordinal) && !name.Contains("market", StringComparison.Ordinal)
        && !name.Contains("old", StringComparison.Ordinal) && !name.Contains("line", StringComparison.Ordinal) && !name.Contains("max", StringComparison.Ordinal)
        && !name.Contains("unit", StringComparison.Ordinal) && !name.Contains("deposit", StringComparison.Ordinal);

    private void Keep(Field field, int cost, LooseValue value, string name)
    {
        if (!_best.TryGetValue(field, out var best) || cost < best.Cost)
        {
            _best[field] = (cost, value, name);
        }
    }

    private static bool Fits(Field field, LooseValue value) => field switch
    {
        Field.Title or Field.Text => value.Kind == LooseKind.Text && value.Scalar.AsSpan().Trim().Length >= 2 && !LooksLikeAddress(value.Scalar),
        Field.Price => (value.Kind is LooseKind.Number or LooseKind.Text && value.Scalar.AsSpan().ContainsAnyInRange('0', '9')) || IsFragments(value),
        Field.Seller => IsName(value),
        Field.Location => value.Kind == LooseKind.Text && value.Scalar.Length is >= 2 and <= 60 && !value.Scalar.AsSpan().ContainsAny(NoPlace),
        Field.Url => value.Kind == LooseKind.Text && LooksLikeAddress(value.Scalar),
        Field.Id => value.Kind is LooseKind.Number or LooseKind.Text && value.Scalar.Length is >= 3 and <= 80 && value.Scalar != "null" && !value.Scalar.Contains('.', StringComparison.Ordinal),
        Field.Image => value.Kind is LooseKind.List or LooseKind.Record || (value.Kind == LooseKind.Text && LooksLikeAddress(value.Scalar)),
        Field.Ad => value.Scalar is "true" or "1" || (value.Kind is LooseKind.Number or LooseKind.Text && value.Scalar is not ("" or "0" or "false" or "-1")),
        _ => false,
    };

    /// <summary>Some interfaces style a price piece by piece: a list of texts to be read in a row.</summary>
    public static bool IsFragments(LooseValue value) =>
        value.Kind == LooseKind.List && value.Items.Count is > 0 and <= 8 && value.Items.All(item => item["text"].Kind == LooseKind.Text);

    /// <summary>A price as it is to be shown, cut at the point: <c>{"integer": "59", "decimal": ".9"}</c>. Null for anything else.</summary>
    private static LooseValue? Printed(LooseValue value) =>
        value.Kind == LooseKind.Record && value["integer"] is { Kind: LooseKind.Text, Scalar: [>= '0' and <= '9', ..] } integer && value["decimal"] is { Kind: LooseKind.Text, Scalar: var rest }
            ? LooseValue.OfText(rest is [>= '0' and <= '9', ..] ? $"{integer.Scalar}.{rest}" : integer.Scalar + rest) : null;

    /// <summary>Zero is what interfaces write for amounts that do not apply.</summary>
    private static bool IsZero(LooseValue value) => value.Scalar.Length > 0 && !value.Scalar.AsSpan().ContainsAnyInRange('1', '9');

    private static bool IsName(LooseValue value) =>
        value.Scalar.Length is >= 1 and <= 60 && value.Kind is LooseKind.Text or LooseKind.Number && value.Scalar != "0"
        && !value.Scalar.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !value.Scalar.StartsWith("//", StringComparison.Ordinal);

    private static bool LooksLikeAddress(string text) =>
        text.Length is > 3 and < 8_000 && !text.AsSpan().ContainsAny(" \n<{")
        && (text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal)
            || (text.Contains(".htm", StringComparison.OrdinalIgnoreCase) && char.IsAscii(text[0]) && !text.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF')));
}
