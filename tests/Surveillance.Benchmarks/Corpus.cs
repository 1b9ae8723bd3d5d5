using System.Text;
using System.Text.Json;

namespace Surveillance.Benchmarks;

/// <summary>The texts that are measured on, with what makes figures comparable.</summary>
internal sealed record Corpus(string Name, string[] Lines)
{
    public long Chars { get; } = Lines.Sum(line => (long)line.Length);

    public long Bytes { get; } = Lines.Sum(line => (long)Encoding.UTF8.GetByteCount(line));

    /// <param name="path"><c>.jsonl</c> with a member <c>text</c>, else one text a line.</param>
    public static Corpus Read(string path) => new(Path.GetFileName(path), path.EndsWith(".jsonl", StringComparison.Ordinal)
        ? [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!.ReplaceLineEndings(" "))]
        : File.ReadAllLines(path));

    /// <summary>The same text cut and joined to listings of one length.</summary>
    public Corpus OfLength(int chars) => new($"{Name}, {chars} characters each", [.. string.Concat(Lines).Chunk(chars).Where(chunk => chunk.Length == chars).Select(chunk => new string(chunk))]);
}
