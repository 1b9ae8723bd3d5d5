using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Decoding;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Outcomes;
using Surveillance.Crawler.Extraction.Outcomes.Learned;
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

    private static readonly IReadOnlyList<IListingExtractor> All =
        [new SiteRuleExtractor(), new JsonLdExtractor(), new MicrodataExtractor(), new EmbeddedJsonExtractor(), new RepeatedBlockExtractor(), new DetailExtractor(), new ArticleExtractor()];

    /// <summary>What a source's <c>extraction</c> may name.</summary>
    public static IReadOnlySet<string> Names { get; } = All.Select(extractor => extractor.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every extractor, the most explicit first.</summary>
    /// <param name="sites">Null for the built-in ones.</param>
    public static PageReader CreateDefault(SiteCatalog? sites = null) => new(All) { Sites = sites ?? SiteCatalog.BuiltIn };

    private SiteCatalog Sites { get; init; } = SiteCatalog.BuiltIn;

    /// <summary>Null for the built-in one, which is read when a page first needs it.</summary>
    private EndingModel? Endings { get; init; }

    /// <summary>The same reader with only the extractors that a source names; all where it names none.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public PageReader Limited(IReadOnlyCollection<string> names) => names.Count == 0 ? this : new PageReader(WithExtractors(names).Extractors) { Sites = Sites, Endings = Endings };

    /// <summary>The same reader with another model of endings.</summary>
    internal PageReader With(EndingModel endings) => new(extractors) { Sites = Sites, Endings = endings };

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
    /// <param name="headers">Those of the answer, one a line; null where they are not known.</param>
    public PageContent Read(ReadOnlySpan<byte> bytes, Uri url, string? contentType = null, int status = 200, IReadOnlyList<PagePart>? parts = null, string? headers = null)
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

        var refused = BlockDetector.OfHeaders(headers) ?? BlockDetector.OfStatus(status);
        if (refused is null && (Damage.IsCorrupt(bytes, text) || text.AsSpan().Trim().IsEmpty))
        {
            return Ended(url, charset, PageOutcome.Blocked, BlockKind.Corrupt);
        }

        return Judge(Parse(url, charset, text), status, refused, parts ?? []);
    }

    /// <summary>What the model of endings learns from.</summary>
    internal IReadOnlySet<string> TracesOf(ReadOnlySpan<byte> bytes, Uri url, int status)
    {
        var page = Decoded(bytes, url);
        var voice = PageVoice.Of(page);
        return PageTraces.Of(page, voice, OutcomeJudge.Of(page, voice, Extract(page)).Ending, status);
    }

    /// <summary>A saved page, read by nobody yet.</summary>
    internal DecodedPage Decoded(ReadOnlySpan<byte> bytes, Uri url)
    {
        var (text, charset) = PageDecoder.Decode(bytes, contentType: null);
        return Parse(url, charset, text);
    }

    private DecodedPage Parse(Uri url, string charset, string text) =>
        new(url, charset, text, PageTree.Parse(JsonIslands.IsBareBody(text) ? "" : ScriptMarkup.RecordsOfBody(text) ?? text)) { Sites = Sites };

    /// <param name="refused">What its status and headers alone say.</param>
    private PageContent Judge(DecodedPage page, int status, BlockKind? refused, IReadOnlyList<PagePart> parts)
    {
        var listings = Extract(page);
        var asked = PartListings.Of(page, ReadsJson ? parts : []);
        var voice = PageVoice.Of(page);
        var judged = OutcomeJudge.Of(page, voice, listings);
        if (judged.IsOpen && !asked.Any)
        {
            judged = judged.Weighed((Endings ?? EndingModel.Default).Weigh(PageTraces.Of(page, voice, judged.Ending, status)));
        }

        if (Unanswered(page, judged, refused, asked, listings.Count > 0) is { } ended)
        {
            return ended;
        }

        listings = asked.Complete(listings, page);
        var pageKind = PageKinds.Of(page, listings, voice);
        var searched = pageKind is PageKind.Search or PageKind.Ad;
        return new PageContent(page.Url.AbsoluteUri, page.Charset, pageKind, PageOutcome.Ok, null, searched ? TotalFinder.Of(page) : null, listings)
        {
            NextPages = searched ? NextPageFinder.Of(page) : [],
        };
    }

    /// <returns>Null for a page that is what was asked for.</returns>
    private static PageContent? Unanswered(DecodedPage page, Judgement judged, BlockKind? refused, PartListings asked, bool hasListings)
    {
        if (judged.Ending == Ending.Gone)
        {
            return Ended(page.Url, page.Charset, PageOutcome.Gone);
        }

        // A page that shows nothing although its data came may draw it where no text is.
        var drawn = judged.Ending == Ending.Interstitial && asked.Any && refused is null;
        var isEmpty = judged.Ending == Ending.Empty;
        var block = !drawn && (judged.Block ?? refused) is { } kind ? kind
            : judged is { IsOpen: true, Ending: Ending.Ok } && !page.IsBareJson && Damage.IsCut(page.Text) ? BlockKind.Corrupt
            : asked.AsksForCaptcha && (isEmpty || !hasListings) ? BlockKind.Captcha
            : (BlockKind?)null;
        return block is not null ? Ended(page.Url, page.Charset, PageOutcome.Blocked, block)
            : isEmpty ? Ended(page.Url, page.Charset, PageOutcome.Empty) with { PageKind = PageKind.Search }
            : null;
    }

    private IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        IReadOnlyList<Listing> best = [];
        List<IReadOnlyList<Listing>> others = [];
        foreach (var extractor in extractors)
        {
            // Detail and article tell of the page as a whole, where nothing else was found.
            if (best.Count > 0 && extractor is (DetailExtractor or ArticleExtractor))
            {
                // What a page states of its one thing in other people's words may leave out what its own markup says.
                others.AddRange(best is [{ Seller: null }] && page.Subject.IsOneThing ? [extractor.Extract(page)] : []);
                break;
            }

            var found = extractor.Extract(page);
            if (extractor is SiteRuleExtractor && found.Count > 0)
            {
                return found;
            }

            var preferred = ListingQuality.Of(found) > ListingQuality.Of(best) * Advantage ? found : best;
            others.Add(preferred == found ? best : found);
            best = preferred;
        }

        return others.Aggregate(best, SecondOpinion.Completed);
    }

    private static PageContent Ended(Uri url, string charset, PageOutcome outcome, BlockKind? blocked = null) =>
        new(url.AbsoluteUri, charset, PageKind.Other, outcome, blocked, outcome == PageOutcome.Empty ? 0 : null, []);
}
