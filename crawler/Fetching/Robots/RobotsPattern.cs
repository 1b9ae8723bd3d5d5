using System.Globalization;
using System.Text;

namespace Surveillance.Crawler.Fetching.Robots;

/// <summary>The path of an <c>allow</c> or <c>disallow</c> line: <c>*</c> stands for any run of characters, <c>$</c> at the end for the end.</summary>
internal sealed class RobotsPattern
{
    private readonly string _pattern;
    private readonly bool _toTheEnd;

    public RobotsPattern(string pattern)
    {
        _pattern = Normalize(pattern);
        _toTheEnd = _pattern.EndsWith('$');
        Length = _pattern.Length;
        _pattern = _toTheEnd ? _pattern[..^1] : _pattern;
    }

    /// <summary>In octets; the longest pattern is the most specific.</summary>
    public int Length { get; }

    /// <summary>One spelling for each octet: what needs no escape is written plainly, all else as upper-case escapes (RFC 9309 section 2.2.2).</summary>
    public static string Normalize(string path)
    {
        var octets = Encoding.UTF8.GetBytes(path);
        var normal = new StringBuilder(octets.Length);
        for (var at = 0; at < octets.Length; at++)
        {
            var octet = octets[at];
            if (octet == '%' && at + 2 < octets.Length && byte.TryParse(octets.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                at += 2;
                Append(normal, escaped, IsUnreserved(escaped));
            }
            else
            {
                Append(normal, octet, octet is > 0x20 and < 0x7F);
            }
        }

        return normal.ToString();
    }

    /// <param name="path">Normalised path and query.</param>
    public bool Matches(string path)
    {
        // Greedy with a single point to come back to: at most pattern × path steps.
        int at = 0, wanted = 0, star = -1, resume = 0;
        while (true)
        {
            if (wanted == _pattern.Length && (!_toTheEnd || at == path.Length))
            {
                return true;
            }

            if (wanted < _pattern.Length && _pattern[wanted] == '*')
            {
                star = wanted++;
                resume = at;
            }
            else if (wanted < _pattern.Length && at < path.Length && _pattern[wanted] == path[at])
            {
                wanted++;
                at++;
            }
            else if (star >= 0 && resume < path.Length)
            {
                wanted = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }
    }

    private static void Append(StringBuilder normal, byte octet, bool plain)
    {
        if (plain)
        {
            normal.Append((char)octet);
        }
        else
        {
            normal.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
    }

    private static bool IsUnreserved(byte octet) => char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}
