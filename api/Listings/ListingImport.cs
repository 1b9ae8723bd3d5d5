using System.Text;
using System.Text.RegularExpressions;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Pictures;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Api.Listings;

/// <summary>Brings listings from files into the records. A file is sealed before it is read; importing the same again changes nothing.</summary>
/// <remarks>Files of any size: all but saved pages are streamed.</remarks>
public sealed partial class ListingImport(
    ImportFiling filing, ImportedFiles evidence, PageReader pages, TimeProvider time, ArchiveImport archives, ImportedPictures pictures)
{
    private const int ListingsATransaction = 500;
    private const int LargestPageBytes = 20 << 20;

    /// <summary>Endings of files that can be imported.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jsonl", ".csv", ".html", ".htm", ".warc", ".warc.gz"];

    /// <param name="fault">Called for each malformed line or record with its number and reason; the rest go on.</param>
    /// <exception cref="InvalidDataException">The file is not of a kind that can be imported, or says nothing that can be.</exception>
    /// <exception cref="FeedMapException">The origin's map does not fit the file.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public async Task<ImportCounts> ImportAsync(string path, ImportOrigin origin, Action<int, string> fault, CancellationToken cancellationToken)
    {
        var ending = Endings.FirstOrDefault(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException($"expected a .jsonl, .csv or .html file, or a .warc or .warc.gz archive, got {path}");
        var file = new ImportedFile(origin, await evidence.SealFileAsync(path, cancellationToken));
        await using var stream = evidence.OpenRead(file.Capture.Digest);
        var counts = ending switch
        {
            ".jsonl" => await FileAsync(JsonListings(stream, origin.Map, cancellationToken), file, fault, cancellationToken),
            ".csv" => await FileAsync(CsvListings.ReadAsync(stream, origin.Map, cancellationToken), file, fault, cancellationToken),
            ".warc" or ".warc.gz" => await archives.ImportAsync(stream, origin, fault, cancellationToken),
            _ => await FileAsync(ReadPage(path, await PageAsync(path, stream, cancellationToken)).ToAsyncEnumerable(), file, fault, cancellationToken),
        };
        await pictures.LookAsync(origin.SourceId, Path.GetDirectoryName(Path.GetFullPath(path))!, cancellationToken);
        if (counts.Malformed == 0)
        {
            filing.Finish(file);
        }

        return counts;
    }

    /// <summary>Like <see cref="ImportAsync"/>, but passes over a file whose bytes were imported for the same source to their end.</summary>
    /// <returns>Null where it was passed over.</returns>
    public async Task<ImportCounts?> ImportOnceAsync(string path, ImportOrigin origin, Action<int, string> fault, CancellationToken cancellationToken) =>
        filing.IsFinished(new ImportedFile(origin, await evidence.SealFileAsync(path, cancellationToken)))
            ? null
            : await ImportAsync(path, origin, fault, cancellationToken);

    private static IAsyncEnumerable<ListingLine> JsonListings(Stream stream, FeedMap map, CancellationToken cancellationToken) =>
        map.Columns.Count == 0 ? JsonLines.ReadAsync(stream, cancellationToken) : JsonFeed.ReadAsync(stream, map, cancellationToken);

    private static async Task<byte[]> PageAsync(string path, Stream stream, CancellationToken cancellationToken)
    {
        if (stream.Length > LargestPageBytes)
        {
            throw new InvalidDataException($"expected a page of at most {LargestPageBytes} bytes, {path} is larger");
        }

        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
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
