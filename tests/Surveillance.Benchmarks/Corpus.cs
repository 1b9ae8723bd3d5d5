using System.Text;
using System.Text.Json;

namespace Surveillance.Benchmarks;

/// <summary>The texts that are measured on, with what makes figures comparable.</summary>
internal sealed record Corpus(string Name, string[] Lines)
{
    public long Chars { get; } = Lines.Sum(line => (long)line.Length);

    public long Bytes { get; } = Lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line));

    /// <param name="path"><c>.jsonl</c> with members <c>title</c> and <c>text</c> or one of them, else one text a line.</param>
    public static Corpus Read(string path) => new(Path.GetFileName(path), path.EndsWith(".jsonl", StringComparison.Ordinal)
        ? [.. File.ReadLines(path).Select(line => TextOf(JsonDocument.Parse(line).RootElement).ReplaceLineEndings(" "))]
        : File.ReadAllLines(path));

    /// <summary>The same text cut and joined to listings of one length.</summary>
    public Corpus OfLength(int chars) => new($"{Name}, {chars} characters each", [.. string.Concat(Lines).Chunk(chars).Where(chunk => chunk.Length == chars).Select(chunk => new string(chunk))]);

    private static string TextOf(JsonElement listing) => string.Join(' ', ((string[])["title", "text"])
        .Select(name => listing.TryGetProperty(name, out var value) ? value.GetString() : null)
        .Where(value => value is not null));
}
