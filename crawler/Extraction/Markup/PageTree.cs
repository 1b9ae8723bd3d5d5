using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>A page's elements in document order over one text: what every reading of the markup works on.</summary>
/// <remarks>
/// Built in one pass without recursion. Lists that a site ships inside comments of <c>code</c> elements, in text areas or in data islands are part of it;
/// what its scripts are to draw, its templates and its <c>noscript</c> elements only where it shows next to nothing without them.
/// </remarks>
internal sealed class PageTree
{
    /// <summary>In characters: a page that shows more is drawn.</summary>
    private const int LittleShown = 800;

    /// <summary>What it ships must be the page, not a box on it.</summary>
    private const int LittleShipped = 100;

    private PageTree(HtmlDocument document)
    {
        var built = PageTreeBuilder.Build(this, document.DocumentNode, draws: false);
        if (built.Text.Length < LittleShown && PageTreeBuilder.Build(this, document.DocumentNode, draws: true) is var drawn
            && drawn.Text.Length >= Math.Max(LittleShipped, built.Text.Length * 2))
        {
            built = drawn;
        }

        (ElementArray, Text, Shipped) = built;
    }

    /// <summary>Texts that are JSON and stand where no reader sees them.</summary>
    public IReadOnlyList<string> Shipped { get; }

    /// <summary>The first stands for the document; scripts, styles and comments are left out.</summary>
    public IReadOnlyList<PageElement> Elements => ElementArray;

    /// <summary>All visible text, and the hidden too, as <see cref="PageElement.Text"/> slices it.</summary>
    public string Text { get; }

    public PageElement Root => ElementArray[0];

    internal PageElement[] ElementArray { get; }

    public static PageTree Of(HtmlDocument document) => new(document);

    /// <summary>Lenient, bounded in depth, time and memory for any text whatever.</summary>
    public static HtmlDocument Parse(string html)
    {
        // Nobody asks for its errors, its index of ids or a declared charset, each of which it keeps books for.
        var document = new HtmlDocument { OptionEmptyCollection = true, OptionCheckSyntax = false, OptionUseIdAttribute = false, OptionReadEncoding = false };
        var (bounded, raw) = MarkupBounds.Apply(html);
        var (shortened, taken) = LongScripts.TakeOut(bounded, raw);
        document.LoadHtml(shortened);
        LongScripts.PutBack(document, taken);
        return document;
    }
}
