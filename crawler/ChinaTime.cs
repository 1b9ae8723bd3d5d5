namespace Surveillance.Crawler;

/// <summary>The clock that officers read: UTC+8 all year, without depending on the machine's time-zone files.</summary>
public static class ChinaTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "中国标准时间", "中国标准时间");

    /// <summary>The calendar day on which the instant falls in China.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Zone.BaseUtcOffset).DateTime);
}
