using System.Text;
using System.Text.Json;

namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>A page of which it is known how it ended.</summary>
/// <param name="Expected">As <see cref="NameOf"/> names it.</param>
/// <param name="Status">HTTP status under which it came.</param>
/// <param name="Url">Where it came from.</param>
/// <param name="Html">Its text, which may be bare JSON.</param>
public sealed record OutcomeExample(string Expected, int Status, Uri Url, string Html)
{
    /// <summary>What a page ends as in files of examples.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ok", "captcha", "login", "denied", "interstitial", "corrupt", "gone", "empty"];

    internal byte[] Bytes => Encoding.UTF8.GetBytes(Html);

    /// <summary>The kind of block, else the outcome.</summary>
    public static string NameOf(PageContent content) => content.Blocked is { } kind ? kind.ToString().ToLowerInvariant() : content.Outcome.ToString().ToLowerInvariant();

    /// <summary>Reads one JSON object a line: <c>expected</c>, <c>status</c>, <c>html</c>, and <c>url</c> or what was asked for.</summary>
    /// <exception cref="FormatException">A line is none; the message names it.</exception>
    public static IReadOnlyList<OutcomeExample> Read(string file) => [.. File.ReadLines(file).Select((line, index) => Parse(line, $"{file}:{index + 1}"))];

    private static OutcomeExample Parse(string line, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var page = document.RootElement;
            var url = page.TryGetProperty("url", out var given) ? new Uri(given.GetString()!) : UrlOf(page.GetProperty("asked").GetString());
            var expected = page.GetProperty("expected").GetString()!;
            return Names.Contains(expected)
                ? new OutcomeExample(expected, page.GetProperty("status").GetInt32(), url, page.GetProperty("html").GetString()!)
                : throw new FormatException($"{where}: expected is one of {string.Join(", ", Names)}, not {expected}");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException or UriFormatException)
        {
            throw new FormatException($"{where}: expected an object with expected, status, html and url or asked: {error.Message}", error);
        }
    }

    private static Uri UrlOf(string? asked) => new(asked switch
    {
        "search" => "https://www.example.com/search?q=x",
        "item" => "https://www.example.com/item/1002345.html",
        "article" => "https://www.example.com/article/1002345.html",
        "lookup" => "https://www.example.com/chaxun/",
        _ => "https://www.example.com/",
    });
}
