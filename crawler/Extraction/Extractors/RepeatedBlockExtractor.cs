using Surveillance.Classifier;

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
        var cards = page.Subject.Asked.Count > 0 ? page.Subject.Asked : page.Subject.Cards;
        var read = cards.Select(card => (Card: card, Listing: CardReader.Read(card, page))).Where(pair => pair.Listing is not null).ToList();
        if (read.TrueForAll(pair => pair.Listing!.Seller is not null))
        {
            return [.. read.Select(pair => pair.Listing!)];
        }

        var sellers = new SellerColumn(page.Subject.Cards);
        return [.. read.Select(pair => pair.Listing!.Seller is null ? pair.Listing with { Seller = sellers.Of(pair.Card) } : pair.Listing)];
    }
}
