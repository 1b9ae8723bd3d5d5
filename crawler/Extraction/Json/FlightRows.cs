using System.Globalization;
using System.Text;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>What React's server components ship: pieces pushed by many scripts, together one row a value, <c>5:["$","ul",null,{…}]</c>.</summary>
internal sealed class FlightRows
{
    private const string Push = "__next_f";
    private const int MaxChars = 8 * 1024 * 1024;
    private const int LongestPush = 60;
    private const int LongestId = 8;

    private readonly StringBuilder _pieces = new();

    /// <returns>False where the script pushes none.</returns>
    public bool Take(string script)
    {
        if (script.AsSpan(0, Math.Min(script.Length, LongestPush)).IndexOf(Push) < 0)
        {
            return false;
        }

        var call = script.IndexOf(".push([1,", StringComparison.Ordinal);
        if (call >= 0 && _pieces.Length < MaxChars)
        {
            _pieces.Append(new LooseParser(script, call + ".push([1,".Length).Read().Scalar);
        }

        return true;
    }

    /// <summary>The rows that hold objects or lists, in order, with long texts put where they are named.</summary>
    public IReadOnlyList<LooseValue> Documents()
    {
        var rows = new List<LooseValue>();
        var texts = new Dictionary<string, LooseValue>(StringComparer.Ordinal);
        var stream = _pieces.ToString();
        for (var at = 0; at < stream.Length;)
        {
            var colon = stream.AsSpan(at, Math.Min(LongestId, stream.Length - at)).IndexOf(':');
            if (colon > 0 && at + colon + 1 < stream.Length && stream[at + colon + 1] == 'T')
            {
                at = Text(stream, at, at + colon + 2, texts);
                continue;
            }

            var end = stream.IndexOf('\n', at);
            end = end < 0 ? stream.Length : end;
            if (colon > 0 && at + colon + 1 < end && stream[at + colon + 1] is '[' or '{')
            {
                rows.Add(new LooseParser(stream[(at + colon + 1)..end], 0).Read());
            }

            at = end + 1;
        }

        return texts.Count == 0 ? rows : [.. rows.Select(row => Filled(row, texts, 0))];
    }

    /// <summary>A text is as long as it says, in bytes, and ends without a line break.</summary>
    private static int Text(string stream, int at, int from, Dictionary<string, LooseValue> texts)
    {
        var comma = stream.AsSpan(from, Math.Min(LongestId, stream.Length - from)).IndexOf(',');
        if (comma < 0 || !int.TryParse(stream.AsSpan(from, comma), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bytes))
        {
            return from;
        }

        var end = from + comma + 1;
        for (; end < stream.Length && bytes > 0; end++)
        {
            bytes -= stream[end] < 0x80 ? 1 : stream[end] < 0x800 || char.IsSurrogate(stream[end]) ? 2 : 3;
        }

        texts["$" + stream[at..(from - 2)]] = LooseValue.OfText(stream[(from + comma + 1)..end]);
        return end;
    }

    private static LooseValue Filled(LooseValue value, Dictionary<string, LooseValue> texts, int depth) => value.Kind switch
    {
        LooseKind.Text when value.Scalar is ['$', ..] && texts.TryGetValue(value.Scalar, out var text) => text,
        LooseKind.List when depth < 60 => LooseValue.OfList([.. value.Items.Select(item => Filled(item, texts, depth + 1))]),
        LooseKind.Record when depth < 60 => LooseValue.OfRecord([.. value.Members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, texts, depth + 1)))]),
        _ => value,
    };
}
