using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Decoding;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Outcomes;
using Surveillance.Crawler.Extraction.Parts;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Crawler.Extraction;

/// <summary>Says what a captured page says: charset, kind, outcome, listings.</summary>
/// <remarks>Thread safe after construction. Any bytes whatever get an answer, bounded in time and memory.</remarks>
/// <param name="extractors">In the order in which they are tried.</param>
public sealed class PageReader(IReadOnlyList<IListingExtractor> extractors)
{
    /// <summary>A later extractor must find so much more to be preferred to an earlier one.</summary>
    private const double Advantage = 1.25;

    /// <summary>So many listings that say so much each are no menu of a page that stands in the way.</summary>
    private const int FewListings = 3;
    private const double Telling = 0.3;
    private const int ManyListings = 5;
    private const int LongLink = 6;

    private static readonly IReadOnlyList<IListingExtractor> All =
        [new SiteRuleExtractor(), new JsonLdExtractor(), new MicrodataExtractor(), new EmbeddedJsonExtractor(), new RepeatedBlockExtractor(), new DetailExtractor(), new ArticleExtractor()];

    /// <summary>What a source's <c>extraction</c> may name.</summary>
    public static IReadOnlySet<string> Names { get; } = All.Select(extractor => extractor.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every extractor, the most explicit first.</summary>
    /// <param name="sites">Null for the built-in ones.</param>
    public static PageReader CreateDefault(SiteCatalog? sites = null) => new(All) { Sites = sites ?? SiteCatalog.BuiltIn };

    private SiteCatalog Sites { get; init; } = SiteCatalog.BuiltIn;

    /// <summary>The same reader with only the extractors that a source names; all where it names none.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public PageReader Limited(IReadOnlyCollection<string> names) => names.Count == 0 ? this : new PageReader(WithExtractors(names).Extractors) { Sites = Sites };

    private IReadOnlyList<IListingExtractor> Extractors => extractors;

    private bool ReadsJson => extractors.Any(extractor => extractor is EmbeddedJsonExtractor);

    /// <summary>Only the extractors that a source names, in the order of <see cref="CreateDefault"/>.</summary>
    /// <exception cref="ArgumentException">A name is unknown; the message names those that exist.</exception>
    public static PageReader WithExtractors(IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (!All.Any(extractor => extractor.Name == name))
            {
                throw new ArgumentException($"There is no extractor \"{name}\"; expected one of {string.Join(", ", All.Select(extractor => extractor.Name))}.", nameof(names));
            }
        }

        return new PageReader([.. All.Where(extractor => names.Contains(extractor.Name))]);
    }

    /// <param name="bytes">As received, transfer and content encodings undone.</param>
    /// <param name="url">Absolute, after redirects.</param>
    /// <param name="contentType">The HTTP header's value, null where there was none.</param>
    /// <param name="status">HTTP status, 200 for files.</param>
    /// <param name="parts">What a rendered page's own requests for data were answered; null for pages that were not rendered.</param>
    public PageContent Read(ReadOnlySpan<byte> bytes, Uri url, string? contentType = null, int status = 200, IReadOnlyList<PagePart>? parts = null)
    {
        if (Damage.IsOtherFormat(bytes))
        {
            return new PageContent(url.AbsoluteUri, "binary", PageKind.Other, PageOutcome.Ok, null, null, []);
        }

        var (text, charset) = PageDecoder.Decode(bytes, contentType);
        if (status is 404 or 410)
        {
            return Ended(url, charset, PageOutcome.Gone);
        }

        if (BlockDetector.OfStatus(status) is null && (Damage.IsCorrupt(bytes, text) || text.AsSpan().Trim().IsEmpty))
        {
            return Ended(url, charset, PageOutcome.Blocked, BlockKind.Corrupt);
        }

        var bare = JsonIslands.IsBareBody(text);
        return Judge(new DecodedPage(url, charset, text, PageTree.Parse(bare ? "" : text)) { Sites = Sites }, status, parts ?? []);
    }

