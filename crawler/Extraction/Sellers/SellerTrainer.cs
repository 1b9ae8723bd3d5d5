using Surveillance.Classifier.Model.Training;
using Surveillance.Crawler.Extraction.Extractors;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>Makes the model by which the places in cards that name sellers are told.</summary>
/// <remarks>The same examples in the same order make the same bytes on the same machine.</remarks>
/// <param name="groups">By name; examples of one group are written by one hand, and validation leaves a whole group out.</param>
public sealed class SellerTrainer(IReadOnlyList<(string Name, IReadOnlyList<SellerExample> Examples)> groups)
{
    private const double Strength = 0.02;

    private readonly IReadOnlyList<(string Name, Page[] Pages)> _pages = [.. groups.Select(group => (group.Name, group.Examples.Select(Page.Of).OfType<Page>().ToArray()))];

    /// <summary>Trains on all examples.</summary>
    public void Train(TextWriter model) => Fit([.. _pages.SelectMany(group => group.Pages)]).Write(model);

    /// <summary>By group: how its sellers are told after training on all others.</summary>
    public IEnumerable<(string Name, SellerTally Tally)> Validate()
    {
        foreach (var (name, pages) in _pages)
        {
            var model = Fit([.. _pages.Where(group => group.Name != name).SelectMany(group => group.Pages)]);
            yield return (name, Tally(pages, model));
        }
    }

    private static SellerModel Fit(Page[] pages)
    {
        var rows = pages.SelectMany(page => page.Rows()).ToList();
        var values = rows.ConvertAll(row => row.Measures.Select((value, column) => (column, value)).Where(cell => cell.value != 0).ToArray());
        return new SellerModel(ClassTrainer.Fit(values, SellerPlace.MeasureCount, [[.. rows.Select(row => row.Names)]], [.. rows.Select(row => row.Weight)], Strength)[0]);
    }

    private static SellerTally Tally(Page[] pages, SellerModel model)
    {
        var (named, right, wrong, unnamed, invented) = (0, 0, 0, 0, 0);
        foreach (var page in pages)
        {
            var told = page.Places.Sellers(model);
            foreach (var (card, seller) in page.Known)
            {
                var of = page.Stated[card] ?? told[card];
                named += seller is null ? 0 : 1;
                right += seller is not null && SellerExample.AreAlike(of, seller) ? 1 : 0;
                wrong += seller is not null && of is not null && !SellerExample.AreAlike(of, seller) ? 1 : 0;
                unnamed += seller is null ? 1 : 0;
                invented += seller is null && of is not null ? 1 : 0;
            }
        }

        return new SellerTally(named, right, wrong, unnamed, invented);
    }

    /// <param name="Stated">By card: whom its attributes name in JSON.</param>
    /// <param name="Known">By card that is known: its seller.</param>
    private sealed record Page(SellerPlaces Places, string?[] Stated, IReadOnlyList<(int Card, string? Seller)> Known)
    {
        /// <returns>Null for a page that lists nothing in its markup, or nothing that is known.</returns>
        public static Page? Of(SellerExample example)
        {
            var page = PageReader.CreateDefault().Decoded(example.Bytes, example.Url);
            if (page.IsBareJson || page.Subject.IsOneThing)
            {
                return null;
            }

            var cards = RepeatedBlockExtractor.Titled(page);
            var known = example.Listed.Select(listed => (Card: cards.FindIndex(card => SellerExample.AreAlike(card.Title, listed.Title)), listed.Seller)).Where(pair => pair.Card >= 0).ToList();
            return known.Count == 0 ? null : new Page(SellerPlaces.Of(cards, []), [.. cards.Select(card => card.Stated?.Seller)], known);
        }

        /// <summary>The places of which it is known whether they name sellers; those of a page count together less than each alone would.</summary>
        public IEnumerable<(float[] Measures, bool Names, double Weight)> Rows()
        {
            var rows = new List<(float[], bool)>();
            foreach (var place in Places.All)
            {
                var right = Known.Count(pair => pair.Seller is not null && place.Names.TryGetValue(pair.Card, out var name) && SellerExample.AreAlike(name, pair.Seller));
                var all = Known.Count(pair => place.Names.ContainsKey(pair.Card));
                if (all > 0)
                {
                    rows.Add((place.Measures(Stated.Length), right * 2 > all));
                }
            }

            return rows.Select(row => (row.Item1, row.Item2, 1 / Math.Sqrt(rows.Count)));
        }
    }
}
