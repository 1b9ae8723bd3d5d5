using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>All short texts of a card beside its title: those of elements, those between elements, and those of telling attributes.</summary>
internal static partial class SellerCells
{
    private const int MaxElements = 400;
    private const int MaxCells = 120;
    private const int Shortest = 2;
    private const int Longest = 60;
    private const int LongestLabel = 12;
    private const int LittleMore = 4;

    public static List<SellerCell> Of(TitledCard card)
    {
        var cells = new List<SellerCell>();
        var block = card.Card.Block;

        // A link around all that a card says holds more than the title.
        var title = card.Element != block && card.Element.TextLength <= card.Title.Length + LittleMore ? card.Element : null;
        foreach (var element in block.SelfAndDescendants[..Math.Min(MaxElements, block.End - block.Index)])
        {
            if (cells.Count >= MaxCells)
            {
                break;
            }

            AddAttributes(cells, element, card);
            if (element.Hidden || element.TextLength == 0 || title?.Contains(element) == true)
            {
                continue;
            }

            if (!HasTextInside(element))
            {
                if (element.Index != block.Index && element.TextLength is >= Shortest and <= Longest)
                {
                    cells.Add(SellerCell.OfElement(element, card));
                }
            }
            else
            {
                AddLoose(cells, element, card);
            }
        }

        return cells;
    }

    private static bool HasTextInside(PageElement element)
    {
        foreach (var child in element.Children)
        {
            if (child.TextLength > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void AddLoose(List<SellerCell> cells, PageElement element, TitledCard card)
    {
        var (at, number) = (element.TextStart, 0);
        foreach (var child in element.Children)
        {
            if (child.TextLength > 0)
            {
                Add(child.TextStart);
                at = child.TextEnd;
            }
        }

        Add(element.TextEnd);

        void Add(int end)
        {
            var text = end > at ? element.Between(at, end) : default;
            if (text.Length is >= Shortest and <= Longest && HasLetter(text))
            {
                cells.Add(SellerCell.OfLoose(element, card, text, element.BeforeOffset(at, LongestLabel), ++number));
            }
        }
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddAttributes(List<SellerCell> cells, PageElement element, TitledCard card)
    {
        if (!element.Node.HasAttributes)
        {
            return;
        }

        foreach (var attribute in element.Node.Attributes)
        {
            if (attribute.Value is not { Length: >= Shortest and <= 2 * Longest } || attribute.Name is "class" or "href" or "src" or "style" or "id")
            {
                continue;
            }

            var named = attribute.Name.Contains('-', StringComparison.Ordinal) && OfSeller().IsMatch(attribute.Name);
            if ((named || attribute.Name == "title") && element.Attribute(attribute.Name) is { } value)
            {
                var cell = SellerCell.OfAttribute(element, card, attribute.Name, value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value, named);
                if (named || (cell.Traits & (SellerTraits.SellerLabel | SellerTraits.AuthorLabel)) != 0)
                {
                    cells.Add(cell);
                }
            }
        }
    }

    [GeneratedRegex("nick|shop|seller|compan|author|store|user|merchant|mall", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OfSeller();
}
