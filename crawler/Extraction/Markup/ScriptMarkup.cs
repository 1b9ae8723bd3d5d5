using System.Buffers;
using System.Text;
using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Markup that a script element holds for others to show: records of a data island, a filled-in template, texts that are passed to calls.</summary>
/// <remarks>One pass over the script, bounded in length; what cannot be read is left out.</remarks>
internal static class ScriptMarkup
{
    private const int Shortest = 40;
    private const int MaxChars = 4 * 1024 * 1024;
    private const int MaxDepth = 4;
    private const int MaxArguments = 8;
    private const int MaxPieces = 2_000;
    private const string Opening = "<![CDATA[";

    /// <summary>In a text that may be markup: what a script was to fill in.</summary>
    private static readonly SearchValues<string> Holes = SearchValues.Create(["{{", "<%", "${", "{%", "#{", "<#", "[[", "@{", "{$", "v-for=", "ng-repeat="], StringComparison.Ordinal);

    /// <summary>A list is made of blocks; a described thing's running text is not.</summary>
    private static readonly SearchValues<string> Blocks = SearchValues.Create(["<div", "<li", "<tr", "<dl", "<section", "<article"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Signs = SearchValues.Create(["</", "<\\/", "\\u003c", "\\x3c", "%3c"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Decoders = ["unescape(", "decodeURIComponent(", "decodeURI("];

    /// <summary>The records of an XML data island, as lists that are paged by scripts are shipped; null where the script is none.</summary>
    public static string? RecordsOf(HtmlNode script) =>
        script.Attributes["type"]?.Value is { } type && type.Contains("xml", StringComparison.OrdinalIgnoreCase) ? RecordsIn(LongScripts.TextOf(script)) : null;

    /// <summary>The same of a body that is nothing but such an island; null where it is not.</summary>
    public static string? RecordsOfBody(string text) =>
        text.AsSpan(0, Math.Min(text.Length, 400)).Contains("<datastore", StringComparison.OrdinalIgnoreCase) ? RecordsIn(text) : null;

    /// <summary>What a page that shows nothing otherwise is drawn from; null where the script holds no markup.</summary>
    public static string? Of(HtmlNode script)
    {
        var type = script.Attributes["type"]?.Value ?? "";
        var text = LongScripts.TextOf(script);
        if (text.Length is < Shortest or > MaxChars || !text.AsSpan().ContainsAny(Signs))
        {
            return null;
        }

        if (type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Contains("template", StringComparison.OrdinalIgnoreCase) || type.Contains("tmpl", StringComparison.OrdinalIgnoreCase))
        {
            return IsList(text) ? text : null;
        }

        return type.Length > 0 && !type.Contains("javascript", StringComparison.OrdinalIgnoreCase) && type != "module" ? null : Passed(text);
    }

    /// <summary>Markup that waits for no values.</summary>
    private static bool IsFilled(ReadOnlySpan<char> markup) => markup.Length >= Shortest && markup.Contains("</", StringComparison.Ordinal) && !markup.ContainsAny(Holes);

    /// <summary>Filled in, and made of blocks.</summary>
    public static bool IsList(string markup) => IsFilled(markup) && markup.AsSpan().ContainsAny(Blocks);

    private static string? RecordsIn(string text)
    {
        var records = new StringBuilder();
        for (var at = 0; text.IndexOf(Opening, at, StringComparison.Ordinal) is >= 0 and var open;)
        {
            var start = open + Opening.Length;
            var end = text.IndexOf("]]>", start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            // Groups beside the records lead to the rest of the list.
            if (!text.AsSpan(at, open - at).TrimEnd().EndsWith("group>", StringComparison.OrdinalIgnoreCase))
            {
                records.Append(text, start, end - start).Append('\n');
            }

            at = end;
        }

        return records.Length == 0 ? null : records.ToString();
    }

    /// <summary>What the script's calls are given to show, and what it writes into elements.</summary>
    private static string? Passed(string script)
    {
        var found = new StringBuilder();
        for (var at = 0; at < script.Length;)
        {
            var next = script.AsSpan(at).IndexOfAny('(', '=');
            if (next < 0)
            {
                break;
            }

            at += next + 1;
            var before = script.AsSpan(0, at - 1).TrimEnd();
            if (script[at - 1] == '(' ? before is [.., var c] && IsNamePart(c) : before.EndsWith("HTML", StringComparison.Ordinal) || before.EndsWith("HTML +", StringComparison.Ordinal) || before.EndsWith("HTML+", StringComparison.Ordinal))
            {
                at = Arguments(script, at, found);
            }
        }

        return found.Length == 0 ? null : found.ToString();
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';

    /// <returns>Where reading stopped.</returns>
    private static int Arguments(string script, int at, StringBuilder found)
    {
        for (var argument = 0; argument < MaxArguments; argument++)
        {
            at = Blank(script, at);
            if (at >= script.Length)
            {
                break;
            }

            if (script[at] is '{' or '[')
            {
                var parser = new LooseParser(script, at);
                Collect(parser.Read(), found, 0);
                at = Math.Max(at + 1, parser.Position);
            }
            else
            {
                var text = Joined(script, ref at);
                if (text is null)
                {
                    break;
                }

                Keep(text, found);
            }

            at = Blank(script, at);
            if (at >= script.Length || script[at] != ',')
            {
                break;
            }

            at++;
        }

        return at;
    }

    /// <summary>Literals in a row, joined by plus signs; null where something else stands there, or only values could complete it.</summary>
    private static string? Joined(string script, ref int at)
    {
        var joined = new StringBuilder();
        for (var piece = 0; piece < MaxPieces; piece++)
        {
            at = Blank(script, at);
            var start = at;
            var decoder = Array.Find(Decoders, name => script.AsSpan(start).StartsWith(name, StringComparison.Ordinal));
            var quote = at + (decoder?.Length ?? 0);
            if (quote >= script.Length || script[quote] is not ('"' or '\'' or '`'))
            {
                return null;
            }

            var parser = new LooseParser(script, quote);
            var text = parser.Read().Scalar;
            at = Math.Max(quote + 1, parser.Position);
            joined.Append(decoder is null ? text : Uri.UnescapeDataString(text));
            at = Blank(script, decoder is not null && at < script.Length && script[at] == ')' ? at + 1 : at);
            if (at >= script.Length || script[at] != '+')
            {
                break;
            }

            at++;
        }

        return joined.ToString();
    }

    private static int Blank(string script, int at)
    {
        while (at < script.Length && char.IsWhiteSpace(script[at]))
        {
            at++;
        }

        return at;
    }

    private static void Collect(LooseValue value, StringBuilder found, int depth)
    {
        if (value.Kind == LooseKind.Text)
        {
            Keep(value.Scalar, found);
        }

        foreach (var inner in depth < MaxDepth ? value.Items.Concat(value.Members.Select(member => member.Value)) : [])
        {
            Collect(inner, found, depth + 1);
        }
    }

    private static void Keep(string text, StringBuilder found)
    {
        if (text.AsSpan().TrimStart() is ['<', var letter, ..] && char.IsAsciiLetter(letter) && found.Length + text.Length <= MaxChars && IsList(text))
        {
            found.Append(text).Append('\n');
        }
    }
}
