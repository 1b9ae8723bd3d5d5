using System.Diagnostics.CodeAnalysis;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>A short text of a card that may name its seller.</summary>
/// <param name="Name">Without labels and badges; null where the text can be no name.</param>
/// <param name="Places">Where it stands in its card: cards of one list that name sellers in one place share one of these.</param>
internal readonly record struct SellerCell(string? Name, SellerTraits Traits, CellPlaces Places)
{
    private const int ShortestName = 2;
    private const int LongestName = 30;
    private const int LongestLabel = 6;

    /// <summary>The text of an element, all its own.</summary>
    public static SellerCell OfElement(PageElement element, TitledCard card)
    {
        var name = SellerName.Of(element);
        var text = element.TextSpan;
        var colon = LabelEnd(text);
        return Of(name, element, card, colon > 0 ? text[..(colon + 1)] : element.Before(LongestLabel * 2), 0, CellSurroundings.Alike(element, card), element.RunsOn);
    }

    /// <summary>Text that stands between the children of an element.</summary>
    /// <param name="number">The how manieth such text of the element, from 1.</param>
    public static SellerCell OfLoose(PageElement element, TitledCard card, ReadOnlySpan<char> text, ReadOnlySpan<char> before, int number)
    {
        var colon = LabelEnd(text);
        var name = SellerName.OfText(text.ToString(), element.Attribute("title"));
        return Of(name, element, card, colon > 0 ? text[..(colon + 1)] : before, number, 1, runsOn: false);
    }

    /// <param name="value">Of an attribute, undone of escapes.</param>
    /// <param name="named">The attribute is called after a seller; otherwise a label in the value is.</param>
    public static SellerCell OfAttribute(PageElement element, TitledCard card, string attribute, string value, bool named)
    {
        var colon = LabelEnd(value);
        var name = colon > 0 ? SellerName.OfText(value, title: null) : PlainText.Line(value, LongestName * 2);
        var places = CellPlaces.OfAttribute(element, attribute);
        if (!CanBeName(name))
        {
            return new SellerCell(null, SellerTraits.None, places);
        }

        var label = colon > 0 ? CellSurroundings.OfLabel(value.AsSpan(0, colon + 1), card) : SellerTraits.None;
        return new SellerCell(name, SellerTraits.Attribute | (named ? SellerTraits.SellerAttribute : 0) | label | NameTraits.Of(name, card), places);
    }

    private static SellerCell Of(string? name, PageElement element, TitledCard card, ReadOnlySpan<char> before, int number, int several, bool runsOn)
    {
        var places = CellPlaces.Of(element, card.Element, number);
        if (!CanBeName(name))
        {
            return new SellerCell(null, SellerTraits.None, places);
        }

        var traits = NameTraits.Of(name, card) | CellSurroundings.Of(element, card) | CellSurroundings.OfLabel(before, card)
            | (number > 0 ? SellerTraits.Loose : 0) | (several >= 2 ? SellerTraits.OfSeveral : 0) | (several >= 3 ? SellerTraits.OfMany : 0) | (runsOn ? SellerTraits.InLine : 0);
        return new SellerCell(name, traits, places);
    }

    private static bool CanBeName([NotNullWhen(true)] string? name) => name is { Length: >= ShortestName and <= LongestName } && !(name.Length == ShortestName && name.All(char.IsAscii)) && !name.EndsWith('…') && !name.EndsWith("..", StringComparison.Ordinal);

    /// <returns>Where the colon of a label at the beginning stands; -1 without one.</returns>
    private static int LabelEnd(ReadOnlySpan<char> text) => text.IndexOfAny('：', ':') is var colon and >= 2 and <= LongestLabel ? colon : -1;
}
