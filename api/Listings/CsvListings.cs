using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Settings;

namespace Surveillance.Api.Listings;

/// <summary>Reads listings from CSV with a header row, by the contract's English names, their Chinese ones, or a map's.</summary>
/// <remarks>UTF-8 with or without byte-order mark, else GB18030, as spreadsheets on Chinese machines write it.</remarks>
internal static class CsvListings
{
    /// <summary>Rows in file order; a malformed row, or one whose values don't fit, has its line and reason.</summary>
    /// <param name="stream">Seekable.</param>
    /// <exception cref="InvalidDataException">The header names no id or url, or no title or text.</exception>
    /// <exception cref="FeedMapException">The map names a column that the header lacks.</exception>
    public static async IAsyncEnumerable<ListingLine> ReadAsync(Stream stream, FeedMap map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var malformed = new Queue<ListingLine>();
        await using var csv = CsvReader.Create(stream, Options(await EncodingOfAsync(stream, map, cancellationToken), map, malformed), leaveOpen: true);
        await csv.ReadHeaderAsync(cancellationToken);
        var places = map.Columns.Count == 0 ? Places([.. csv.Headers]) : Places([.. csv.Headers], map);
        while (await csv.ReadAsync(cancellationToken))
        {
            while (malformed.TryDequeue(out var fault))
            {
                yield return fault;
            }

            yield return FeedRow.Read((int)csv.LineNumber, map, field => places.TryGetValue(field, out var columns) ? Cell(csv, columns) : null);
        }

        while (malformed.TryDequeue(out var fault))
        {
            yield return fault;
        }
    }

    private static string? Cell(CsvReader csv, int[] columns)
    {
        var cells = columns.Where(column => !csv.IsEmpty(column)).Select(column => csv.GetString(column)).ToList();
        return cells.Count == 0 ? null : string.Join('\n', cells);
    }

    private static CsvReaderOptions Options(Encoding encoding, FeedMap map, Queue<ListingLine> malformed)
    {
        var options = new CsvReaderOptions
        {
            Encoding = encoding,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = JsonLines.LongestLineBytes,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = record => malformed.Enqueue(new ListingLine((int)record.LineNumber, null, record.Reason switch
            {
                CsvMalformedReason.FieldCountMismatch => "expected as many fields as the header has",
                CsvMalformedReason.UnterminatedQuote => "expected a closing quote",
                _ => "expected quotes around a whole field, doubled inside it",
            })),
        };
        return map.Separator is { } separator ? options with { Separator = separator } : options;
    }

    private static Dictionary<string, int[]> Places(string[] header)
    {
        var places = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var column = 0; column < header.Length; column++)
        {
            if (FeedField.ByAnyName.TryGetValue(header[column].Trim(), out var field))
            {
                places.TryAdd(field, [column]);
            }
        }

        return (places.ContainsKey("id") || places.ContainsKey("url")) && (places.ContainsKey("title") || places.ContainsKey("text"))
            ? places
            : throw new InvalidDataException($"expected a header with id or url, and title or text, got: {string.Join(", ", header)}");
    }

    private static Dictionary<string, int[]> Places(string[] header, FeedMap map)
    {
        var names = header.Select(name => name.Trim()).ToList();
        int Place(string field, string column)
        {
            var place = names.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
            return place >= 0 ? place : throw new FeedMapException($"the map's {field} names a column {column}, which the file lacks; the nearest one is {NearestName.Of(column, names) ?? "none"}");
        }

        return map.Columns.ToDictionary(pair => pair.Key, pair => pair.Value.Select(column => Place(pair.Key, column)).ToArray(), StringComparer.Ordinal);
    }

    private static async Task<Encoding> EncodingOfAsync(Stream stream, FeedMap map, CancellationToken cancellationToken)
    {
        if (map.Encoding is { } named)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(named) ?? Encoding.GetEncoding(named);
        }

        var head = new byte[1 << 16];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        stream.Position = 0;
        // The last character of the excerpt may be cut off; four bytes are enough for any of UTF-8's.
        var whole = length < head.Length ? length : length - 4;
        return Enumerable.Range(0, Math.Min(4, whole + 1)).Any(cut => System.Text.Unicode.Utf8.IsValid(head.AsSpan(0, whole - cut)))
            ? Encoding.UTF8
            : CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    }
}
