using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Decoding;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Outcomes;

namespace Surveillance.Crawler.Extraction.Parts;

/// <summary>What the data says that a rendered page asked for: the listings that it drew, with what it did not show of them.</summary>
/// <remarks>
/// The page comes first: what it shows is what a person saw. Data fills in what the page leaves out, and stands for it only where the page shows
/// no listings at all.
/// </remarks>
internal sealed class PartListings
{
    private readonly List<IReadOnlyList<Listing>> _lists;
    private readonly Listing? _item;

    private PartListings(List<IReadOnlyList<Listing>> lists, Listing? item, bool asksForCaptcha)
    {
        _lists = lists;
        _item = item;
        AsksForCaptcha = asksForCaptcha;
    }

    /// <summary>One of the answers is a challenge, so that the page could not get what it was to show.</summary>
    public bool AsksForCaptcha { get; }

    public bool Any => _item is not null || _lists.Count > 0;

    public static PartListings Of(DecodedPage page, IReadOnlyList<PagePart> parts)
    {
        var answers = parts.Where(part => part.Status is >= 200 and < 300)
            .Select(part => (part.Url, Page: Decode(part, page)))
            .Where(part => part.Page.IsBareJson)
            .ToList();

        // What one interface answered page after page is one list.
        var lists = answers.GroupBy(answer => answer.Url.GetLeftPart(UriPartial.Path), StringComparer.Ordinal)
            .Select(answered => ListFinder.Find([.. answered.SelectMany(answer => answer.Page.JsonDocuments)], page))
            .Where(list => list.Count > 0)
            .OrderByDescending(ListingQuality.Of)
            .ToList();
        var item = UrlKind.IsDetail(page.Url) ? ItemFinder.Find([.. answers.SelectMany(answer => answer.Page.JsonDocuments)], page) : null;
        return new PartListings(lists, item, answers.Exists(answer => BlockDetector.OfJson(JsonVoice.Of(answer.Page), hasListings: false) == BlockKind.Captcha));
    }

    /// <summary>The page's listings with what the data adds to them.</summary>
    public IReadOnlyList<Listing> Complete(IReadOnlyList<Listing> shown, DecodedPage page)
    {
        // A page read as one text because nothing else was found on it shows no offer.
        if (shown.Count == 0 || (shown is [{ Kind: ListingKind.Page, Price: null }] && !page.Subject.IsOneThing))
        {
            return !Any ? shown : _item is not null ? [_item] : page.Subject.IsOneThing || _lists.Count == 0 ? [] : _lists[0];
        }

        // One thing alone: what is listed beside it is another's.
        var records = (_item is null ? _lists : [[_item], .. _lists]).SelectMany(list => list).ToList();
        var completed = shown.Select(listing => records.Find(record => AreSame(listing, record)) is { } record ? Completed(listing, record) : listing).ToList();
        return shown.Count == 1 ? completed : [.. completed, .. NotDrawn(shown)];
    }

    /// <summary>A long list draws only what is in view; the rest of a list of which the page shows a half at least is the page's too.</summary>
    private IEnumerable<Listing> NotDrawn(IReadOnlyList<Listing> shown)
    {
        var own = _lists.Find(list => shown.Count(listing => list.Any(record => AreSame(listing, record))) * 2 >= shown.Count);
        return own is null ? [] : own.Where(record => !shown.Any(listing => AreSame(listing, record)));
    }

    private static DecodedPage Decode(PagePart part, DecodedPage page)
    {
        var (text, charset) = PageDecoder.Decode(part.Body.Span, part.ContentType);
        return new DecodedPage(page.Url, charset, text, Markup.PageTree.Parse("")) { Sites = page.Sites };
    }

    private static bool AreSame(Listing listing, Listing record)
    {
        if (listing.Id is { Length: > 0 } id && record.Id is { Length: > 0 } other)
        {
            return id == other;
        }

        return listing.Url is { Length: > 0 } url && url == record.Url
            || (listing.Title is { Length: >= 4 } title && record.Title is { } whole && whole.StartsWith(title.TrimEnd('.', '…', ' '), StringComparison.Ordinal));
    }

    private static Listing Completed(Listing shown, Listing record) => shown with
    {
        Id = shown.Id ?? record.Id,
        Title = shown.Title is { } title && record.Title?.Length > title.Length && title.EndsWith('…') ? record.Title : shown.Title ?? record.Title,
        Text = shown.Text ?? record.Text,
        Price = shown.Price ?? record.Price,
        PriceMax = shown.Price is null ? record.PriceMax : shown.PriceMax,
        PriceText = shown.Price is null ? record.PriceText : shown.PriceText,
        Currency = shown.Price is null ? record.Currency : shown.Currency,
        Seller = shown.Seller ?? record.Seller,
        Location = shown.Location ?? record.Location,
        Url = shown.Url ?? record.Url,
        Images = shown.Images.Count > 0 ? shown.Images : record.Images,
    };
}
