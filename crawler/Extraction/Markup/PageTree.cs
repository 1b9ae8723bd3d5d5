using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>A page's elements in document order over one text: what every reading of the markup works on.</summary>
/// <remarks>Built in one pass without recursion. Lists that a site ships inside comments of <c>code</c> elements or in text areas are part of it.</remarks>
internal sealed class PageTree
{
    private PageTree(HtmlDocument document)
    {
        var built = PageTreeBuilder.Build(this, document.DocumentNode);
        (ElementArray, Text) = (built.Elements, built.Text);
    }

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
        var document = new HtmlDocument { OptionEmptyCollection = true };
        var (shortened, taken) = LongScripts.TakeOut(MarkupBounds.Apply(html));
        document.LoadHtml(shortened);
        LongScripts.PutBack(document, taken);
        return document;
    }
}
