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

    /// <summary>Blank lines are passed over but counted.</summary>
    public static async IAsyncEnumerable<ListingLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
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
                else if (Parse(line, number) is { } parsed)
                {
                    yield return parsed;
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

    private static ListingLine? Parse(ReadOnlySequence<byte> line, int number)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (number == 1 && bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (bytes.Trim(" \t\r"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            var listing = JsonSerializer.Deserialize<Listing>(bytes, ContractJson.Options);
            return ListingLine.Of(number, listing);
        }
        catch (JsonException error)
        {
            var place = error.Path is { Length: > 2 } path ? $" at {path[2..]}" : "";
            return new ListingLine(number, null, $"expected a JSON object of a listing{place}: {error.Message.Split(" Path:")[0]}");
        }
    }
}
