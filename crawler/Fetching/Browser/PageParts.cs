using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>Reads what a page's own requests for data were answered: where a list is drawn by scripts, this is where it came from.</summary>
internal static class PageParts
{
    private const int MostParts = 30;
    private const int MostBytesEach = 2 * 1024 * 1024;

    private static readonly string[] Kinds = ["json", "javascript", "text/", "xml"];

    /// <param name="limitBytes">Of all bodies together.</param>
    public static async Task<IReadOnlyList<FetchedPart>> ReadAsync(IEnumerable<IRequest> answered, int limitBytes)
    {
        var parts = new List<FetchedPart>();
        var left = limitBytes;
        foreach (var request in answered.Take(MostParts))
        {
            if (await TryReadAsync(request) is { } part && part.Body.Length <= Math.Min(left, MostBytesEach))
            {
                parts.Add(part);
                left -= part.Body.Length;
            }
        }

        return parts;
    }

    private static async Task<FetchedPart?> TryReadAsync(IRequest request)
    {
        try
        {
            if (await request.ResponseAsync() is not { } response)
            {
                return null;
            }

            var contentType = response.Headers.GetValueOrDefault("content-type");
            return contentType is not null && Kinds.Any(kind => contentType.Contains(kind, StringComparison.OrdinalIgnoreCase))
                ? new FetchedPart(new Uri(request.Url), response.Status, contentType, await response.BodyAsync())
                : null;
        }
        catch (PlaywrightException)
        {
            // Chromium keeps bodies only for so long and so large; the page itself shows what it made of this one.
            return null;
        }
    }
}
