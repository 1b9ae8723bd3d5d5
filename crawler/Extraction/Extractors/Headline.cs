using System.Buffers;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The title of a page's own matter, where it has one.</summary>
/// <param name="Element">The element that shows it; null where only the head states it.</param>
/// <param name="IsConfirmed">Both the page and its head say so: the mark of a page about one thing.</param>
internal sealed partial record Headline(string Text, PageElement? Element, bool IsConfirmed)
{
    private const int ShortestConfirmed = 6;

    private static readonly string[] MetaTitles = ["ArticleTitle", "og:title", "twitter:title", "og:product:title"];
    private static readonly string[] Separated = [" - ", "_", " | ", " – ", " — "];
    private static readonly SearchValues<char> Separators = SearchValues.Create("|_—–-·»<");

    /// <returns>Null for pages without any title.</returns>
    public static Headline? Of(DecodedPage page)
    {
        var meta = PlainText.FromMarkup(page.Head.Meta(MetaTitles));
        var title = page.Head.Title;
        List<string> said = [Normal(title), Normal(meta ?? ""), .. LongParts(title)];
        PageElement? first = null;
        PageElement? dated = null;
        PageElement? shop = null;
        PageElement? named = null;
        foreach (var element in page.Tree.Elements)
        {
            if (element.Hidden || element.TextLength is < 2 or > 400 || !Leads(element))
            {
                continue;
            }

            var text = PlainText.Line(Saying(element))!;
            if (!element.InLink && !LeadsHome(element) && ((text.Length >= ShortestConfirmed && said.Exists(whole => Says(whole, text))) || IsShortHeading(element, text, title)))
            {
                if (!IsOfShop(text, title))
                {
                    return new Headline(text, element, IsConfirmed: true);
                }

                shop ??= element;
            }

            named ??= title.Length == 0 && text.Length >= ShortestConfirmed && !element.InLink && ClassWords.IsTitle(element) ? element : null;
            dated ??= text.Length >= ShortestConfirmed && !element.InLink && IsDated(element) ? element : null;
            first ??= element.Tag is "h1" or "h2" && !element.InLink && !ClassWords.IsChrome(element) && element.FirstChild is not { Tag: "img" } ? element : null;
        }

        if (shop is not null && first is { Tag: "h1", TextLength: >= 4 } && !OwnShop.IsOrganisation(first.Text))
        {
            // A page of a shop or an employer names in its title whose it is, and in its one heading what it is about.
            return new Headline(PlainText.Line(first.TextSpan)!, first, IsConfirmed: true);
        }

        if (shop is not null)
        {
            return new Headline(PlainText.Line(shop.TextSpan)!, shop, IsConfirmed: true);
        }

        if (dated is not null && meta is null)
        {
            return new Headline(PlainText.Line(dated.TextSpan)!, dated, IsConfirmed: true);
        }

        // A heading with the site's name says less than the title that the author wrote.
        var heading = first is null ? null : PlainText.Line(first.TextSpan);
        // A meta title that the document's own does not hold was written for another place.
        var shared = meta is not null && Normal(meta).Length > 0 && (title.Length == 0 || Normal(title).Contains(Normal(meta), StringComparison.Ordinal) || page.Head.Meta("ArticleTitle") is not null);
        return shared ? new Headline(meta!, null, page.Head.Meta("ArticleTitle") is not null)
            : heading is { Length: >= 4 } && title.Length < 2 * heading.Length ? new Headline(heading, first, false)
            : title.Length > 0 ? new Headline(WithoutSite(title), null, false)
            : heading is not null ? new Headline(heading, first, false)
            : named is not null ? new Headline(PlainText.Line(named.TextSpan)!, named, IsOnly(page, named)) : null;
    }

    /// <summary>Nothing else on the page calls itself so: where the head names nothing, it is the page's own title.</summary>
    private static bool IsOnly(DecodedPage page, PageElement title) => page.Tree.Elements.Count(element => element.Tag == title.Tag && element.Class == title.Class) == 1;

    /// <summary>The name of the shop that heads all its pages, which titles give after the matter's own.</summary>
    private static bool IsOfShop(string text, string title) => OwnShop.IsName(text) && title.IndexOf(text, StringComparison.Ordinal) > 0;

    /// <summary>A name as short as a site's own: only where it heads the page and its title, and links to nothing.</summary>
    private static bool IsShortHeading(PageElement element, string text, string title) =>
        element.Tag == "h1" && text.Length >= 3 && element.LinkChars == 0 && title.Length > text.Length && title.StartsWith(text, StringComparison.Ordinal);

    /// <summary>The site's name at the head of all its pages.</summary>
    private static bool LeadsHome(PageElement element) => element.LinkChars > 0 && element.LinkChars == element.TextLength
        && element.SelfAndDescendants.Any(inner => inner.Tag == "a" && inner.Attribute("href") is "/" or "./" or "index.html" or "/index.html" or "index.php" or "/index.php");

    private static bool Leads(PageElement element) =>
        element.Tag is "h1" or "h2" or "h3" or "h4" or "dt" || (element.Class.Length > 0 && ClassWords.IsTitle(element)) || element.Id.Contains("title", StringComparison.OrdinalIgnoreCase)
        || (element.FirstChild is null or { Tag: "br" } && element.Tag is "p" or "div" or "td" or "span" or "font" or "b" or "strong" or "big" && Saying(element).Length is >= 8 and < 120);

    /// <summary>The line below gives the day of publication, as under the headline of a notice.</summary>
    private static bool IsDated(PageElement element)
    {
        if (element.Tag == "td" && element.Parent?.FirstChild != element)
        {
            // What a table says beside a label is a value.
            return false;
        }

        var below = element.NextSibling ?? element.Parent?.NextSibling;
        return below is { TextLength: > 0 and < 100, InLink: false } && Dated().IsMatch(below.TextSpan);
    }

    [GeneratedRegex(@"^((发布|发表|更新)?(时间|日期|于)\s*[：:]?\s*)?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dated();

    /// <summary>Compared without spaces and punctuation, which titles in the head lose.</summary>
    /// <param name="whole">Normal already.</param>
    private static bool Says(string whole, string text)
    {
        if (whole.Length < ShortestConfirmed || !Shares(whole, text))
        {
            return false;
        }

        var part = Normal(text);
        return part.Length >= ShortestConfirmed && (whole.Contains(part, StringComparison.Ordinal) ? part.Length * 4 >= whole.Length : whole.Length >= 12 && part.StartsWith(whole, StringComparison.Ordinal));
    }

    /// <summary>Costs little and rules most texts out.</summary>
    private static bool Shares(string whole, string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\u4E00', '\u9FFF');
        return first < 0 || whole.Contains(text[first], StringComparison.Ordinal);
    }

    private static string Normal(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The element's text, of a description's lines the first.</summary>
    private static ReadOnlySpan<char> Saying(PageElement element)
    {
        var text = element.TextSpan;
        var line = element.FirstChild is { Tag: "br" } ? text.IndexOf('\n') : -1;
        return line < 0 ? text : text[..line];
    }

    /// <summary>What stands beside the names of shop and site, before or after, and long enough to be cut.</summary>
    private static IEnumerable<string> LongParts(string title)
    {
        const int Shortest = 12;
        return title.Split(Separated, StringSplitOptions.None).Select(Normal).Where(part => part.Length >= Shortest);
    }

    private static string WithoutSite(string title)
    {
        var cut = title.AsSpan().LastIndexOfAny(Separators);
        return cut >= 8 && cut * 2 > title.Length && title.Length - cut < 16 ? title[..cut].TrimEnd(' ', '-', '_', '|', '—') : title;
    }
}
