using Surveillance.Api.Cli;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Tests.Support;

/// <summary>Valid objects of which a test names only what it is about.</summary>
internal static class Some
{
    /// <summary>With the product's own rules; loaded once.</summary>
    public static readonly TextClassifier Classifier = TextClassifier.Load(ProgramFiles.DataFolder);

    /// <summary>Whose listings a test's index holds.</summary>
    public static readonly StoreId Store = new(new string('a', 32));

    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public static Listing Listing(string id = "100000000001", string? title = "低压电工证培训", string? text = "随到随学", decimal? price = 380m) => new()
    {
        Id = id,
        Platform = "闲鱼",
        Title = title,
        Text = text,
        Price = price,
        Currency = "CNY",
        Seller = "某培训店",
        Url = $"https://market.example/item/{id}",
        Observed = new DateOnly(2026, 11, 22),
    };

    public static Assessment Assessment(string? id = "100000000001", params string[] types) => new(
        id,
        types.Length == 0 ? Decision.Clear : Decision.Flag,
        types.Length == 0 ? 0 : 0.9,
        new DateOnly(2026, 11, 22),
        [],
        [.. types.Select(type => new Finding(type, 0.9, $"{type}.some", [$"{type}.some"], ["rule"], [], [], []))],
        [],
        "rules",
        null);

    public static Capture Capture(string url = "https://market.example/search", string content = "page") => new(
        Digest.Of(System.Text.Encoding.UTF8.GetBytes(content)), url, url, 200, "Content-Type: text/html", "text/html", content.Length, Noon, "http");

    public static FrontierEntry Entry(string url) => new(url, PageRole.Seed, 0);
}
