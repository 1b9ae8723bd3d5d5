using System.Net;
using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>A visible line of at most 120 characters outside links and listings.</summary>
/// <param name="Text">White space removed.</param>
/// <param name="IsBeside">It stands among comments, related items and the like.</param>
/// <param name="HasLink">Part of it leads elsewhere.</param>
/// <param name="At">The place of its element in the page.</param>
internal readonly record struct Notice(string Text, bool IsBeside, bool HasLink, int At);

/// <summary>How much a page says, and the short messages among it.</summary>
internal sealed class PageVoice
{
    private const int LongestNotice = 120;
    private const int MaxNotices = 400;
    private const int FullCard = 20;
    private const int BriefChars = 160;
    private const int BriefLines = 8;
    private const int LongestBrief = 60;

    /// <summary>As programs that draw codes are called.</summary>
    private static readonly string[] CodePictures = ["captcha", "verify", "vcode", "checkcode", "validate", "seccode", "yzm", "code.php", "code.asp", "code.jsp", "/code?"];

    private readonly IReadOnlyList<Card> _cards;

    private PageVoice(DecodedPage page)
    {
        var root = page.Tree.Root;
        // Links of menus repeat too, and what stands among them is no listing.
        _cards = page.Subject.Cards is { Count: >= 3 } cards && cards.Count(card => card.Block.TextLength >= FullCard) * 2 > cards.Count && !AreParts(cards) ? page.Subject.Cards : [];
        Lists = _cards.Count >= 4;
        var (shown, main) = (root.TextLength, root.TextLength - root.LinkChars);
        var chromeEnd = 0;
        foreach (var element in page.Tree.Elements)
        {
            if (element.Hidden)
            {
                shown -= element.Parent is { Hidden: true } ? 0 : element.TextLength;
            }

            if (element.Index >= chromeEnd && (element.Hidden || IsFrame(element, root)))
            {
                main -= element.TextLength - element.LinkChars;
                chromeEnd = element.End;
            }

            if (!element.Hidden)
            {
                Hear(element);
                if (element.Index >= chromeEnd)
                {
                    Read(element);
                }
            }
        }

        (PlainChars, MainChars) = (shown - root.LinkChars, Math.Max(0, main));
    }

    /// <summary>Visible characters outside links.</summary>
    public int PlainChars { get; }

    /// <summary>Visible characters outside links, menus, headers and footers.</summary>
    public int MainChars { get; }

    /// <summary>A field for a password stands in a block that speaks of logging in.</summary>
    public bool AsksPassword => PasswordBlock is not null;

    /// <summary>The block around the password field; null without one.</summary>
    public PageElement? PasswordBlock { get; private set; }

    /// <summary>There is a field or a button to answer with.</summary>
    public bool Asks { get; private set; }

    public bool HasPictures { get; private set; }

    /// <summary>There is a picture that a program draws of letters to type.</summary>
    public bool ShowsCode { get; private set; }

    /// <summary>Fields for text, those for searching the site included.</summary>
    public int TextFields { get; private set; }

    /// <summary>In page order.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>Cards that say more than menu entries do.</summary>
    public bool Lists { get; }

    /// <summary>A few short lines and nothing else: no list, no matter.</summary>
    public bool IsBrief => MainChars < BriefChars && Notices.Count is > 0 and <= BriefLines && !Lists;

    public static PageVoice Of(DecodedPage page) => new(page);

    /// <summary>The page's own message, not what stands beside it, holds a phrase of the set.</summary>
    public bool Says(MarkerSet markers) => Notices.Exists(notice => !notice.IsBeside && markers.InNotice(notice.Text));

    /// <summary>One of its lines holds a word of the set.</summary>
    public bool Mentions(MarkerSet markers) => Notices.Exists(notice => !notice.IsBeside && !notice.HasLink && notice.Text.Length <= LongestBrief && markers.InWords(notice.Text));

    /// <summary>Two of its lines or more do.</summary>
    public bool MentionsOften(MarkerSet markers) => Notices.Count(notice => !notice.IsBeside && !notice.HasLink && notice.Text.Length <= LongestBrief && markers.InWords(notice.Text)) > 1;

    /// <summary>Blocks of which each has a name of its own are the parts of a page; a list's cards share theirs.</summary>
    private static bool AreParts(IReadOnlyList<Card> cards) =>
        cards.All(card => card.Block.Class.Length > 0) && cards.DistinctBy(card => card.Block.Class.AsSpan().TrimEnd("0123456789").ToString(), StringComparer.Ordinal).Count() == cards.Count;

