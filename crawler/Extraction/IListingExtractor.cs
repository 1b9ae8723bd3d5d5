using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction;

/// <summary>One way to find the listings of a page; tried in a fixed order until one answers.</summary>
public interface IListingExtractor
{
    /// <summary>As a source's <c>extraction</c> setting names it, e.g. <c>json-ld</c>.</summary>
    string Name { get; }

    /// <summary>The listings it finds, in page order; empty where its pattern is absent. Never throws on any page.</summary>
    IReadOnlyList<Listing> Extract(DecodedPage page);
}
