using System.Buffers;
using System.Text.Json;

namespace Surveillance.Api.Search.Server;

/// <param name="At">Its place among the documents that are written together.</param>
/// <param name="EndBytes">Where its lines end in the part's body.</param>
internal readonly record struct BulkEntry(int At, string Id, long Version, int EndBytes);

/// <summary>The lines of one bulk request: for each document what to do with it, and the document.</summary>
internal sealed record BulkPart(ReadOnlyMemory<byte> Body, IReadOnlyList<BulkEntry> Entries)
{
    private const int EnoughBytes = 5 * 1024 * 1024;
    private const int EnoughDocuments = 5_000;

    /// <summary>Parts of about 5 MB; each document longer than <paramref name="longestBytes"/>, or that JSON can't say, becomes an outcome instead.</summary>
    public static IEnumerable<BulkPart> Of(IReadOnlyList<IndexDocument> documents, long longestBytes, WriteOutcome[] outcomes)
    {
        var body = new ArrayBufferWriter<byte>(EnoughBytes / 4);
        var entries = new List<BulkEntry>();
        var lines = new ArrayBufferWriter<byte>(64 * 1024);
        var enough = Math.Min(EnoughBytes, longestBytes);
        for (var at = 0; at < documents.Count; at++)
        {
            if (Refusal(documents[at], lines, longestBytes) is { } refusal)
            {
                outcomes[at] = refusal;
                continue;
            }

            if (entries.Count == EnoughDocuments || (entries.Count > 0 && body.WrittenCount + lines.WrittenCount > enough))
            {
                yield return new BulkPart(body.WrittenMemory, entries);
                (body, entries) = (new ArrayBufferWriter<byte>(body.WrittenCount), []);
            }

            body.Write(lines.WrittenSpan);
            entries.Add(new BulkEntry(at, documents[at].Id, documents[at].Version, body.WrittenCount));
        }

        if (entries.Count > 0)
        {
            yield return new BulkPart(body.WrittenMemory, entries);
        }
    }

    public static WriteOutcome.Rejected TooLarge(long bytes) => new(FormattableString.Invariant($"the document has {bytes} bytes, more than the server takes"));

    /// <summary>Two parts of half the documents each.</summary>
    public IEnumerable<BulkPart> Halves()
    {
        var half = Entries.Count / 2;
        var border = Entries[half - 1].EndBytes;
        yield return new BulkPart(Body[..border], [.. Entries.Take(half)]);
        yield return new BulkPart(Body[border..], [.. Entries.Skip(half).Select(entry => entry with { EndBytes = entry.EndBytes - border })]);
    }

    /// <summary>The lines of a request that deletes.</summary>
    public static ReadOnlyMemory<byte> Deletions(IReadOnlyList<string> ids)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var id in ids)
        {
            WriteAction(lines, "delete", id, version: null);
        }

        return lines.WrittenMemory;
    }

    private static WriteOutcome.Rejected? Refusal(IndexDocument document, ArrayBufferWriter<byte> lines, long longestBytes)
    {
        lines.ResetWrittenCount();
        try
        {
            WriteLines(document, lines);
        }
        catch (ArgumentException error)
        {
            return new WriteOutcome.Rejected($"the document can't be written as JSON: {error.Message}");
        }

        return lines.WrittenCount > longestBytes ? TooLarge(lines.WrittenCount) : null;
    }

    private static void WriteLines(IndexDocument document, ArrayBufferWriter<byte> lines)
    {
        WriteAction(lines, "index", document.Id, document.Version);
        using (var writer = new Utf8JsonWriter(lines))
        {
            ServerDocument.Write(writer, document);
        }

        lines.Write("\n"u8);
    }

    private static void WriteAction(ArrayBufferWriter<byte> lines, string action, string id, long? version)
    {
        using (var writer = new Utf8JsonWriter(lines))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(action);
            writer.WriteString("_id", id);
            if (version is { } external)
            {
                writer.WriteNumber("version", external);
                writer.WriteString("version_type", "external");
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        lines.Write("\n"u8);
    }
}
