using System.Globalization;
using System.Text;

namespace Surveillance.Crawler.Fetching.Robots;

/// <summary>What a robots.txt lets one crawler do (RFC 9309).</summary>
public sealed class RobotsRules
{
    /// <summary>RFC 9309 section 2.5: at least this much is read; we read no more.</summary>
    internal const int MaxBytes = 500 * 1024;

    private readonly IReadOnlyList<(RobotsPattern Pattern, bool Allow)> _rules;

    private RobotsRules(IReadOnlyList<(RobotsPattern Pattern, bool Allow)> rules, TimeSpan? crawlDelay)
    {
        _rules = rules;
        CrawlDelay = crawlDelay;
    }

    /// <summary>For a site without a robots.txt.</summary>
    public static RobotsRules AllowAll { get; } = new([], null);

    /// <summary>For a site whose robots.txt cannot be reached (section 2.3.1.4).</summary>
    public static RobotsRules DisallowAll { get; } = new([(new RobotsPattern("/"), false)], null);

    /// <summary>The time the site wants between two requests, null where it says nothing.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <param name="text">Bytes of the file; past <see cref="MaxBytes"/> they are ignored.</param>
    /// <param name="productToken">The crawler's own name, without version.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> text, string productToken)
    {
        var own = new List<(RobotsPattern, bool)>();
        var others = new List<(RobotsPattern, bool)>();
        TimeSpan? ownDelay = null, othersDelay = null;
        bool forOwn = false, forOthers = false, ownFound = false, namingAgents = false;
        foreach (var (key, value) in Lines(text))
        {
            if (key == "user-agent")
            {
                (forOwn, forOthers) = namingAgents ? (forOwn, forOthers) : (false, false);
                namingAgents = true;
                forOwn |= ProductOf(value).Equals(productToken, StringComparison.OrdinalIgnoreCase);
                forOthers |= value.StartsWith('*');
                ownFound |= forOwn;
            }
            else if (key is "allow" or "disallow")
            {
                namingAgents = false;
                AddIf(forOwn, own, key, value);
                AddIf(forOthers, others, key, value);
            }
            else if (key == "crawl-delay")
            {
                namingAgents = false;
                ownDelay = forOwn ? DelayOf(value) ?? ownDelay : ownDelay;
                othersDelay = forOthers ? DelayOf(value) ?? othersDelay : othersDelay;
            }
        }

        return ownFound ? new RobotsRules(own, ownDelay) : new RobotsRules(others, othersDelay);
    }

    /// <summary>Whether the page may be asked for: the longest matching pattern decides, and allow wins a draw.</summary>
    public bool Allows(Uri url)
    {
        var path = RobotsPattern.Normalize(url.PathAndQuery);
        if (path == "/robots.txt")
        {
            return true;
        }

        var (longest, allowed) = (-1, true);
        foreach (var (pattern, allow) in _rules)
        {
            if (pattern.Length >= longest && pattern.Matches(path))
            {
                allowed = pattern.Length > longest ? allow : allowed | allow;
                longest = pattern.Length;
            }
        }

        return allowed;
    }

    private static void AddIf(bool wanted, List<(RobotsPattern, bool)> rules, string key, string value)
    {
        // An empty pattern matches nothing.
        if (wanted && value.Length > 0)
        {
            rules.Add((new RobotsPattern(value), key == "allow"));
        }
    }

    private static List<(string Key, string Value)> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<(string, string)>();
        var decoded = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxBytes)]).TrimStart('\uFEFF');
        foreach (var raw in decoded.Split('\r', '\n'))
        {
            var line = raw.Split('#', 2)[0];
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                lines.Add((line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim()));
            }
        }

        return lines;
    }

    /// <summary>Sites write <c>SurveilBot/1.0</c> too; only the name counts.</summary>
    private static string ProductOf(string agent) =>
        new([.. agent.TakeWhile(letter => char.IsAsciiLetter(letter) || letter is '-' or '_')]);

    private static TimeSpan? DelayOf(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.FromDays(1).TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
