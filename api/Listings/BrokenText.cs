using System.Globalization;
using System.Text;

namespace Surveillance.Api.Listings;

/// <summary>Mends JSON whose strings hold what is no text: halves of surrogate pairs, which no reader takes, become U+FFFD, one unit each.</summary>
internal static class BrokenText
{
    private const string Replacement = @"\ufffd";

    /// <param name="json">One value; the same string where nothing is broken.</param>
    public static string Mend(string json)
    {
        if (!json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
        {
            return json;
        }

        var mended = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var length = json[at] != '\\' ? 1 : Escaped(json, at) is null ? Math.Min(2, json.Length - at) : Replacement.Length;
            switch (Escaped(json, at))
            {
                case { } high when char.IsHighSurrogate(high) && Escaped(json, at + length) is { } low && char.IsLowSurrogate(low):
                    mended.Append(json, at, length += Replacement.Length);
                    break;
                case { } half when char.IsSurrogate(half):
                    mended.Append(Replacement);
                    break;
                default:
                    mended.Append(json, at, length);
                    break;
            }

            at += length;
        }

        return mended.ToString();
    }

    /// <summary>The unit that <c>\uXXXX</c> at a place stands for; null where no such escape stands there.</summary>
    private static char? Escaped(string json, int at) =>
        at + Replacement.Length <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
