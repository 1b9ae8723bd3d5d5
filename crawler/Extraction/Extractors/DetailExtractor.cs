using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The one item that a detail page offers.</summary>
public sealed class DetailExtractor : IListingExtractor
{
    public string Name => "detail";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        if (page.IsBareJson || !page.Subject.IsOneThing || page.Subject.Headline is null)
        {
            return [];
        }

        var fields = OwnFields.Of(page);
        var contacts = PageContacts.Of(page);
        return !fields.Offers && !contacts.Any(contact => contact.Kind != "qr") && LabelledSeller.Contact(page.Tree.Text) is null ? [] : [OwnPage.Listing(page, fields, contacts, ListingKind.Listing)];
    }
}
