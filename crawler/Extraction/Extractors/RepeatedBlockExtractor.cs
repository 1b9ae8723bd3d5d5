using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from blocks of the markup that repeat.</summary>
public sealed class RepeatedBlockExtractor : IListingExtractor
{
    public string Name => "repeated-blocks";

    public IReadOnlyList<Listing> Extract(DecodedPage page) =>
        page.IsBareJson || page.Subject.IsOneThing ? [] : [.. page.Subject.Cards.Select(card => CardReader.Read(card, page)).OfType<Listing>()];
}
