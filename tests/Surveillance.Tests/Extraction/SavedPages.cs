using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Counts how much of the saved real pages is read as expected, by the rules of <c>../shared/tools/score_pages.py</c>.</summary>
internal sealed partial class SavedPages
{
    private readonly Dictionary<string, (int Right, int All)> _counts = [];

    /// <summary>The folder beside the repository that holds them; null where it is not there.</summary>
    public static string? Folder { get; } = FindFolder();

    public double Share(string measure) => _counts.TryGetValue(measure, out var count) && count.All > 0 ? (double)count.Right / count.All : 1;

    public void Read(string folder)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var page = expected.RootElement;
        var content = PageReader.CreateDefault().Read(File.ReadAllBytes(Path.Combine(folder, page.GetProperty("file").GetString()!)), UrlOf(page));
        if (page.GetProperty("page_kind").GetString() is "blocked" or "corrupt")
        {
            Count("blocked", content.Blocked is not null);
            return;
        }

        Count("open", content.Blocked is null);
        foreach (var listing in page.GetProperty("listings").EnumerateArray().Take(3))
        {
            var found = content.Listings.FirstOrDefault(got => Same(got.Title, Text(listing, "title")));
            Count("title", found is not null);
            if (Text(listing, "price") is { } price && Yuan(price) is { } yuan)
            {
                Count("price", found?.Price == yuan);
            }

            if (Text(listing, "seller") is { } seller)
            {
                Count("seller", Same(found?.Seller, Bracketed().Replace(seller, "")));
            }
        }

        if (page.GetProperty("page_kind").GetString() == "search" && page.TryGetProperty("total_count", out var total))
        {
            Count("count", content.Listings.Count >= 0.8 * total.GetInt32() && content.Listings.Count <= 1.25 * total.GetInt32());
        }
    }

    private void Count(string measure, bool right)
    {
        var (before, all) = _counts.GetValueOrDefault(measure);
        _counts[measure] = (before + (right ? 1 : 0), all + 1);
    }

    /// <summary>In yuan, as the contract has it: the script compares the bare digits, so 7.98万 must not be 79800 for it.</summary>
    private static decimal? Yuan(string printed) =>
        Digits().Match(printed.Replace(",", "", StringComparison.Ordinal)) is { Success: true } match
            ? decimal.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture) * (Unit(printed, match.Index + match.Length) switch { '万' => 10_000, '千' or 'k' or 'K' => 1_000, _ => 1 })
            : null;

    /// <summary>Of a range the lower end counts: its own unit, else that of the whole (3-5万).</summary>
    private static char Unit(string printed, int after)
    {
        var plain = printed.Replace(",", "", StringComparison.Ordinal);
        return after < plain.Length && plain[after] is '千' or '万' or 'k' or 'K' ? plain[after] : plain.FirstOrDefault(c => c is '万' or '千' or 'k' or 'K');
    }

    private static bool Same(string? left, string? right)
    {
        var (a, b) = (Plain(left), Plain(right));
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        return shorter.Length > 0 && (a == b || (shorter.Length >= 6 && longer.Contains(shorter, StringComparison.Ordinal)));
    }

    private static string Plain(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static Uri UrlOf(JsonElement page) =>
        new(Site().Match(page.GetProperty("site").GetString()!) is { Success: true } match ? "https://" + match.Groups[1].Value : "https://example.com/");

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Surveillance.sln")))
            {
                var pages = Path.Combine(folder.FullName, "..", "shared", "pages");
                return Directory.Exists(pages) ? pages : null;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\(([\w.-]+\.[a-z]{2,}[^) ,]*)")]
    private static partial Regex Site();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\[.*?\]|\(.*?\)")]
    private static partial Regex Bracketed();
}
