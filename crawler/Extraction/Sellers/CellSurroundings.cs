using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>What stands around a text in its card that speaks for or against its being a seller's name.</summary>
internal static class CellSurroundings
{
    /// <summary>By how many bits the names of the element around are shifted in <see cref="SellerTraits"/>.</summary>
    public const int AroundShift = 19;

    private const int LongestHead = 8;
    private const int LargestAround = 80;

    public static SellerTraits Of(PageElement element, TitledCard card)
    {
        var block = card.Card.Block;
        var around = element.Parent is { TextLength: <= LargestAround } parent && parent.Index >= block.Index ? (SellerTraits)((ulong)parent.Meanings << AroundShift) : 0;
        return (SellerTraits)(ulong)element.Meanings | around | OfLink(element, card) | (element.Index > card.Element.Index ? SellerTraits.AfterTitle : 0)
            | (HasPicture(element, block) ? SellerTraits.Portrait : 0) | (HasFacts(element, block) ? SellerTraits.AmongFacts : 0) | (IsUnderHead(element, block) ? SellerTraits.Headed : 0);
    }

    private static SellerTraits OfLink(PageElement element, TitledCard card)
    {
        for (var around = element; around is not null && around.Index >= card.Card.Block.Index; around = around.Parent)
        {
            if (around.Tag == "a")
            {
                var href = around.Attribute("href");
                return around.Contains(card.Element) ? SellerTraits.None
                    : SellerTraits.InLink | (SellerLink.Is(href) ? SellerTraits.Linked : 0) | (href is not null && href == card.Portrait ? SellerTraits.Portrait : 0);
            }
        }

        return SellerTraits.None;
    }

    /// <param name="before">What stands on the line before a text; a label ends it with a colon.</param>
    public static SellerTraits OfLabel(ReadOnlySpan<char> before, TitledCard card)
    {
        before = before.TrimEnd();
        if (before is not [.., '：' or ':'])
        {
            return SellerTraits.None;
        }

        var label = LabelledSeller.LabelBefore(before, before.Length - 1);
        for (var from = 0; from + 2 <= label.Length; from++)
        {
            // What stands before it on its line may touch it: 电工吧作者：.
            var kind = SellerLabels.Names(label[from..]) ? SellerTraits.SellerLabel : SellerLabels.NamesAuthor(label[from..]) ? card.HasPrice ? SellerTraits.OtherLabel : SellerTraits.AuthorLabel : SellerLabels.NamesAccount(label[from..]) ? SellerTraits.AccountLabel : SellerTraits.None;
            if (kind != SellerTraits.None)
            {
                return kind;
            }
        }

        return label.Length < 2 ? SellerTraits.None : SellerTraits.OtherLabel;
    }

    /// <summary>How many like it stand beside it: tags, links below an ad.</summary>
    public static int Alike(PageElement element, TitledCard card)
    {
        var most = AlikeBeside(element, card);
        for (var around = element; around.Parent is { } parent && parent.Index > card.Card.Block.Index && parent.TextLength == around.TextLength; around = parent)
        {
            most = Math.Max(most, AlikeBeside(parent, card));
        }

        return most;
    }

    private static int AlikeBeside(PageElement element, TitledCard card)
    {
        var alike = 0;
        foreach (var other in element.Tag is not ("td" or "th") && element.Index > card.Card.Block.Index && element.Parent is { } parent ? parent.Children.Take(CellPlaces.MostSiblings) : [])
        {
            alike += other.Tag == element.Tag && other.Class == element.Class && other.TextLength > 0 && !other.Contains(card.Element) ? 1 : 0;
        }

        return alike;
    }

    private static bool HasPicture(PageElement element, PageElement block)
    {
        for (var around = element; around.Parent is { } parent && around.Index > block.Index; around = parent)
        {
            if (around.Index > parent.Index + 1)
            {
                // Its parent's first child stands before it.
                var before = parent.FirstChild!;
                return before.End <= around.Index && before.TextLength == 0 && before.SelfAndDescendants.Any(inner => inner.Tag == "img") && parent.TextLength <= 60;
            }

            if (around.TextLength != parent.TextLength)
            {
                return false;
            }
        }

        return false;
    }

    private static bool HasFacts(PageElement element, PageElement block)
    {
        var around = element;
        while (around.Parent is { } outer && outer.Index > block.Index && outer.TextLength == element.TextLength)
        {
            around = outer;
        }

        return around.Parent is { } parent && parent.Children.Take(CellPlaces.MostSiblings).Any(other => other.Index != around.Index && other.TextLength is >= 2 and <= 20 && NameTraits.IsFact(other.TextSpan));
    }

    private static bool IsUnderHead(PageElement element, PageElement block)
    {
        var cell = element;
        while (cell.Tag is not ("td" or "th") && cell.Index > block.Index && cell.Parent is { } outer)
        {
            cell = outer;
        }

        if (cell is not { Tag: "td", Parent: { Tag: "tr", Parent: { } rows } row })
        {
            return false;
        }

        var column = row.Children.Take(CellPlaces.MostSiblings).TakeWhile(before => before.Index < cell.Index).Count();
        var head = (rows.Parent?.Children.FirstOrDefault(child => child.Tag == "thead")?.FirstChild ?? rows.FirstChild)?.Children.ElementAtOrDefault(column);
        return head is { TextLength: >= 2 and <= LongestHead } && SellerLabels.Names(head.TextSpan);
    }
}
