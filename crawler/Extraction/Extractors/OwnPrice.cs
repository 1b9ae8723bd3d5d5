using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The price near the headline of a page about one thing, where no element calls itself one.</summary>
internal static class OwnPrice
{
    /// <summary>How many blocks around the headline are searched.</summary>
    private const int Circles = 3;
    private const int MaxElements = 120;

    public static Price? Near(DecodedPage page)
    {
        var around = page.Subject.Headline?.Element?.Parent;
        var elements = around is null ? [] : OwnFields.Elements(page).Where(element => !element.Hidden && element.TextLength > 0).ToList();
        for (var circle = 0; circle < Circles && around is { Tag: not "html" }; circle++, around = around.Parent)
        {
            var own = Own(page, elements, around);
            foreach (var read in (Func<PageElement, Price?>[])[PrintedPrice.SignedAt, PrintedPrice.AloneAt])
            {
                if (own.Select(read).FirstOrDefault(price => price is { Low: > 0 }) is { } price)
                {
                    return price;
                }
            }
        }

        return null;
    }

    /// <summary>The first elements from the headline on that belong to the matter.</summary>
    private static List<PageElement> Own(DecodedPage page, List<PageElement> elements, PageElement around)
    {
        var found = new List<PageElement>();
        var headline = page.Subject.Headline!.Element!;
        foreach (var element in elements)
        {
            if (element.Index >= around.End || found.Count >= MaxElements)
            {
                break;
            }

            if (element.Index > around.Index && (element.Index > headline.Index || around.Parent?.Tag is not ("body" or "html")) && !IsStruck(element))
            {
                found.Add(element);
            }
        }

        return found;
    }

    private static bool IsStruck(PageElement element)
    {
        for (var next = element; next is not null; next = next.Parent)
        {
            if (next.Tag is "del" or "s" or "strike" || (next.TextLength <= 40 && ClassWords.IsFormerPrice(next)))
            {
                return true;
            }
        }

        return false;
    }
}
