using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The place in a list's cards that names sellers, told by what stands there in all of them together.</summary>
/// <remarks>For lists whose classes say nothing: a name differs from card to card, is no place, time, count or price, and stands where names do.</remarks>
internal sealed class SellerColumn
{
    private const int FewestCells = 2;
    private const int MaxElements = 200;
    private const int LongestCell = 40;
    private const double Enough = 1.5;
    private const double MostlyNames = 0.7;
    private const double MostlyOther = 0.75;
    private const double FewestShare = 0.4;

    private readonly Dictionary<int, List<SellerCell>> _cells = [];
    private readonly ulong? _best;

    /// <param name="cards">All of a list's cards, those too that nobody asked for: they show where names stand.</param>
    public SellerColumn(IReadOnlyList<Card> cards)
    {
        var columns = new Dictionary<ulong, List<SellerCell>>();
        foreach (var card in cards)
        {
            var cells = Cells(card);
            _cells[card.Block.Index] = cells;
            foreach (var cell in cells)
            {
                Add(columns, cell.FromStart, cell);
                Add(columns, cell.FromEnd, cell);
            }
        }

        var bestScore = Enough;
        foreach (var (place, cells) in columns)
        {
            if (cells.Count >= FewestCells && cells.Count >= cards.Count * FewestShare && Score(cells) is var score && score >= bestScore && (_best is null || score > bestScore))
            {
                (_best, bestScore) = (place, score);
            }
        }
    }

    /// <returns>Null where the card names nobody there, or no place of the cards names sellers.</returns>
    public string? Of(Card card) => _best is not { } best || !_cells.TryGetValue(card.Block.Index, out var cells) ? null
        : cells.Find(cell => (cell.FromStart == best || cell.FromEnd == best) && cell.Name is not null).Name;

    private static double Score(List<SellerCell> cells)
    {
        var names = cells.Where(cell => cell.Name is not null).ToList();
        if (names.Count < FewestCells || names.Count < cells.Count * MostlyNames)
        {
            return 0;
        }

        double Share(Func<SellerCell, bool> holds) => (double)names.Count(holds) / names.Count;
        var telling = names.Where(cell => !cell.Name!.StartsWith("个人", StringComparison.Ordinal)).ToList();
        var distinct = telling.Count == 0 ? 1 : (double)telling.DistinctBy(cell => cell.Name, StringComparer.Ordinal).Count() / telling.Count;

        // Places of one city begin alike, names of its sellers do not.
        var beginnings = telling.Count == 0 ? 1 : (double)telling.DistinctBy(cell => cell.Name![..2], StringComparer.Ordinal).Count() / telling.Count;
        var (links, headed) = (Share(cell => cell.IsLinked), Share(cell => cell.IsHeaded));
        if (distinct < 0.4 && links < 0.5 && headed < 0.5)
        {
            return 0;
        }

        // What only stands among facts may be one, and repeats as facts do: 精装, 可短租.
        if (distinct < MostlyOther && links < 0.5 && headed < 0.5 && Share(cell => cell.IsNameLike) < 0.3 && Share(cell => cell.HasPortrait) < 0.5 && Share(cell => cell.IsCalledSo) < 0.5)
        {
            return 0;
        }

        return (3 * Share(cell => cell.IsNameLike)) + (2 * links) + (3 * headed) + Share(cell => cell.HasPortrait) + (0.75 * Share(cell => cell.IsAmongFacts)) + Share(cell => cell.IsCalledSo)
            + (beginnings >= 0.7 ? 0.75 : beginnings < 0.4 ? -1 : 0) - (telling.Count > 0 && telling.Average(cell => cell.Name!.Length) <= 3 ? 1 : 0);
    }

    private static List<SellerCell> Cells(Card card)
    {
        var cells = new List<SellerCell>();
        var heading = CardTitle.Of(card, CardParts.Of(card.Block, MaxElements)).Element;
        foreach (var element in card.Block.SelfAndDescendants[..Math.Min(MaxElements, card.Block.End - card.Block.Index)])
        {
            if (element.TextLength is >= 2 and <= LongestCell && !element.Hidden && element.Index != card.Block.Index && !heading.Contains(element) && !element.Contains(heading) && IsLeaf(element))
            {
                cells.Add(SellerCell.Of(element, card.Block, heading));
            }
        }

        return cells;
    }

    /// <summary>All of its text is its own.</summary>
    private static bool IsLeaf(PageElement element)
    {
        foreach (var child in element.Children)
        {
            if (child.TextLength > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(Dictionary<ulong, List<SellerCell>> columns, ulong key, SellerCell cell)
    {
        if (!columns.TryGetValue(key, out var cells))
        {
            columns[key] = cells = [];
        }

        cells.Add(cell);
    }
}