    private void Hear(PageElement element)
    {
        if (element.Tag is "input" or "button" or "textarea" or "iframe")
        {
            Asks |= element.Attribute("type") is not "hidden";
            if (PasswordBlock is null && string.Equals(element.Attribute("type"), "password", StringComparison.OrdinalIgnoreCase))
            {
                PasswordBlock = LoginBlock(element);
            }
        }

        HasPictures |= element.Tag == "img";
        ShowsCode |= element.Tag == "img" && CodePictures.Any(name => element.Attribute("src")?.Contains(name, StringComparison.OrdinalIgnoreCase) == true);
        TextFields += element.Tag == "input" && element.Attribute("type") is (null or "text" or "tel") ? 1 : 0;
    }

    private void Read(PageElement element)
    {
        if (element.InLink || Notices.Count >= MaxNotices || (element.LinkChars * 2 > element.TextLength && element.TextLength > 0) || ClassWords.IsChrome(element))
        {
            return;
        }

        // A block of blocks speaks through them; only text that stands between them is its own.
        if (element.HoldsBlocks)
        {
            foreach (var text in element.Node.ChildNodes.OfType<HtmlTextNode>())
            {
                Add(element, WebUtility.HtmlDecode(text.Text));
            }
        }
        else if (IsLine(element))
        {
            foreach (var line in element.TextSpan.EnumerateLines())
            {
                Add(element, line);
            }
        }
    }

    private void Add(PageElement element, ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is >= 2 and <= LongestNotice && !InsideCard(element, _cards))
        {
            Notices.Add(new Notice(string.Concat(trimmed.ToString().Where(c => !char.IsWhiteSpace(c))), IsBeside(element), element.LinkChars > 0, element.Index));
        }
    }

    /// <summary>It holds text and no blocks, and is no part of such an element.</summary>
    public static bool IsLine(PageElement element) => !element.HoldsBlocks && (element.Parent is null || element.Parent.HoldsBlocks);

    /// <summary>The largest small block around a password field; null where it asks for something other than a log-in, such as a look-up's password.</summary>
    private static PageElement? LoginBlock(PageElement field)
    {
        const int Small = 240;
        var block = field;
        while (block.Parent is { TextLength: <= Small } parent && parent.Tag is not ("body" or "html" or "#document"))
        {
            block = parent;
        }

        return block.SelfAndDescendants.Any(SpeaksOfLogin) || !block.SelfAndDescendants.Any(SpeaksOfLookup) ? block : null;
    }

    /// <summary>Look-ups ask for a password of the record's.</summary>
    private static bool SpeaksOfLookup(PageElement element) =>
        IsLookupWord(element.Attribute("value")) || IsLookupWord(element.Attribute("placeholder")) || IsLookupWord(element.Attribute("action"))
        || (element.FirstChild is null && IsLookupWord(element.Text));

    private static bool IsLookupWord(string? text) =>
        text is not null && (text.Contains('查', StringComparison.Ordinal) || text.Contains("证书", StringComparison.Ordinal)
            || text.Contains("query", StringComparison.OrdinalIgnoreCase) || text.Contains("search", StringComparison.OrdinalIgnoreCase));

    private static bool SpeaksOfLogin(PageElement element) =>
        IsLoginWord(element.Attribute("value")) || IsLoginWord(element.Attribute("placeholder")) || IsLoginWord(element.Attribute("action"))
        || (element.FirstChild is null && !element.InLink && IsLoginWord(element.Text));

    private static bool IsLoginWord(string? text) =>
        text is not null && (text.Contains('登', StringComparison.Ordinal) || text.Contains("login", StringComparison.OrdinalIgnoreCase)
            || text.Contains("log in", StringComparison.OrdinalIgnoreCase) || text.Contains("sign in", StringComparison.OrdinalIgnoreCase)
            || text.Contains("帐号", StringComparison.Ordinal) || text.Contains("账号", StringComparison.Ordinal) || text.Contains("用户名", StringComparison.Ordinal));

    /// <summary>Menus, headers, footers and bars at an edge, unless most of what the page says stands in it.</summary>
    public static bool IsFrame(PageElement element, PageElement root) =>
        (element.TextLength - element.LinkChars) * 2 < root.TextLength - root.LinkChars && element.Tag is not ("body" or "html") && (ClassWords.IsChrome(element) || IsBar(element));

    /// <summary>It asks for consent to cookies, or lies over one edge of the page; what lies over all of it is in the way.</summary>
    private static bool IsBar(PageElement element)
    {
        if (!element.Node.HasAttributes)
        {
            return false;
        }

        if (element.Class.Contains("cookie", StringComparison.OrdinalIgnoreCase) || element.Id.Contains("cookie", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (element.Attribute("style") is not { } written || !written.Contains("fixed", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var style = string.Concat(written.Where(c => !char.IsWhiteSpace(c)));
        return style.Contains("position:fixed", StringComparison.OrdinalIgnoreCase) && style.Contains("bottom:0", StringComparison.OrdinalIgnoreCase) && !style.Contains("top:0", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsBeside(PageElement element)
    {
        for (var around = element; around is not null && around.Tag != "body"; around = around.Parent)
        {
            if (ClassWords.IsBeside(around))
            {
                return true;
            }
        }

        return false;
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
