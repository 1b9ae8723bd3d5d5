using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>Further pages of the same list: a link that says so, and the numbers beside it.</summary>
/// <remarks>Calendars and archives number their links too; numbers count only in a pager, and a page of another host never does.</remarks>
internal static class NextPageFinder
{
    private const int MaxPages = 20;
    private const int MostNumbers = 15;

    private static readonly HashSet<string> NextWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "下一页", "下页", "后一页", "下一頁", "next", "next page", "下一页>", "下一页>>", "下一页›", "下一页»", "下一页 >", "下页>", "›", "»", ">", "后页", "加载更多", "查看更多",
    };

    /// <returns>Absolute addresses in page order, each once.</returns>
    public static IReadOnlyList<string> Of(DecodedPage page)
    {
        var found = new List<string>();
        var numbers = new List<PageElement>();
        PageElement? next = null;
        foreach (var element in page.Tree.Elements)
        {
            if (element.Tag is "a" or "link" && (element.Attribute("rel") ?? "").Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
            {
                next ??= element.Tag == "a" ? element : null;
                Add(element);
            }
            else if (element.Tag == "a" && element.TextLength is > 0 and < 12)
            {
                var text = element.Text;
                if (NextWords.Contains(text.Trim()))
                {
                    next ??= element;
                    Add(element);
                }
                else if (text.Length <= 4 && text.AsSpan().Trim("[]()") is var digits && digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9'))
                {
                    numbers.Add(element);
                }
            }
        }

        foreach (var number in InPager(numbers, next))
        {
            Add(number);
        }

        return found;

        void Add(PageElement element)
        {
            if (found.Count < MaxPages && Address.Absolute(page.Base, element.Attribute("href")) is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
                && uri.Host.Equals(page.Base.Host, StringComparison.OrdinalIgnoreCase) && address != page.Url.AbsoluteUri && !found.Contains(address))
            {
                found.Add(address);
            }
        }
    }

    /// <summary>Numbers that stand with a next link, or in an element that calls itself a pager; a month's days do neither.</summary>
    private static List<PageElement> InPager(List<PageElement> numbers, PageElement? next)
    {
        var pager = next?.Parent is { Tag: "li" or "span" or "td" or "div" } around && around.TextLength == next.TextLength ? around.Parent : next?.Parent;
        var inside = numbers.FindAll(number => (pager is not null && pager.Contains(number) && pager.Tag is not ("body" or "html")) || (next is null && IsInNamedPager(number)));
        return inside.Count <= MostNumbers ? inside : [];
    }

    private static bool IsInNamedPager(PageElement element)
    {
        for (var (around, levels) = (element.Parent, 0); around is not null && levels < 3; (around, levels) = (around.Parent, levels + 1))
        {
            if (around.Class.Contains("pag", StringComparison.OrdinalIgnoreCase) || around.Id.Contains("pag", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
