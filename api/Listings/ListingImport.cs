using System.Text;
using System.Text.RegularExpressions;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Api.Listings;

/// <summary>Brings listings from files into the records. A file is sealed before it is read; importing the same again changes nothing.</summary>
public sealed partial class ListingImport(ImportFiling filing, ImportedFiles evidence, PageReader pages, TimeProvider time)
{
    private const int ListingsATransaction = 500;

    /// <param name="fault">Called for each malformed line with its number and reason; the rest go on.</param>
    /// <exception cref="InvalidDataException">The file is not of a kind that can be imported, or says nothing that can be.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public async Task<ImportCounts> ImportAsync(string path, ImportOrigin origin, Action<int, string> fault, CancellationToken cancellationToken)
    {
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".jsonl" or ".csv" or ".html" or ".htm"))
        {
            throw new InvalidDataException($"expected a .jsonl, .csv or .html file, got {path}");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var capture = await evidence.SealAsync(bytes, new Uri(Path.GetFullPath(path)).AbsoluteUri, contentType: null, cancellationToken);
        using var stream = new MemoryStream(bytes, writable: false);
        var lines = kind switch
        {
            ".jsonl" => JsonLines.ReadAsync(stream, cancellationToken),
            ".csv" => CsvListings.ReadAsync(stream, cancellationToken),
            _ => ReadPage(path, bytes).ToAsyncEnumerable(),
        };
        return await FileAsync(lines, new ImportedFile(origin, capture), fault, cancellationToken);
    }

    private async Task<ImportCounts> FileAsync(
        IAsyncEnumerable<ListingLine> lines, ImportedFile file, Action<int, string> fault, CancellationToken cancellationToken)
    {
        var counts = new ImportCounts();
        var batch = new List<Listing>();
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (line.Listing is { } listing)
            {
                batch.Add(listing);
            }
            else
            {
                fault(line.Number, line.Fault!);
                counts = counts with { Malformed = counts.Malformed + 1 };
            }

            if (batch.Count == ListingsATransaction)
            {
                counts += filing.File(batch, file, time.GetUtcNow());
                batch.Clear();
            }
        }

        return counts + filing.File(batch, file, time.GetUtcNow());
    }

    private IEnumerable<ListingLine> ReadPage(string path, byte[] bytes)
    {
        var url = AddressOf(bytes);
        var content = pages.Read(bytes, url ?? new Uri("https://saved-page.invalid/"));
        if (content.Blocked is { } block)
        {
            throw new InvalidDataException($"expected a page with listings, {path} is blocked ({block.ToString().ToLowerInvariant()})");
        }

        // An address made from the stand-in host would be an invented one.
        return content.Listings.Select(listing => new ListingLine(
            1, url is null && listing.Url?.StartsWith("https://saved-page.invalid/", StringComparison.Ordinal) == true ? listing with { Url = null } : listing, null));
    }

    /// <summary>The address that a saved page states: a browser's "saved from" comment, or its canonical link.</summary>
    private static Uri? AddressOf(byte[] bytes)
    {
        var head = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 1 << 16));
        var match = StatedAddress().Match(head);
        return match.Success && Uri.TryCreate(match.Groups["url"].Value, UriKind.Absolute, out var url) ? url : null;
    }

    [GeneratedRegex(
        """<!--\s*saved from url=\(\d+\)(?<url>https?://\S+)\s*-->|<link\b[^>]*\brel=["']?canonical["']?[^>]*\bhref=["'](?<url>https?://[^"']+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatedAddress();
}
