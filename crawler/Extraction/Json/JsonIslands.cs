using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>The JSON documents of a page: bare bodies, JSONP, script blocks, and what scripts assign or pass to a call.</summary>
internal static class JsonIslands
{
    private const int SmallestIsland = 60;

    /// <summary>A broken document longer than this is not tried again from inside: that would cost quadratic time.</summary>
    private const int LongAttempt = 2_000;

    /// <summary>What is passed JSON as a text.</summary>
    private static readonly string[] Calls = ["JSON.parse(", ".enqueue("];

    /// <summary>True where the whole body is JSON or a script that carries it, not markup.</summary>
    public static bool IsBareBody(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n\uFEFF");
        if (start.IsEmpty || start[0] == '<')
        {
            return false;
        }

        if (start[0] is '{' or '[')
        {
            return true;
        }

        // name({…}), name = {…}, /**/name({…})
        var open = start.IndexOfAny('{', '[', '<');
        return open is > 0 and < 400 && start[open] != '<' && start[open..].Length > 2
            && start[..open].TrimEnd() is [.., '(' or '=' or ':'];
    }

    /// <summary>Documents of a bare body in order; several may follow each other, and noise may follow them.</summary>
    public static IReadOnlyList<LooseValue> OfBody(string text) => Find(text, 2);

    /// <summary>Documents of a page's scripts in page order, JSON-LD left out.</summary>
    public static IReadOnlyList<LooseValue> OfScripts(HtmlDocument document)
    {
        var found = new List<LooseValue>();
        var rows = new FlightRows();
        foreach (var script in LongScripts.Named(document, "script"))
        {
            var type = script.Attributes["type"]?.Value ?? "";
            var text = Unwrapped(LongScripts.TextOf(script));
            if (text.Length >= SmallestIsland && !rows.Take(text) && !type.Contains("ld+json", StringComparison.OrdinalIgnoreCase) && !type.Contains("html", StringComparison.OrdinalIgnoreCase))
            {
                found.AddRange(Find(text, SmallestIsland));
            }
        }

        found.AddRange(rows.Documents());
        return found;
    }

    /// <summary>Some sites escape their state as an address would be, or as the argument of <c>JSON.parse</c>.</summary>
    private static string Unwrapped(string script)
    {
        if (script.StartsWith("%7B", StringComparison.OrdinalIgnoreCase) || script.StartsWith("%5B", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.UnescapeDataString(script);
        }

        var call = Array.Find(Calls, name => script.Contains(name, StringComparison.Ordinal));
        var start = call is null ? script.Length : script.IndexOf(call, StringComparison.Ordinal) + call.Length;
        if (start >= script.Length || script[start] is not ('"' or '\''))
        {
            return script;
        }

        var argument = new LooseParser(script, start).Read().Scalar;
        return argument.Length >= SmallestIsland && argument.AsSpan().TrimStart() is ['{' or '[' or '%', ..] ? Unwrapped(argument) : script;
    }

    private static List<LooseValue> Find(string text, int smallest)
    {
        var found = new List<LooseValue>();
        var isStore = NormalizedStore.MayBeIn(text);
        var start = 0;
        if (CalledFunction.Find(text, 0) is { Value: { Kind: LooseKind.Record or LooseKind.List } called } function)
        {
            found.Add(called);
            start = function.End;
        }

        for (var at = start; at < text.Length;)
        {
            var open = NextOpening(text, at);
            if (open < 0)
            {
                break;
            }

            var parser = new LooseParser(text, open);
            var value = parser.Read();
            var length = parser.Position - open;
            var holds = value.Items.Count > 0 || value.Members.Count > 0;
            if (holds && length >= smallest)
            {
                found.Add(FlatPayload.Unfolded(isStore ? NormalizedStore.Resolved(value) : value));
            }

            // Past what could be read; a broken attempt is not tried again from each of its inner brackets.
            at = parser.IsSound || length > LongAttempt ? Math.Max(parser.Position, open + 1) : open + 1;
        }

        return found;
    }

    /// <summary>The next bracket that begins a value: at the start, or after an assignment, a call, or another document.</summary>
    private static int NextOpening(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny('{', '[');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            var before = text.AsSpan(0, at).TrimEnd();
            var starts = before.IsEmpty || before[^1] is '=' or '(' or '}' or ']' or ';' or '\uFEFF' || (char.IsAsciiDigit(before[^1]) && from > 0);
            var inner = text.AsSpan(at + 1, Math.Min(64, text.Length - at - 1)).TrimStart();
            if (starts && !inner.IsEmpty && (inner[0] is '"' or '\'' or '{' or '[' or '}' or ']' || (text[at] == '{' && IsBareMember(inner))))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Distinguishes <c>{name: …}</c> from a block of statements.</summary>
    private static bool IsBareMember(ReadOnlySpan<char> inner)
    {
        var length = inner.IndexOfAnyExcept(NameCharacters);
        return length > 0 && inner[length..].TrimStart() is [':', ..];
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");
}
