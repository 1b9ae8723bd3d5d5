namespace Surveillance.Crawler.Extraction.Sites;

/// <summary>Where on a site's pages each field stands, as its file says it; selectors as <see cref="Selector"/> reads them.</summary>
internal sealed class SiteRules
{
    /// <summary>Around each listing of a list; null on the page of one item.</summary>
    public string? Item { get; init; }

    public string? Title { get; init; }

    public string? Price { get; init; }

    public string? Seller { get; init; }

    public string? Location { get; init; }

    public string? Text { get; init; }

    public string? Link { get; init; }

    public string? Image { get; init; }

    public string? Id { get; init; }

    /// <summary>Present only on ads.</summary>
    public string? Ad { get; init; }

    /// <summary>Those that are given, parsed, by the names of the file.</summary>
    /// <exception cref="FormatException">One is wrong; the message names it.</exception>
    public Dictionary<string, Selector> Parsed()
    {
        var given = new (string Name, string? Text)[]
        {
            ("item", Item), ("title", Title), ("price", Price), ("seller", Seller), ("location", Location), ("text", Text), ("link", Link), ("image", Image), ("id", Id), ("ad", Ad),
        };
        return given.Where(rule => rule.Text is not null).ToDictionary(rule => rule.Name, Parse, StringComparer.Ordinal);

        static Selector Parse((string Name, string? Text) rule)
        {
            try
            {
                return Selector.Parse(rule.Text!);
            }
            catch (FormatException error)
            {
                throw new FormatException($"{rule.Name}: {error.Message}", error);
            }
        }
    }
}
