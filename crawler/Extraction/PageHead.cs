using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction;

/// <summary>What a page says of itself in its head: title, base address, meta elements.</summary>
internal sealed class PageHead
{
    private readonly Dictionary<string, string> _meta = new(StringComparer.OrdinalIgnoreCase);

    private PageHead(Uri baseUrl) => Base = baseUrl;

    public Uri Base { get; private set; }

    /// <summary>The document's title on one line; empty without one.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The address that the page gives as its own, absolute; null without one.</summary>
    public string? Canonical { get; private set; }

    /// <summary>Head elements may stand anywhere in broken pages, so the whole page is looked at; the first of a name counts.</summary>
    public static PageHead Of(DecodedPage page)
    {
        var head = new PageHead(page.Url);
        foreach (var element in page.Tree.Elements)
        {
            switch (element.Tag)
            {
                case "title" when head.Title.Length == 0:
                    head.Title = PlainText.FromMarkup(element.Node.InnerText, 500) ?? "";
                    break;
                case "base" when Uri.TryCreate(page.Url, element.Attribute("href"), out var address) && address.Scheme is ("http" or "https"):
                    head.Base = address;
                    break;
                case "link" when string.Equals(element.Attribute("rel"), "canonical", StringComparison.OrdinalIgnoreCase):
                    head.Canonical ??= Address.Absolute(head.Base, element.Attribute("href"));
                    break;
                case "meta":
                    head.Keep(element);
                    break;
            }
        }

        return head;
    }

    /// <param name="names">Names or properties, best first.</param>
    /// <returns>The first that has content; null where none has.</returns>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_meta.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private void Keep(PageElement element)
    {
        var name = element.Attribute("property") ?? element.Attribute("name") ?? element.Attribute("itemprop");
        if (name is not null && element.Attribute("content") is { } content)
        {
            _meta.TryAdd(name, content);
        }
    }
}
