using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>A post or an answer, which repeats as cards do, but says its text here instead of leading to it.</summary>
internal static class Utterance
{
    private const int Shortest = 16;
    private const int LongestButton = 7;

    /// <summary>Where the cards begin that are no utterances; of a thread none is.</summary>
    public static HashSet<int> Others(DecodedPage page)
    {
        var cards = page.Subject.Cards;
        var others = cards.Where(card => !Is(card.Block)).Select(card => card.Block.Index).ToHashSet();
        return others.Count * 2 > cards.Count && !UrlKind.IsThread(page.Url) ? others : [];
    }

    public static bool Is(PageElement block) => block.TextSpan.IndexOfAny("¥￥") < 0 && (IsPlain(block) ? !ShowsThings(block) : IsPost(block));

    private static bool IsPlain(PageElement element)
    {
        var plain = element.TextLength - element.LinkChars;
        return plain >= Shortest && plain >= 3 * element.LinkChars;
    }

    /// <summary>Pictures lead to things; portraits lead to people.</summary>
    private static bool ShowsThings(PageElement block) => block.SelfAndDescendants.Any(element => element is { InLink: true, Tag: "img" } && !SellerLink.Is(LinkOf(element)?.Attribute("href")));

    /// <summary>Someone is named, then comes text; no title that leads elsewhere stands before it.</summary>
    private static bool IsPost(PageElement block)
    {
        var named = false;
        foreach (var element in block.SelfAndDescendants)
        {
            if (element.Hidden || element.TextLength == 0)
            {
                continue;
            }

            var link = element.Tag == "a";
            named |= (link && SellerLink.Is(element.Attribute("href"))) || ClassWords.IsAuthor(element);
            if (link && element.TextLength > LongestButton && !SellerLink.Is(element.Attribute("href")) && !ClassWords.IsAuthor(element))
            {
                return false;
            }

            if (named && !element.InLink && element.Index > block.Index && IsPlain(element) && !ClassWords.IsAuthor(element))
            {
                return true;
            }
        }

        return false;
    }

    private static PageElement? LinkOf(PageElement element)
    {
        var around = element;
        while (around is not null && around.Tag != "a")
        {
            around = around.Parent;
        }

        return around;
    }
}
