using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>Reads listings from CSV with a header row, by the contract's English names or their Chinese ones.</summary>
/// <remarks>UTF-8 with or without byte-order mark, else GB18030, as spreadsheets on Chinese machines write it.</remarks>
internal static class CsvListings
{
    /// <summary>The contract's name, and what else spreadsheets and platforms' feeds call it.</summary>
    private static readonly Dictionary<string, string> Columns = new[]
    {
        "id item_id 商品编号 商品id 编号",
        "platform 平台",
        "kind 类别",
        "title 标题 商品标题 商品名称",
        "text 描述 正文 内容 商品描述",
        "price 价格",
        "price_max 最高价",
        "price_text",
        "currency 币种",
        "seller 经营者 卖家 店铺 店铺名称",
        "location 所在地 地区",
        "url 链接 商品链接 网址",
        "publisher 发布者",
        "observed 发现日期 采集日期",
    }
    .Select(line => line.Split(' '))
    .SelectMany(names => names.Select(name => (Name: name, Column: names[0])))
    .ToDictionary(pair => pair.Name, pair => pair.Column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Rows in file order; a malformed row, or one whose values don't fit, has its line and reason.</summary>
    /// <exception cref="InvalidDataException">The header names no id or url, or no title or text.</exception>
    public static async IAsyncEnumerable<ListingLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var malformed = new Queue<ListingLine>();
        await using var csv = CsvReader.Create(stream, Options(await EncodingOfAsync(stream, cancellationToken), malformed), leaveOpen: true);
        await csv.ReadHeaderAsync(cancellationToken);
        var places = Places([.. csv.Headers]);
        while (await csv.ReadAsync(cancellationToken))
        {
            while (malformed.TryDequeue(out var fault))
            {
                yield return fault;
            }

            yield return Row(csv, places);
        }

        while (malformed.TryDequeue(out var fault))
        {
            yield return fault;
        }
    }

    private static CsvReaderOptions Options(Encoding encoding, Queue<ListingLine> malformed) => new()
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

    private static Dictionary<string, int> Places(string[] header)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < header.Length; column++)
        {
            if (Columns.TryGetValue(header[column].Trim(), out var name))
            {
                places.TryAdd(name, column);
            }
        }

        if (!(places.ContainsKey("id") || places.ContainsKey("url")) || !(places.ContainsKey("title") || places.ContainsKey("text")))
        {
            throw new InvalidDataException($"expected a header with id or url, and title or text, got: {string.Join(", ", header)}");
        }

        return places;
    }

    private static ListingLine Row(CsvReader csv, Dictionary<string, int> places)
    {
        var number = (int)csv.LineNumber;
        string? Cell(string name) => places.TryGetValue(name, out var place) && !csv.IsEmpty(place) ? csv.GetString(place) : null;
        try
        {
            return ListingLine.Of(number, new Listing
            {
                Id = Cell("id"),
                Platform = Cell("platform"),
                Kind = Cell("kind") is { } kind ? Enum.Parse<ListingKind>(kind, ignoreCase: true) : ListingKind.Listing,
                Title = Cell("title"),
                Text = Cell("text"),
                Price = Number(Cell("price")),
                PriceMax = Number(Cell("price_max")),
                PriceText = Cell("price_text") ?? Cell("price"),
                Currency = Cell("currency"),
                Seller = Cell("seller"),
                Location = Cell("location"),
                Url = Cell("url"),
                Publisher = Cell("publisher"),
                Observed = Cell("observed") is { } day ? DateOnly.Parse(day, CultureInfo.InvariantCulture) : null,
            });
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            return new ListingLine(number, null, error.Message);
        }
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text.TrimStart('¥', '￥').TrimEnd('元'), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static async Task<Encoding> EncodingOfAsync(Stream stream, CancellationToken cancellationToken)
    {
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
