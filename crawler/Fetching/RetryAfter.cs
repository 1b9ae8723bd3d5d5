using System.Globalization;

namespace Surveillance.Crawler.Fetching;

/// <summary>The <c>Retry-After</c> header of RFC 9110 section 10.2.3.</summary>
internal static class RetryAfter
{
    /// <summary>Seconds or an HTTP date; null where the header is absent or neither. A date that has passed is zero.</summary>
    public static TimeSpan? TryRead(string? header, DateTimeOffset now)
    {
        if (int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (DateTimeOffset.TryParseExact(header, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date > now ? date - now : TimeSpan.Zero;
        }

        return null;
    }
}
