using System.Text;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Pages written for these tests, in folders beside them; a page may state its address as browsers do when they save one.</summary>
internal static partial class WrittenPages
{
    /// <returns>Names relative to the folder of all pages, in order.</returns>
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    public static PageContent Read(string name)
    {
        var bytes = Bytes(name);
        var stated = Saved().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 1000)));
        return PageReader.CreateDefault().Read(bytes, new Uri(stated.Success ? stated.Groups["url"].Value : "https://market.example.com/x"));
    }

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    public static IEnumerable<string> Lines(string name) => File.ReadLines(Path.Combine(Root, name));

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Extraction", "Pages");

    [GeneratedRegex(@"<!-- saved from url=\(\d+\)(?<url>\S+) -->")]
    private static partial Regex Saved();
}
