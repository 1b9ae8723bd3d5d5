using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Outcomes;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from blocks of the markup that repeat.</summary>
public sealed class RepeatedBlockExtractor : IListingExtractor
{
    public string Name => "repeated-blocks";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (page.IsBareJson || page.Subject.IsOneThing)
        {
            return [];
        }

        // A page that only recommends, as home pages do, lists what it recommends.
        if (page.Subject.Asked.Count == 0 && TotalFinder.Printed(page) is <= 2)
        {
            return [];
        }

        var cards = Titled(page);
        var sellers = SellerPlaces.Of(cards, Beside(page)).Sellers(SellerModel.Default);

        // Attributes name an account in full where the page cuts it or shows a nickname.
        var read = cards.Select((card, i) => CardReader.Read(card, card.Stated?.Seller ?? sellers[i], page)).ToList();
        if (read.Exists(listing => listing.Seller is not null))
        {
            return read;
        }

        // A directory lists those who offer, not what they offer.
        var isDirectory = read.Count(listing => OwnShop.IsOrganisation(listing.Title!)) * 10 > read.Count * 6;
        var shop = isDirectory ? null : OwnShop.Of(page);
        return [.. read.Select(listing => listing with { Seller = isDirectory ? listing.Title : shop })];
    }

    /// <summary>Where a page lists one thing or two, its recommendations too show where sellers are named.</summary>
    private static List<TitledCard> Beside(DecodedPage page) =>
        page.Subject.Asked.Count is 0 or > 2 ? [] : [.. page.Subject.Cards.Except(page.Subject.Asked).Select(card => TitledCard.Of(card, page)).OfType<TitledCard>()];

    /// <summary>What a page lists: its own cards, or, where it has none, those that it recommends.</summary>
    internal static List<TitledCard> Titled(DecodedPage page) =>
        [.. (page.Subject.Asked.Count > 0 ? page.Subject.Asked : page.Subject.Cards).Select(card => TitledCard.Of(card, page)).OfType<TitledCard>()];
}
