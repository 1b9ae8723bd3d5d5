using System.Numerics;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>One place in the cards of a list, with what stands there.</summary>
internal sealed class SellerPlace
{
    /// <summary>How many numbers <see cref="Measures"/> has: one a trait, then those of the place as a whole.</summary>
    public const int MeasureCount = Traits + 10;

    private const int Traits = 64;

    private readonly int[] _with = new int[Traits];
    private int _cells;
    private int _last = -1;

    /// <summary>By card: what it names here.</summary>
    public Dictionary<int, string> Names { get; } = [];

    /// <param name="card">Cards are added in order; of several texts of one card at one place the first counts.</param>
    public void Add(int card, SellerCell cell)
    {
        if (card == _last)
        {
            return;
        }

        (_last, _cells) = (card, _cells + 1);
        if (cell.Name is null)
        {
            return;
        }

        Names[card] = cell.Name;
        for (var rest = (ulong)cell.Traits; rest != 0; rest &= rest - 1)
        {
            _with[BitOperations.TrailingZeroCount(rest)]++;
        }
    }

    /// <summary>What speaks for the place: the share of its names with each trait, how many cards name somebody here, and how the names differ.</summary>
    /// <param name="cards">How many the list has.</param>
    public float[] Measures(int cards)
    {
        var measures = new float[MeasureCount];
        for (var trait = 0; trait < Traits; trait++)
        {
            measures[trait] = (float)_with[trait] / Names.Count;
        }

        // An owner is called nothing else on many cards, and names nobody.
        var telling = Names.Values.Where(name => !name.StartsWith("个人", StringComparison.Ordinal)).ToList();
        var distinct = Differing(telling.Distinct(StringComparer.Ordinal).Count(), telling.Count);

        // Places of one city begin alike, names of its sellers do not.
        var beginnings = Differing(telling.DistinctBy(name => name[..2], StringComparer.Ordinal).Count(), telling.Count);
        var named = (float)Names.Count / _cells;
        float Share(SellerTraits trait) => measures[BitOperations.TrailingZeroCount((ulong)trait)];
        var called = Math.Max(Share((SellerTraits)(ulong)Markup.ClassMeanings.Seller), Share((SellerTraits)((ulong)Markup.ClassMeanings.Seller << CellSurroundings.AroundShift)));
        float[] whole =
        [
            (float)Names.Count / cards, named, distinct, beginnings, telling.Count >= 3 && distinct == 0 ? 1 : 0,
            Share(SellerTraits.NameLike) * distinct, Share(SellerTraits.Linked) * (1 - Share(SellerTraits.Fact)) * distinct, called * named, Names.Count == 1 && cards > 2 ? 1 : 0, Share(SellerTraits.CalledSo) * (1 - distinct),
        ];
        whole.CopyTo(measures, Traits);
        return measures;
    }

    /// <summary>From 0 for all the same to 1 for all different; of one alone nothing is known.</summary>
    private static float Differing(int different, int all) => all == 0 ? 1 : all == 1 ? 0.5f : (float)(different - 1) / (all - 1);

    /// <summary>What each number is called in the model's file.</summary>
    public static IReadOnlyList<string> MeasureNames { get; } =
    [
        .. Enumerable.Range(0, Traits).Select(bit => bit < CellSurroundings.AroundShift ? $"own:{(Markup.ClassMeanings)(1 << bit)}" : bit < 2 * CellSurroundings.AroundShift ? $"around:{(Markup.ClassMeanings)(1 << (bit - CellSurroundings.AroundShift))}" : $"{(SellerTraits)(1UL << bit)}"),
        "cards", "named", "distinct", "beginnings", "always the same", "distinct and NameLike", "distinct and Linked", "called and named", "once", "called and alike",
    ];
}