    private PageContent Judge(DecodedPage page, int status, IReadOnlyList<PagePart> parts)
    {
        var listings = Extract(page);
        var asked = PartListings.Of(page, ReadsJson ? parts : []);
        var voice = PageVoice.Of(page);
        var (block, gone, empty) = page.IsBareJson ? JudgeJson(page, listings) : JudgeMarkup(page, voice, listings);

        // A page that shows nothing although its data came may draw it where no text is.
        var drawn = block == BlockKind.Interstitial && asked.Any && BlockDetector.OfStatus(status) is null;
        if (!gone && !drawn && (block ?? BlockDetector.OfStatus(status)) is { } kind)
        {
            return Ended(page.Url, page.Charset, PageOutcome.Blocked, kind);
        }

        if (gone)
        {
            return Ended(page.Url, page.Charset, PageOutcome.Gone);
        }

        if (asked.AsksForCaptcha && (empty || listings.Count == 0))
        {
            return Ended(page.Url, page.Charset, PageOutcome.Blocked, BlockKind.Captcha);
        }

        if (empty)
        {
            return Ended(page.Url, page.Charset, PageOutcome.Empty) with { PageKind = PageKind.Search };
        }

        listings = asked.Complete(listings, page);
        var pageKind = PageKinds.Of(page, listings, voice);
        var searched = pageKind is PageKind.Search or PageKind.Ad;
        return new PageContent(page.Url.AbsoluteUri, page.Charset, pageKind, PageOutcome.Ok, null, searched ? TotalFinder.Of(page) : null, listings)
        {
            NextPages = searched ? NextPageFinder.Of(page) : [],
        };
    }

    private static (BlockKind? Block, bool Gone, bool Empty) JudgeMarkup(DecodedPage page, PageVoice voice, IReadOnlyList<Listing> listings)
    {
        var found = listings.Count > 1 ? listings.Count : 0;
        var block = BlockDetector.Of(page, voice, IsList(listings));
        var gone = block is null or BlockKind.Interstitial or BlockKind.Denied or BlockKind.Login && AbsenceDetector.IsGone(page, voice, found);
        var empty = block is null or BlockKind.Interstitial && !gone && AbsenceDetector.IsEmptySearch(page, voice, found);
        return (empty ? null : block, gone, empty);
    }

    /// <summary>An item with its price and id, listings that say much, or many links longer than a menu's.</summary>
    private static bool IsList(IReadOnlyList<Listing> listings) =>
        listings is [{ Price: not null, Id: not null }] || (listings.Count >= FewListings && ListingQuality.Of(listings) >= listings.Count * Telling)
        || (listings.Count >= ManyListings && listings.Average(listing => listing.Title?.Length ?? 0) >= LongLink);

    private static (BlockKind? Block, bool Gone, bool Empty) JudgeJson(DecodedPage page, IReadOnlyList<Listing> listings)
    {
        var voice = JsonVoice.Of(page);
        var answers = JsonAnswers(listings);
        var block = BlockDetector.OfJson(voice, answers);
        var gone = block is not (BlockKind.Captcha or BlockKind.Login) && AbsenceDetector.IsGone(voice, answers);
        return (block, gone, block is null && !gone && AbsenceDetector.IsEmptySearch(page, voice, answers));
    }

    /// <summary>A message alone reads like an object with a text; data has more than a title.</summary>
    private static bool JsonAnswers(IReadOnlyList<Listing> listings) =>
        listings.Any(listing => listing.Price is not null || listing.Seller is not null || listing.Images.Count > 0 || (listing.Id is not null && listing.Url is not null)) || listings.Count >= FewListings;

    private IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        IReadOnlyList<Listing> best = [];
        foreach (var extractor in extractors)
        {
            // Detail and article tell of the page as a whole, where nothing else was found.
            if (best.Count > 0 && extractor is (DetailExtractor or ArticleExtractor))
            {
                break;
            }

            var found = extractor.Extract(page);
            if (extractor is SiteRuleExtractor && found.Count > 0)
            {
                return found;
            }

            best = ListingQuality.Of(found) > ListingQuality.Of(best) * Advantage ? found : best;
        }

        return best;
    }

    private static PageContent Ended(Uri url, string charset, PageOutcome outcome, BlockKind? blocked = null) =>
        new(url.AbsoluteUri, charset, PageKind.Other, outcome, blocked, outcome == PageOutcome.Empty ? 0 : null, []);
}
