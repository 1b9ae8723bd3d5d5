using System.Globalization;
using System.Text.Json;

namespace Surveillance.Api.Leads;

/// <summary>Reads the values of a query one by one and keeps the first thing that is wrong with them.</summary>
internal sealed class QueryReader
{
    /// <summary>One Chinese sentence; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was filled in of a name that may come several times.</summary>
    public static string[] Given(string[]? values) => [.. (values ?? []).Where(value => !string.IsNullOrWhiteSpace(value))];

    public T Word<T>(string? value, string name, T otherwise)
        where T : struct, Enum => string.IsNullOrWhiteSpace(value) ? otherwise : Parse<T>(value, name) ?? otherwise;

    public IReadOnlyList<T> Words<T>(string[]? values, string name)
        where T : struct, Enum => [.. Given(values).Select(value => Parse<T>(value, name)).OfType<T>()];

    public IReadOnlyList<string> Known(string[]? values, string name, IReadOnlyList<string> known)
    {
        var given = Given(values);
        if (given.FirstOrDefault(value => !known.Contains(value)) is { } unknown)
        {
            Fail(name, string.Join('、', known), unknown);
        }

        return given;
    }

    public double? Risk(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var risk) && risk is >= 0 and <= 1)
        {
            return risk;
        }

        Fail(name, "0 至 1 的小数", value);
        return null;
    }

    public LeadId? Lead(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (LeadId.TryParse(value, out var id))
        {
            return id;
        }

        Fail(name, "线索编号（20 位小写十六进制数字）", value);
        return null;
    }

    public DayRange Days(string? from, string? to, string name)
    {
        var range = new DayRange(Day(from, $"{name}_from"), Day(to, $"{name}_to"));
        if (range.From > range.To)
        {
            Problem ??= $"{name}_from 应不晚于 {name}_to。";
        }

        return range;
    }

    public void Ordered(double? from, double? to, string name)
    {
        if (from > to)
        {
            Problem ??= $"{name}_from 应不大于 {name}_to。";
        }
    }

    /// <returns>Null where nothing was asked.</returns>
    public bool? Rises(string? direction)
    {
        if (string.IsNullOrWhiteSpace(direction))
        {
            return null;
        }

        if (direction is not ("asc" or "desc"))
        {
            Fail("direction", "asc 或 desc", direction);
        }

        return direction == "asc";
    }

    public int Count(string? value, string name, int otherwise, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return otherwise;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        Fail(name, $"1 至 {most} 的整数", value);
        return otherwise;
    }

    private DateOnly? Day(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1900)
        {
            return day;
        }

        Fail(name, "日期，例如 2026-11-01", value);
        return null;
    }

    private T? Parse<T>(string value, string name)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            if (NameOf(known) == value)
            {
                return known;
            }
        }

        Fail(name, string.Join('、', NamesOf<T>()), value);
        return null;
    }

    /// <summary>What may be asked for by name.</summary>
    public static IEnumerable<string> NamesOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(NameOf);

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private void Fail(string name, string expected, string got) =>
        Problem ??= $"参数 {name} 应为{expected}，收到的是“{Wording.Visible(Wording.Beginning(got, 40))}”。";
}
