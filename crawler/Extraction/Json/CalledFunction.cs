using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>State shipped as a function that is called at once: <c>(function(a,b){return {x:a,y:b}}(1,"z"))</c>.</summary>
internal static partial class CalledFunction
{
    /// <summary>Reads the first from <paramref name="from"/> on, its parameters replaced by the arguments.</summary>
    /// <returns>Null where there is none.</returns>
    public static (LooseValue Value, int Start, int End)? Find(string text, int from)
    {
        var match = Opening().Match(text, from);
        if (!match.Success)
        {
            return null;
        }

        var body = match.Index + match.Length;
        var first = new LooseParser(text, body);
        _ = first.Read();
        var call = text.IndexOf('(', Math.Min(first.Position, text.Length));
        if (!first.IsSound || call < 0)
        {
            return null;
        }

        // The arguments stand behind the body, so the body is read again once they are known.
        var last = new LooseParser(text, call + 1);
        var arguments = last.ReadArguments();
        var names = match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Zip(arguments).DistinctBy(pair => pair.First, StringComparer.Ordinal).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return (new LooseParser(text, body, names).Read(), match.Index, last.Position);
    }

    [GeneratedRegex(@"\(function\s*\((?<names>[\w$,\s]*)\)\s*\{\s*return\s*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Opening();
}
