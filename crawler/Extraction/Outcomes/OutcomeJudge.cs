using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Outcomes.Learned;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>What a page is told to be in place of what was asked for, by its phrases and its shape.</summary>
/// <param name="IsOpen">It shows no matter and nothing that only such a page carries, so that its words may be weighed as a whole.</param>
/// <param name="IsSure">Whatever its words weigh, it is no answer.</param>
/// <param name="Shown">Whatever its words weigh, this is seen, and nothing stands in its way.</param>
internal readonly record struct Judgement(Ending Ending, bool IsOpen, bool IsSure, Shown Shown = Shown.Nothing)
{
    /// <summary>The same page, weighed.</summary>
    public Judgement Weighed(Ending ending)
    {
        var weighed = this with { Ending = ending };
        return (IsSure && ending == Ending.Ok) || OutcomeJudge.Excludes(Shown, weighed.Block) ? this : weighed;
    }

    /// <summary>Null unless something stands in the way.</summary>
    public BlockKind? Block => Ending switch
    {
        Ending.Captcha => BlockKind.Captcha,
        Ending.Login => BlockKind.Login,
        Ending.Denied => BlockKind.Denied,
        Ending.Interstitial => BlockKind.Interstitial,
        _ => null,
    };
}

/// <summary>What a page lets its reader see.</summary>
internal enum Shown
{
    Nothing,

    /// <summary>Names and what they are; a refusal may say so much of itself.</summary>
    Record,

    /// <summary>Offers, or a form that asks for a record.</summary>
    Matter,
}

/// <summary>Judges a page by <see cref="Markers"/> and shape.</summary>
internal static class OutcomeJudge
{
    /// <summary>So many listings that say so much each are no menu of a page that stands in the way.</summary>
    private const int FewListings = 3;
    private const double Telling = 0.3;
    private const int ManyListings = 5;
    private const int LongLink = 6;

    /// <summary>A page that says more speaks for itself.</summary>
    private const int LittleText = 400;
    private const int SomeText = 1_500;
    private const int LargestPage = 60_000;
    private const int Shell = 60;
    private const int NoText = 12;
    private const int FewRows = 3;

    public static Judgement Of(DecodedPage page, PageVoice voice, IReadOnlyList<Listing> listings) =>
        page.IsBareJson ? OfJson(page, listings) : OfMarkup(page, voice, listings);

    /// <summary>What is shown can't be what stands in its way.</summary>
    public static bool Excludes(Shown shown, BlockKind? block) => block is not null && (shown == Shown.Matter || (shown == Shown.Record && block != BlockKind.Denied));

    private static Shown ShownOn(DecodedPage page, PageVoice voice) =>
        OwnMatter.NamesOffers(page) || LookupForm.IsOn(page, voice) ? Shown.Matter
        : OwnMatter.RowsOfRecord(page) >= FewRows ? Shown.Record
        : Shown.Nothing;

    /// <summary>A shell whose state holds a post, and who wrote it, is drawn by its scripts alone.</summary>
    private static bool IsStatedPost(DecodedPage page, IReadOnlyList<Listing> listings) =>
        page.Tree.Text.Length < Shell && listings is [{ Kind: ListingKind.Listing, Id: not null, Seller: not null }];

    private static Judgement OfMarkup(DecodedPage page, PageVoice voice, IReadOnlyList<Listing> listings)
    {
        var found = listings.Count > 1 ? listings.Count : 0;
        var isItem = listings is [{ Price: not null, Id: not null }] || IsStatedPost(page, listings);
        var isList = isItem || IsList(listings);
        var shown = isList || voice.MainChars > SomeText ? Shown.Nothing : ShownOn(page, voice);
        var block = BlockDetector.Of(page, voice, isList);
        block = Excludes(shown, block) ? null : block;
        var gone = block is null or BlockKind.Interstitial or BlockKind.Denied or BlockKind.Login && AbsenceDetector.IsGone(page, voice, found, isItem);
        var empty = block is null or BlockKind.Interstitial && !gone && !(isItem && !UrlKind.IsSearch(page.Url)) && AbsenceDetector.IsEmptySearch(page, voice, found);
        var isOpen = !isList && !HasMatter(page, voice) && (block is null || !Markers.Default.InSource(page.Text));

        // What shows nothing at all is no answer, whatever may stand behind it; nor is what says to its reader that he may not see it.
        return new Judgement(gone ? Ending.Gone : empty ? Ending.Empty : Of(block), isOpen, IsSure: ((gone || block is not null) && voice.PlainChars < NoText) || BlockDetector.IsSaid(block, page, voice), shown);
    }

    /// <summary>A list, an offer, an article, a form to look something up in, or simply much of anything.</summary>
    private static bool HasMatter(DecodedPage page, PageVoice voice) =>
        page.Text.Length > LargestPage || voice.Lists || voice.MainChars > LittleText || OwnMatter.Has(page, voice) || (voice.TextFields > 1 && PageKinds.IsLookup(page, voice));

    private static Judgement OfJson(DecodedPage page, IReadOnlyList<Listing> listings)
    {
        var voice = JsonVoice.Of(page);
        var answers = JsonAnswers(listings);
        var block = BlockDetector.OfJson(voice, answers);
        var gone = block is not (BlockKind.Captcha or BlockKind.Login) && AbsenceDetector.IsGone(voice, answers);
        var empty = block is null && !gone && AbsenceDetector.IsEmptySearch(page, voice, answers);

        // An empty list under a code that is no success may be a refusal's.
        var isOpen = !answers && !(empty && voice.Code is ("0" or "200" or null));
        return new Judgement(gone ? Ending.Gone : empty ? Ending.Empty : Of(block), isOpen && (block is null || !Markers.Default.InSource(page.Text)), IsSure: empty);
    }

    /// <summary>Listings that say much, or many links longer than a menu's.</summary>
    private static bool IsList(IReadOnlyList<Listing> listings) =>
        (listings.Count >= FewListings && ListingQuality.Of(listings) >= listings.Count * Telling && listings.Count(LeadsOrOffers) * 2 > listings.Count)
        || (listings.Count >= ManyListings && listings.Average(listing => listing.Title?.Length ?? 0) >= LongLink);

    /// <summary>Points of a message say much too, but lead nowhere and cost nothing.</summary>
    private static bool LeadsOrOffers(Listing listing) => listing.Url is not null || listing.Price is not null || listing.Seller is not null;

    /// <summary>A message alone reads like an object with a text; data has more than a title.</summary>
    private static bool JsonAnswers(IReadOnlyList<Listing> listings) =>
        listings.Any(listing => listing.Price is not null || listing.Seller is not null || listing.Images.Count > 0 || (listing.Id is not null && listing.Url is not null)) || listings.Count >= FewListings;

    private static Ending Of(BlockKind? block) => block switch
    {
        BlockKind.Captcha => Ending.Captcha,
        BlockKind.Login => Ending.Login,
        BlockKind.Denied => Ending.Denied,
        BlockKind.Interstitial => Ending.Interstitial,
        _ => Ending.Ok,
    };
}
