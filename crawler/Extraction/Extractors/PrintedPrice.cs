using System.Buffers;
using System.Text;
using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Reads the price of an element that holds one, also where its digits are spread over several elements.</summary>
internal static class PrintedPrice
{
    private const int MaxPieces = 16;
    private const int MaxElements = 300;
    private const int LongestLine = 200;
    private const int LongestAmount = 40;

    private static readonly SearchValues<char> OfPrices = SearchValues.Create("0123456789.,¥￥-~–至万元起 \u00A0\t\r\n");

    public static Price? Of(PageElement element)
    {
        if (Price.Stated(element.Attribute("data-price")) is { } stated)
        {
            return stated;
        }

        var pieces = Pieces(element.Node);
        return Price.Stated(pieces.Count > 1 ? Joined(pieces) : Next(element) is { } decimals ? element.Text + decimals : pieces is [var (only, _)] ? only : element.Text);
    }

    /// <summary>The first price with a currency's sign in a block whose names say nothing of prices; what is struck out, and deposits, are none.</summary>
    public static Price? Signed(PageElement block) => First(block, SignedAt);

    /// <summary>The first element that is an amount with its unit and nothing else.</summary>
    public static Price? Alone(PageElement block) => First(block, AloneAt);

    /// <summary>The price that is left to pay, above any other that a block prints: 券后 ¥139.</summary>
    public static Price? Reduced(PageElement block) => block.TextSpan.ContainsAny('券', '到', '折') ? First(block, ReducedAt) : null;

    private static Price? ReducedAt(PageElement element)
    {
        if (element.TextLength > LongestAmount || !Price.SaysReduced(element.TextSpan))
        {
            return null;
        }

        // A label in an element of its own belongs to the amount behind it, unless that one is struck out.
        return element.TextSpan.ContainsAnyInRange('0', '9') ? Price.Reduced(string.Concat(Pieces(element.Node).Select(piece => piece.Text)))
            : element.NextSibling is { TextLength: > 0 and <= LongestAmount } next && next.Tag is not ("del" or "s" or "strike") ? SignedAt(next) ?? Of(next) : null;
    }

    private static Price? First(PageElement block, Func<PageElement, Price?> read)
    {
        var end = Math.Min(block.End - block.Index, MaxElements);
        for (var i = 0; i < end; i++)
        {
            var element = block.SelfAndDescendants[i];
            if (element.TextLength == 0 || element.Hidden || (i > 0 && element.TextLength <= LongestAmount && ClassWords.IsFormerPrice(element)))
            {
                i = element.End - block.Index - 1;
            }
            else if (read(element) is { Low: > 0 } price)
            {
                return price;
            }
        }

        return null;
    }

    /// <summary>The price whose sign stands in this very element.</summary>
    public static Price? SignedAt(PageElement element)
    {
        if (element.TextLength > LongestLine || element.TextSpan.IndexOfAny("¥￥") < 0 || !HasOwn(element, "¥￥"))
        {
            return null;
        }

        // A sign in an element of its own belongs to what follows it.
        var whole = element.TextLength <= 2 && element.Parent is { TextLength: <= LongestLine } parent ? parent : element;
        var pieces = Pieces(whole.Node);
        var at = pieces.FindIndex(piece => piece.Text.AsSpan().ContainsAny('¥', '￥'));
        if (at < 0 || Price.IsOther(at > 0 ? pieces[at - 1].Text : element.Before(8)))
        {
            return null;
        }

        var first = pieces[at].Text;
        var sign = first.AsSpan().IndexOfAny('¥', '￥');
        return first.AsSpan(sign + 1).ContainsAnyInRange('0', '9') ? Price.InText(first + Decimals(pieces, at)) : Price.IsOther(first.AsSpan(0, sign)) ? null : Price.Stated(Joined([(first[sign..], false), .. pieces[(at + 1)..]]));
    }

    /// <summary>The amount with its unit that is all of this element: 950元/人, 63.8万.</summary>
    public static Price? AloneAt(PageElement element)
    {
        if (element.TextLength > LongestAmount || element.TextSpan is not [>= '0' and <= '9', ..] || !(element.TextSpan.Contains('元') || Price.IsWage(element.TextSpan)))
        {
            return null;
        }

        return Price.IsWage(element.TextSpan) ? Price.Stated(element.Text) : Price.InText(string.Concat(Pieces(element.Node).Select(piece => piece.Text)));
    }

    /// <summary>Decimals in an element of their own: ¥12 and .50.</summary>
    private static string Decimals(List<(string Text, bool Raised)> pieces, int at) =>
        at + 1 < pieces.Count && char.IsAsciiDigit(pieces[at].Text[^1]) && pieces[at + 1].Text is ['.', >= '0' and <= '9', ..] ? pieces[at + 1].Text : "";

    private static bool HasOwn(PageElement element, ReadOnlySpan<char> signs)
    {
        for (var child = element.Node.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child is HtmlTextNode text && text.Text.AsSpan().ContainsAny(signs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The decimals that stand in an element of their own behind the whole number.</summary>
    private static string? Next(PageElement element) =>
        element.TextSpan is [.., >= '0' and <= '9'] && element.NextSibling is { TextLength: 2 or 3 } next && next.TextSpan is ['.', >= '0' and <= '9', ..] ? next.Text : null;

    /// <summary>The pieces up to the first that belongs to no price, or begins another number.</summary>
    private static string Joined(List<(string Text, bool Raised)> pieces)
    {
        var joined = new StringBuilder();
        foreach (var (text, raised) in pieces)
        {
            var begins = char.IsAsciiDigit(text[0]) && joined.Length > 0 && char.IsAsciiDigit(joined[^1]);
            if (text.AsSpan().ContainsAnyExcept(OfPrices) || (begins && !raised && text.Length > 1))
            {
                if (joined.ToString().Any(char.IsAsciiDigit))
                {
                    break;
                }

                joined.Append(text);
                continue;
            }

            joined.Append(begins && raised ? "." : "").Append(text);
        }

        return joined.ToString();
    }

    private static List<(string Text, bool Raised)> Pieces(HtmlNode node)
    {
        var found = new List<(string, bool)>();
        var open = new Stack<HtmlNode>([node]);
        while (open.TryPop(out var next) && found.Count < MaxPieces)
        {
            if (next is HtmlTextNode text && PlainText.FromMarkup(text.Text, 60) is { } piece)
            {
                found.Add((piece, text.ParentNode?.Name == "sup"));
            }

            if (next != node && (next.Name is "del" or "s" or "strike" || (next.HasAttributes && (ClassWords.Of(next.Attributes["class"]?.Value) & ClassMeanings.Struck) != 0)))
            {
                continue;
            }

            for (var child = next.LastChild; child is not null; child = child.PreviousSibling)
            {
                open.Push(child);
            }
        }

        return found;
    }
}
