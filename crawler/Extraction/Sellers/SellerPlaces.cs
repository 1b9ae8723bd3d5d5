namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The places in a list's cards where short texts stand, and how likely each names sellers, told by all cards together.</summary>
internal sealed class SellerPlaces
{
    /// <summary>Where names stand, a count may stand too.</summary>
    private const double OfFact = 0.5;

    /// <summary>An account's own name comes before that of the company behind it.</summary>
    private const double OfAccount = 1.25;

    /// <summary>What all cards call a seller is one place, wherever it stands: scripts name some sites' elements anew in every card.</summary>
    private const ulong Called = 1;

    private readonly List<List<SellerCell>> _cards;
    private readonly Dictionary<ulong, SellerPlace> _places = [];

    private readonly int _asked;

    private SellerPlaces(IReadOnlyList<TitledCard> cards, IReadOnlyList<TitledCard> beside)
    {
        _asked = cards.Count;
        _cards = [.. cards.Concat(beside).Select(SellerCells.Of)];
        for (var i = 0; i < _cards.Count; i++)
        {
            foreach (var cell in _cards[i])
            {
                foreach (var key in Keys(cell))
                {
                    Add(key, i, cell);
                }
            }
        }
    }

    /// <summary>By what speaks for it; those without a name are left out.</summary>
    public IEnumerable<SellerPlace> All => _places.Values.Where(place => place.Names.Count > 0);

    /// <param name="cards">Of a list, in their order.</param>
    /// <param name="beside">More that are drawn as they are, of which nobody asks.</param>
    public static SellerPlaces Of(IReadOnlyList<TitledCard> cards, IReadOnlyList<TitledCard> beside) => new(cards, beside);

    /// <returns>By card of the list: its seller, null where no place of it is likely to name one.</returns>
    public string?[] Sellers(SellerModel model)
    {
        var likely = _places.ToDictionary(place => place.Key, place => place.Value.Names.Count > 0 ? model.Likelihood(place.Value, _cards.Count) : 0);
        return [.. _cards.Take(_asked).Select(cells =>
        {
            var (best, bestLikely) = ((string?)null, SellerModel.Likely);
            foreach (var cell in cells)
            {
                var weight = (cell.Traits & SellerTraits.Fact) != 0 ? OfFact : (cell.Traits & SellerTraits.AccountLabel) != 0 ? OfAccount : 1;
                var of = cell.Name is null ? 0 : weight * Keys(cell).Max(key => likely[key]);
                (best, bestLikely) = of > bestLikely ? (cell.Name, of) : (best, bestLikely);
            }

            return best;
        })];
    }

    /// <summary>The places that a cell belongs to.</summary>
    private static IEnumerable<ulong> Keys(SellerCell cell)
    {
        yield return cell.Places.FromStart;
        yield return cell.Places.FromEnd;
        if (cell.Places.ByClass is { } byClass)
        {
            yield return byClass;
        }

        if ((cell.Traits & SellerTraits.CalledSo) != 0)
        {
            yield return Called;
        }
    }

    private void Add(ulong key, int card, SellerCell cell)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            _places[key] = place = new SellerPlace();
        }

        place.Add(card, cell);
    }
}
