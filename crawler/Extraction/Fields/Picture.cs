using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Fields;

/// <summary>The pictures of a block, also those that load only when scrolled to.</summary>
internal static class Picture
{
    private const int MaxPictures = 50;
    private const int SmallestEdge = 33;

    /// <summary>Real addresses first: src holds a placeholder where one of these is present.</summary>
    private static readonly FrozenDictionary<string, int> Sources = AttributeRanks.Of("data-src", "data-original", "data-lazy-src", "data-lazy-img", "data-lazyload", "data-lazyload-src", "data-ks-lazyload", "data-lazy", "data-imgurl", "data-url", "data-original-src", "lazy-src", "original", "_src", "src2", "src3", "lazysrc", "source-data-lazy-img", "bpic", "src");

    /// <returns>Absolute addresses in page order, each once.</returns>
    public static List<string> In(PageElement block, Uri baseUrl)
    {
        var found = new List<string>();
        foreach (var element in block.SelfAndDescendants)
        {
            if (found.Count < MaxPictures && element.Tag is "img" or "amp-img" && !IsTiny(element) && SourceOf(element, baseUrl) is { } source && !found.Contains(source))
            {
                found.Add(source);
            }
        }

        return found;
    }

    private static string? SourceOf(PageElement image, Uri baseUrl)
    {
        var printed = image.Attribute(Sources, source => !IsPlaceholder(source) && Address.Absolute(baseUrl, source) is not null);
        return Address.Absolute(baseUrl, printed);
    }

    private static bool IsTiny(PageElement image) => Edge(image.Attribute("width")) is < SmallestEdge || Edge(image.Attribute("height")) is < SmallestEdge;

    private static int? Edge(string? attribute) => int.TryParse(attribute.AsSpan().TrimEnd("px"), out var pixels) ? pixels : null;

    private static bool IsPlaceholder(string source) =>
        source.EndsWith("blank.gif", StringComparison.OrdinalIgnoreCase) || source.EndsWith("/s.gif", StringComparison.OrdinalIgnoreCase)
        || source.Contains("placeholder", StringComparison.OrdinalIgnoreCase) || source.Contains("spaceball", StringComparison.OrdinalIgnoreCase)
        || source.Contains("loading.", StringComparison.OrdinalIgnoreCase) || source.Contains("grey.gif", StringComparison.OrdinalIgnoreCase);
}
