using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sellers;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>The title of a card: the heading or link that names it.</summary>
internal static class CardTitle
{
    private const int MostLettersOfPrice = 8;

    /// <returns>The title, null without one, and the element that shows it.</returns>
    public static (string? Text, PageElement Element) Of(Card card, CardParts parts)
    {
        var best = card.Title;
        var bestScore = Score(best, card.Block, parts) + 0.5;
        foreach (var element in card.Block.SelfAndDescendants)
        {
            if (element.TextLength >= 2 && element.Index != card.Block.Index && Score(element, card.Block, parts) is var score && score > bestScore)
            {
                (best, bestScore) = (element, score);
            }
        }

        best = ThingBefore(card.Block, best) ?? best;
        return (Spoken(Saying(card.Block, best, bestScore) ?? best) ?? PictureText(card.Block), best);
    }

    /// <summary>Who offers is named behind what is offered; a directory names him first.</summary>
    /// <returns>Null where the title names no organisation, or no link stands before it.</returns>
    private static PageElement? ThingBefore(PageElement block, PageElement title) => !OwnShop.IsOrganisation(title.Text) ? null
        : block.SelfAndDescendants.FirstOrDefault(link => link is { Tag: "a", Hidden: false, TextLength: >= 4 and <= 60 } && link.Index < title.Index && !link.Contains(title)
            && !SellerLink.Is(link.Attribute("href")) && IsWording(link.TextSpan) && !SellerName.IsButton(link.TextSpan) && !OwnShop.IsOrganisation(link.Text));

    /// <summary>A post without a title is known by what it says, not by its author or its badge.</summary>
    /// <returns>Null where the card has a title, or no paragraph.</returns>
    private static PageElement? Saying(PageElement block, PageElement title, double score)
    {
        const int ShortestParagraph = 16;
        const int LongestBadge = 4;
        const double LowestOfTitle = 4;
        var isOther = score < 0 || (title.TextLength <= LongestBadge && (title.Tag != "a" || score < LowestOfTitle)) || IsPoster(block, title) || (title.Tag == "a" &&
            (SellerLink.Is(title.Attribute("href")) || title.TextSpan is ['#', .., '#'] or ['@', ..] || InMenu(block, title)));
        if (!isOther)
        {
            return null;
        }

        var paragraphs = block.SelfAndDescendants.Where(element => IsParagraph(element) && element.TextLength - element.LinkChars >= ShortestParagraph).ToList();

        // In document order what one holds comes next.
        return paragraphs.Where((outer, i) => i + 1 == paragraphs.Count || !outer.Contains(paragraphs[i + 1])).MaxBy(element => element.TextLength);
    }

    /// <summary>Where a post's portrait leads, its author's name does too; a thing's picture and title do, but no link says when it was written.</summary>
    public static bool IsPoster(PageElement block, PageElement title) =>
        title is { Tag: "a", TextLength: <= 20 } && title.Attribute("href") is { } address
        && block.SelfAndDescendants.Any(link => IsPortrait(link) && link.Attribute("href") == address)
        && block.SelfAndDescendants.Any(link => link.Tag == "a" && Moment.IsOne(link.TextSpan))
        && !block.SelfAndDescendants.Any(link => link is { Tag: "a", TextLength: > 1 } && link.Attribute("href") is { } other && other != address && SellerLink.Is(other));

    public static bool IsPortrait(PageElement link) => link is { Tag: "a", TextLength: 0 } && link.SelfAndDescendants.Any(inner => inner.Tag == "img");

    private static bool IsParagraph(PageElement element) => element is { InLink: false, Hidden: false } && (element.Tag == "p" || ClassWords.IsText(element));

    private static bool InMenu(PageElement block, PageElement title)
    {
        for (var around = title.Parent; around is not null && around.Index > block.Index; around = around.Parent)
        {
            // A card's own header holds its title.
            if (ClassWords.IsChrome(around) && around.SelfAndDescendants.Count(link => link.Tag == "a") > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static double Score(PageElement element, PageElement block, CardParts parts)
    {
        var length = element.TextSpan.Length;
        if (length < 2 || Moment.IsOne(element.TextSpan) || IsDevice(element) || SellerName.IsButton(element.TextSpan) || (length <= 12 && !IsWording(element.TextSpan)) || (element.Hidden && !block.Hidden) || (length < 60 && Letters(element.TextSpan) <= MostLettersOfPrice && element.TextSpan.IndexOfAny("¥￥") >= 0 && Price.Stated(element.Text) is not null) || (parts.Seller is not null && element.TextSpan.SequenceEqual(parts.Seller)))
        {
            return -1;
        }

        var named = element.Tag switch
        {
            "h1" or "h2" or "h3" => 4,
            "h4" or "h5" or "dt" => 3,
            "a" when !ClassWords.IsSeller(element) => SellerLink.Is(element.Attribute("href")) ? 1 : 2,
            _ => 0,
        };
        named += !ClassWords.IsTitle(element) || (element.Tag == "a" && SellerLink.Is(element.Attribute("href"))) ? 0 : element.InLink || element.FirstChild?.Tag == "a" ? 4 : 3;
        if (named == 0)
        {
            return length is >= 8 and <= 200 && element.FirstChild is null && IsWording(element.TextSpan) ? 0.5 : -1;
        }

        // Too long is a whole card, too short a badge.
        return named + (length is >= 6 and <= 120 ? 1 : length > 400 ? -3 : 0);
    }

    /// <summary>What a post was written with: 来自 and the name of a telephone.</summary>
    public static bool IsDevice(PageElement element) => element.Tag == "a" && element.Before(6).TrimEnd().EndsWith("来自", StringComparison.Ordinal);

    /// <summary>The element's text, or its title attribute where that says the same uncut.</summary>
    private static string? Spoken(PageElement element)
    {
        var text = Own(element);
        var attribute = PlainText.FromMarkup(element.Attribute("title") ?? element.FirstChild?.Attribute("title"));
        if (attribute is null || text is null)
        {
            return text ?? attribute;
        }

        var start = text.AsSpan().TrimEnd("….");
        return attribute.Length > text.Length && attribute.StartsWith(start[..Math.Min(6, start.Length)], StringComparison.Ordinal) ? attribute : text;
    }

    /// <summary>Leaves out what a link around a whole card holds besides the title: badges, counts and prices on lines of their own.</summary>
    private static string? Own(PageElement element)
    {
        var text = element.TextSpan;
        var best = text;
        if (text.Contains('\n'))
        {
            best = default;
            var seen = 0;
            foreach (var line in text.EnumerateLines())
            {
                // A later line must be much longer: after the title comes the description.
                if (seen++ < 5 && Letters(line) >= 2 && line.Length > (best.IsEmpty || Letters(best) < 6 ? best.Length : Math.Max(3 * best.Length, 24)) && line.Length <= 300)
                {
                    best = line;
                }
            }
        }

        return PlainText.Line(AdMark.Without(best.IsEmpty ? text : best, element));
    }

    /// <summary>Dates and numbers name nothing, nor does a code such as PX-260017.</summary>
    public static bool IsWording(ReadOnlySpan<char> text)
    {
        const int LongestCode = 30;
        var (letters, digits) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsLetter(c) && !char.IsAscii(c))
            {
                return true;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return letters > 0 && (digits < letters || text.Length > LongestCode || text.Contains(' '));
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters;
    }

    private static string? PictureText(PageElement block) =>
        block.SelfAndDescendants.Where(element => element.Tag == "img").Select(element => PlainText.FromMarkup(element.Attribute("alt"))).FirstOrDefault(alt => alt is { Length: >= 4 });
}
