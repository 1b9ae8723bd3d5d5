using Surveillance.Classifier;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Whatever else a page says, as one text: an article, a notice, a home page.</summary>
public sealed class ArticleExtractor : IListingExtractor
{
    private const int FewestChars = 20;

    public string Name => "article";

    public IReadOnlyList<Listing> Extract(DecodedPage page) =>
        page.IsBareJson || page.Subject.Headline is null || page.Tree.Text.Length + page.Subject.Headline.Text.Length < FewestChars
            ? []
            : [OwnPage.Listing(page, OwnFields.Of(page), PageContacts.Of(page), ListingKind.Page)];
}
