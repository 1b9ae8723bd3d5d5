using System.Globalization;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>Reads the values of a known field.</summary>
internal static class FilterReader
{
    private static readonly string[] States = ["new", "confirmed", "rejected"];

    private static readonly string[] Decisions = ["flag", "review", "clear"];

    /// <exception cref="SearchQueryException">A value is none of the known ones, or no number, day or range.</exception>
    public static SearchFilter Read(QueryPart.Filter filter)
    {
        if (filter.Values.Count == 0)
        {
            throw new SearchQueryException($"expected a value behind '{filter.Field}:'", $"“{filter.Field}:”后面应有值。");
        }

        return filter.Field switch
        {
            SearchField.Type => Known(filter, [.. ViolationType.All.Select(type => type.Id)]),
            SearchField.State => Known(filter, States),
            SearchField.Decision => Known(filter, Decisions),
            SearchField.Price or SearchField.Risk => Numbers(filter),
            SearchField.FirstSeen => Days(filter),
            _ => new SearchFilter.OneOf(filter.Field, filter.Values, filter.IsExcluded),
        };
    }

    private static SearchFilter.OneOf Known(QueryPart.Filter filter, string[] known)
    {
        string[] values = [.. filter.Values.Select(value => value.ToLowerInvariant())];
        if (values.FirstOrDefault(value => !known.Contains(value)) is { } unknown)
        {
            throw new SearchQueryException(
                $"unknown {filter.Field} '{unknown}', expected one of {string.Join(", ", known)}",
                $"“{filter.Field}”没有“{unknown}”这个值，应为 {string.Join('、', known)} 之一。");
        }

        return new SearchFilter.OneOf(filter.Field, values, filter.IsExcluded);
    }

    private static SearchFilter.NumberRange Numbers(QueryPart.Filter filter)
    {
        var (from, to) = Ends(filter, Number, "100..500、100.. 或 380", "a number or a range such as 100..500");
        return new SearchFilter.NumberRange(filter.Field, from, to, filter.IsExcluded);

        static double? Number(string text) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static SearchFilter.TimeRange Days(QueryPart.Filter filter)
    {
        var (from, to) = Ends(filter, Day, "2026-11-01..2026-11-30 或 2026-11-01", "a day or a range such as 2026-11-01..2026-11-30");
        return new SearchFilter.TimeRange(
            filter.Field,
            from is { } first ? StoredTime.StartOf(first) : null,
            to is { } last ? StoredTime.StartOf(last.AddDays(1)) : null,
            filter.IsExcluded);

        // Years beyond these have no midnight in Asia/Shanghai that a time can hold.
        static DateOnly? Day(string text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;
    }

    private static (T? From, T? To) Ends<T>(QueryPart.Filter filter, Func<string, T?> read, string example, string expected)
        where T : struct, IComparable<T>
    {
        var text = filter.Values[0];
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var (first, last) = dots < 0 ? (text, text) : (text[..dots], text[(dots + 2)..]);
        var (from, to) = (read(first), read(last));
        if (filter.Values.Count != 1 || first.Length + last.Length == 0 || (from is null && first.Length > 0) || (to is null && last.Length > 0))
        {
            throw new SearchQueryException(
                $"expected {filter.Field} as {expected}, got '{string.Join(',', filter.Values)}'",
                $"“{filter.Field}”应写作 {example}，实际为“{string.Join(',', filter.Values)}”。");
        }

        return from is not { } low || to is not { } high || low.CompareTo(high) <= 0
            ? (from, to)
            : throw new SearchQueryException($"expected {filter.Field} from the lower to the higher end, got '{text}'", $"“{filter.Field}”的范围应从小到大，实际为“{text}”。");
    }
}
