using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>Reads JSON lines: every line gets an object or a reason, order kept, memory bounded by the longest line.</summary>
internal static class JsonLines
{
    /// <summary>A longer line is malformed.</summary>
    public const int LongestLineBytes = 32 << 20;

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
            var listing = JsonSerializer.Deserialize<Listing>(line.Span, ContractJson.Options);
            return ListingLine.Of(number, listing);
        }
        catch (JsonException error)
        {
            var place = error.Path is { Length: > 2 } path ? $" at {path[2..]}" : "";
            return new ListingLine(number, null, $"expected a JSON object of a listing{place}: {error.Message.Split(" Path:")[0]}");
        }
    }
}
