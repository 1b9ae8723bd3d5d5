namespace Surveillance.Crawler.Archives;

/// <summary>What stands next in a web archive.</summary>
/// <param name="Number">Its place among the archive's records, counted from one.</param>
public abstract record WarcEntry(int Number)
{
    /// <summary>A record of a kind that may hold a page: <c>response</c>, <c>resource</c> or <c>revisit</c>.</summary>
    /// <param name="Headers">The record's own, names in any case; the first of a name counts.</param>
    /// <param name="Block">What follows the headers.</param>
    public sealed record Record(int Number, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Block) : WarcEntry(Number)
    {
        /// <summary>In lower case.</summary>
        public string Type => (this["WARC-Type"] ?? "").ToLowerInvariant();

        /// <returns>Null without that header.</returns>
        public string? this[string name] => Headers.GetValueOrDefault(name);
    }

    /// <summary>A record that holds no page: a request, metadata, the archive's own description.</summary>
    public sealed record Other(int Number) : WarcEntry(Number);

    /// <summary>A record that can't be read; those behind it go on.</summary>
    /// <param name="Reason">What was expected and what came.</param>
    public sealed record Fault(int Number, string Reason) : WarcEntry(Number);
}
