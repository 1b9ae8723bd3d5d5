using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>A saved page of which it is known who sells the first things that it lists.</summary>
/// <param name="Bytes">As saved.</param>
/// <param name="Listed">Title and seller of the first things, in page order; a seller is null where the page names none.</param>
public sealed partial record SellerExample(byte[] Bytes, Uri Url, IReadOnlyList<(string Title, string? Seller)> Listed)
{
    private const int ShortestPart = 6;

    /// <summary>Reads a folder of folders, each with a page and <c>expected.json</c> (<c>file</c>, <c>site</c> with the address in brackets, <c>listings</c> with <c>title</c> and <c>seller</c>).</summary>
    /// <returns>In the order of the folders' names; what lists nothing is left out.</returns>
    /// <exception cref="FormatException">An expected.json is none; the message names it.</exception>
    public static IReadOnlyList<SellerExample> Read(string folder) =>
        [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(page => Path.Combine(page, "expected.json")).Where(File.Exists).Select(Parse).OfType<SellerExample>()];

    /// <summary>One name, or one of at least six characters that the other contains; signs and space count for nothing.</summary>
    public static bool AreAlike(string? left, string? right)
    {
        var (a, b) = (Plain(left), Plain(right));
        return a.Length > 0 && b.Length > 0 && (a == b || (Math.Min(a.Length, b.Length) >= ShortestPart && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal))));
    }

    private static SellerExample? Parse(string expected)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(expected));
            var known = document.RootElement;
            if (!known.TryGetProperty("listings", out var listings) || listings.GetArrayLength() == 0 || Text(known, "file") is not { } file || Path.Combine(Path.GetDirectoryName(expected)!, file) is var page && !File.Exists(page))
            {
                return null;
            }

            var address = Address().Match(Text(known, "site") ?? "");
            var url = Uri.TryCreate($"https://{address.Groups["address"].Value}", UriKind.Absolute, out var given) ? given : new Uri("https://www.example.com/");
            return new SellerExample(File.ReadAllBytes(page), url, [.. listings.EnumerateArray().Select(listing => (Text(listing, "title"), Text(listing, "seller"))).Where(pair => pair.Item1 is not null).Select(pair => (pair.Item1!, pair.Item2 is null ? null : Remark().Replace(pair.Item2, "")))]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{expected}: expected an object with file, site and listings: {error.Message}", error);
        }
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Plain(string? text) => string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@"\((?<address>[\w.-]+\.[a-z]{2,}[^)]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    /// <summary>What the author of an example says of a name.</summary>
    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Remark();
}
