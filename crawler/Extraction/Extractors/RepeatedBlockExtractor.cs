using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Outcomes;

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

        var cards = page.Subject.Asked.Count > 0 ? page.Subject.Asked : page.Subject.Cards;
        var read = cards.Select(card => (Card: card, Listing: CardReader.Read(card, page))).Where(pair => pair.Listing is not null).Select(pair => (pair.Card, Listing: pair.Listing!)).ToList();
        Fill(read, page.Subject.Cards, _ => true);

        // What stands below the list may be drawn otherwise.
        Fill(read, cards.Count < page.Subject.Cards.Count ? cards : [], _ => true);

        // What a search engine finds names no seller; those who pay for their place are named.
        Fill(read, [.. read.Where(pair => pair.Listing.Kind == ListingKind.Ad).Select(pair => pair.Card)], listing => listing.Kind == ListingKind.Ad);
        if (read.Exists(pair => pair.Listing.Seller is not null))
        {
            return [.. read.Select(pair => pair.Listing)];
        }

        // A directory lists those who offer, not what they offer.
        var isDirectory = read.Count(pair => OwnShop.IsOrganisation(pair.Listing.Title!)) * 10 > read.Count * 6;
        var shop = isDirectory ? null : OwnShop.Of(page);
        return [.. read.Select(pair => pair.Listing with { Seller = isDirectory ? pair.Listing.Title : shop })];
    }

    private static void Fill(List<(Card Card, Listing Listing)> read, IReadOnlyList<Card> like, Func<Listing, bool> which)
    {
        if (like.Count == 0 || !read.Exists(pair => pair.Listing.Seller is null && which(pair.Listing)))
        {
            return;
        }

        var sellers = new SellerColumn(like);
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Listing.Seller is null && sellers.Of(read[i].Card) is { } seller)
            {
                read[i] = read[i] with { Listing = read[i].Listing with { Seller = seller } };
            }
        }
    }
}
