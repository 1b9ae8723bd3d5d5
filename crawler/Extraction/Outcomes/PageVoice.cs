using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>How much a page says, and the short messages among it.</summary>
internal sealed class PageVoice
{
    private const int LongestNotice = 120;
    private const int MaxNotices = 400;

    private PageVoice(DecodedPage page)
    {
        var shown = page.Tree.Root.TextLength;
        foreach (var element in page.Tree.Elements)
        {
            if (element.Hidden && element.Parent is not { Hidden: true })
            {
                shown -= element.TextLength;
            }
            else if (!element.Hidden)
            {
                Read(element, page);
            }
        }

        PlainChars = shown - page.Tree.Root.LinkChars;
    }

    /// <summary>Visible characters outside links.</summary>
    public int PlainChars { get; }

    public bool AsksPassword { get; private set; }

    /// <summary>There is a field or a button to answer with.</summary>
    public bool Asks { get; private set; }

    public bool HasPictures { get; private set; }

    /// <summary>Short visible blocks outside links and listings, white space removed, in page order.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Cards that say more than menu entries do.</summary>
    public bool Lists { get; private init; }

    public static PageVoice Of(DecodedPage page) => new(page)
    {
        Lists = page.Subject.Cards is { Count: >= 4 } cards && cards.Count(card => card.Block.TextLength >= 20) * 2 > cards.Count,
    };

    private void Read(PageElement element, DecodedPage page)
    {
        if (element.Tag is "input" or "button" or "textarea" or "iframe")
        {
            Asks |= element.Attribute("type") is not "hidden";
            AsksPassword |= string.Equals(element.Attribute("type"), "password", StringComparison.OrdinalIgnoreCase);
        }

        HasPictures |= element.Tag == "img";
        if (element.InLink || element.TextLength is < 2 or > LongestNotice || Notices.Count >= MaxNotices
            || (element.Parent is { TextLength: <= LongestNotice } parent && parent.Tag is not ("body" or "html") && !ClassWords.IsChrome(parent)))
        {
            return;
        }

        if (!ClassWords.IsChrome(element) && !InsideCard(element, page.Subject.Cards))
        {
            Notices.Add(string.Concat(element.Text.Where(c => !char.IsWhiteSpace(c))));
        }
    }

    private static bool InsideCard(PageElement element, IReadOnlyList<Card> cards)
    {
        var (low, high) = (0, cards.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (cards[middle].Block.Contains(element))
            {
                return true;
            }

            (low, high) = cards[middle].Block.Index < element.Index ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}
