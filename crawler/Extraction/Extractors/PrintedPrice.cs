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

    private static readonly SearchValues<char> OfPrices = SearchValues.Create("0123456789.,¥￥-~–至万元起 \u00A0\t\r\n");

    public static Price? Of(PageElement element)
    {
        if (Price.Stated(element.Attribute("data-price")) is { } stated)
        {
            return stated;
        }

        var pieces = Pieces(element.Node);
        return Price.Stated(pieces.Count > 1 ? Joined(pieces) : Next(element) is { } decimals ? element.Text + decimals : element.Text);
    }

    /// <summary>The decimals that stand in an element of their own behind the whole number.</summary>
    private static string? Next(PageElement element) =>
        element.TextLength > 0 && char.IsAsciiDigit(element.TextSpan[^1]) && element.NextSibling is { TextLength: 2 or 3 } next && next.TextSpan is ['.', >= '0' and <= '9', ..] ? next.Text : null;

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

            for (var child = next.LastChild; child is not null; child = child.PreviousSibling)
            {
                open.Push(child);
            }
        }

        return found;
    }
}
