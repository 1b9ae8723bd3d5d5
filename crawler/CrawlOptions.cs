using System.ComponentModel.DataAnnotations;

namespace Surveillance.Crawler;

/// <summary>Limits that hold for every source.</summary>
public sealed class CrawlOptions
{
    /// <summary>The name by which robots.txt files address this crawler.</summary>
    public const string ProductToken = "SurveilBot";

    /// <summary>A mail address or page where a site's owner reaches us, sent with every request; null sends none.</summary>
    public string? Contact { get; set; }

    /// <summary>Largest body, as received and as decoded, 1 KB to 1 GB. Default 20 MB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxBodyBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>For one page from the first byte sent to the last received, redirects included, up to 10 minutes. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan FetchTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a rendered page may keep talking to its server before it is taken as it stands, up to a minute. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Redirects followed for one page, 0 to 50. Default 10.</summary>
    [Range(0, 50)]
    public int MaxRedirects { get; init; } = 10;

    /// <summary>How often one page is asked for, 1 to 20. Default 4.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Wait before the second attempt; doubled with each further one, and varied by half. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause a run waits out for a host; a longer one ends its pages until the next run. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a host is left alone that keeps failing; doubled each time it fails again. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "1.00:00:00")]
    public TimeSpan FirstBreak { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pages rendered at the same time, 1 to 64. Default 4.</summary>
    [Range(1, 64)]
    public int RenderedAtOnce { get; init; } = 4;

    /// <summary>Pages after which the browser is replaced, 1 to 100,000. Default 200.</summary>
    [Range(1, 100_000)]
    public int PagesPerBrowser { get; init; } = 200;

    /// <summary>Memory of all its processes at which the browser is replaced, 100 MB to 64 GB. Default 3 GB.</summary>
    [Range(100L * 1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBrowserBytes { get; init; } = 3L * 1024 * 1024 * 1024;

    /// <summary>How long a robots.txt is believed. RFC 9309 says at most a day. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RobotsTime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What is sent as User-Agent.</summary>
    public string UserAgent => Contact is { Length: > 0 } contact ? $"Mozilla/5.0 (compatible; {ProductToken}/1.0; +{contact})" : $"Mozilla/5.0 (compatible; {ProductToken}/1.0)";
}
