using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Classifier;

namespace Surveillance.Tests.Search.Servers;

/// <summary>Index documents made up for tests.</summary>
internal static class Offers
{
    /// <summary>A lead that only says its number, under a version of that number.</summary>
    public static IndexDocument Numbered(int number) => new()
    {
        Id = Id(number),
        Version = number,
        Platform = "闲鱼",
        Kind = "listing",
        Source = "test",
        Decision = Decision.Flag,
        State = "new",
        Risk = 0.9,
        RulesVersion = "test",
        FirstSeen = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
        LastSeen = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
        Title = string.Create(CultureInfo.InvariantCulture, $"低压电工证包过 {number}"),
        Grams = [string.Create(CultureInfo.InvariantCulture, $"低 压 电 工 证 包 过 {Grams.Space} {number}")],
    };

    public static IReadOnlyList<IndexDocument> Numbered(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Numbered(number))];

    public static string Id(int number) => number.ToString("x20", CultureInfo.InvariantCulture);

    /// <summary>Everything.</summary>
    public static SearchQuery All { get; } = new() { LeadsOnly = false };

    public static SearchQuery Phrase(params string[] units) => new() { Terms = [new SearchTerm([new GramPhrase(units)])] };

    public static SearchQuery Beginning(params string[] units) => new() { Terms = [new SearchTerm([new GramPhrase(units, IsPrefix: true)])] };
}
