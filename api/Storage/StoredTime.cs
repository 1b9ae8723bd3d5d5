using System.Globalization;
using Surveillance.Crawler;

namespace Surveillance.Api.Storage;

/// <summary>How times and days stand in the store: UTC text whose order is time's order; days in Asia/Shanghai.</summary>
public static class StoredTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Asia/Shanghai.</summary>
    public static TimeZoneInfo Zone => ChinaTime.Zone;

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? TryParse(string? text) => text is null ? null : Parse(text);

    /// <summary>The calendar day in Asia/Shanghai.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => ChinaTime.DayOf(time);

    /// <summary>Midnight in Asia/Shanghai at which the day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
