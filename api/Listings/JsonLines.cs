using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>Reads JSON lines: every line gets an object or a reason, order kept, memory bounded by the longest line.</summary>
internal static class JsonLines
{
    /// <summary>A longer line is malformed.</summary>
    public const int LongestLineBytes = 32 << 20;

    private const int LongestQuotation = 120;

    /// <summary>Listings in the contract's form. Blank lines are passed over but counted.</summary>
    public static IAsyncEnumerable<ListingLine> ReadAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(stream, Contract, cancellationToken);

    /// <param name="parse">Makes a listing of a line that is not blank and of its number.</param>
    public static async IAsyncEnumerable<ListingLine> ReadAsync(
        Stream stream, Func<ReadOnlyMemory<byte>, int, ListingLine> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var number = 0;
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer, read.IsCompleted) is { } line)
            {
                number++;
                if (skipping)
                {
                    skipping = false;
                }
                else if (Content(line, number) is { Length: > 0 } content)
                {
                    yield return parse(content, number);
                }
            }

            if (buffer.Length > LongestLineBytes)
            {
                if (!skipping)
                {
                    yield return new ListingLine(number + 1, null, $"longer than {LongestLineBytes} bytes");
                }

                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static ReadOnlySequence<byte>? TakeLine(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return line;
        }

        if (!isLast || buffer.IsEmpty)
        {
            return null;
        }

        var rest = buffer;
        buffer = buffer.Slice(buffer.End);
        return rest;
    }

    /// <returns>Empty for a blank line.</returns>
    private static ReadOnlyMemory<byte> Content(ReadOnlySequence<byte> line, int number)
    {
        var bytes = line.IsSingleSegment ? line.First : line.ToArray();
        bytes = number == 1 && bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return bytes.Span.Trim(" \t\r"u8).IsEmpty ? default : bytes;
    }

    private static ListingLine Contract(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            return Read(line.Span, number);
        }
        catch (JsonException error)
        {
            return Mended(line.Span, number) ?? new ListingLine(number, null, Fault(error));
        }
    }

    private static ListingLine Read(ReadOnlySpan<byte> json, int number) =>
        ListingLine.Of(number, JsonSerializer.Deserialize<Listing>(json, ContractJson.Options));

    /// <summary>A line with bytes or escapes that are no text, read as far as it is; null where it has none, or more is wrong with it.</summary>
    private static ListingLine? Mended(ReadOnlySpan<byte> json, int number)
    {
        var mended = Encoding.UTF8.GetBytes(BrokenText.Mend(Encoding.UTF8.GetString(json)));
        try
        {
            return json.SequenceEqual(mended) ? null : Read(mended, number);
        }
        catch (JsonException)
        {
            // The first fault is the one to tell.
            return null;
        }
    }

    private static string Fault(JsonException error)
    {
        const string Expected = "expected a JSON object of a listing";
        if (!error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            // It quotes the line, which may hold anything.
            return $"{Expected}: {Wording.Visible(Wording.Beginning(error.Message.Split(" Path:")[0], LongestQuotation))}";
        }

        return error.Path is { Length: > 2 } path ? $"{Expected} at {path[2..]}: {KindOf(path[2..])} belongs there" : $"{Expected}, got another kind of value";
    }

    private static string KindOf(string member) => member switch
    {
        "price" or "price_max" => "a number",
        "observed" => "a day as YYYY-MM-DD",
        "kind" => "listing, ad or page",
        "images" => "an array of strings",
        "contacts" => "an array of objects with kind and value",
        _ => "a string",
    };
}
