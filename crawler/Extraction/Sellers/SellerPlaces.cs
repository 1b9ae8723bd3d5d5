namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>The places in a list's cards where short texts stand, and how likely each names sellers, told by all cards together.</summary>
internal sealed class SellerPlaces
{
    /// <summary>Where names stand, a count may stand too.</summary>
    private const double OfFact = 0.5;

    /// <summary>An account's own name comes before that of the company behind it.</summary>
    private const double OfAccount = 1.25;

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
                Add(cell.Places.FromStart, i, cell);
                Add(cell.Places.FromEnd, i, cell);
                if (cell.Places.ByClass is { } byClass)
                {
                    Add(byClass, i, cell);
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
                var of = cell.Name is null ? 0 : weight * Math.Max(Math.Max(likely[cell.Places.FromStart], likely[cell.Places.FromEnd]), cell.Places.ByClass is { } byClass ? likely[byClass] : 0);
                (best, bestLikely) = of > bestLikely ? (cell.Name, of) : (best, bestLikely);
            }

            return best;
        })];
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
